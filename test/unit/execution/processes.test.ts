/** Signals that would hit more than one chain are refused. Only signal 0 is sent, which does nothing even if it arrives. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sendSignal } from '../../../runner/execution/processes.ts';

const ownGroup = Number(readFileSync('/proc/self/stat', 'latin1').split(') ')[1]?.split(' ')[2]);

test.each([0, -0, 1, -1, Number.NaN, 1.5, Number.POSITIVE_INFINITY, process.pid, -process.pid, -ownGroup])(
  'nothing is sent to %s',
  (pid) => {
    expect(sendSignal(pid, 0)).toBe(false);
  },
);

test('another process can be reached', () => {
  expect(sendSignal(process.ppid, 0)).toBe(true);
});
