/** What is shown while a run goes on: plain lines without a terminal, live lines that vanish on one. */
import { describe, expect, it } from 'vitest';
import { chooseStyle } from '../../../runner/cli/colour.ts';
import { openInterrupts } from '../../../runner/cli/interrupt.ts';
import { openLiveLines } from '../../../runner/cli/live-lines.ts';
import { openProgress } from '../../../runner/cli/progress.ts';
import type { Display } from '../../../runner/cli/run-output.ts';
import { addEvent, startReport } from '../../../runner/report/summarise.ts';
import { plain } from '../../../runner/report/style.ts';
import { openHost, openText } from '../../support/host.ts';
import { contextOf, failedRun } from '../../support/report.ts';

/** A clock that stands until `tick`. */
function openClock() {
  let now = 0;
  let pending: (() => void)[] = [];
  return {
    now: () => now,
    after: (_ms: number, work: () => void) => {
      pending.push(work);
      return () => void (pending = pending.filter((other) => other !== work));
    },
    tick: (ms: number) => {
      now += ms;
      const due = pending;
      pending = [];
      for (const work of due) work();
    },
    waiting: () => pending.length,
  };
}

function showAll(isTTY: boolean, detail: Display['detail']): string {
  const { stream, text } = openText(isTTY);
  const display: Display = { format: 'pretty', detail, progress: stream, style: plain };
  const progress = openProgress(display, openHost(), openClock());
  let report = startReport(contextOf('a.md', 'b.md'));
  for (const event of failedRun) {
    report = addEvent(report, event);
    progress.show(event, report);
  }
  progress.close();
  return text();
}

const exit = 'exit status 3, not 0: cub unit apply demo';
const differs = 'STATUS `CrashLoopBackOff` is not `Running`';

describe('progress', () => {
  it('has one plain line per block without a terminal', () => {
    expect(showAll(false, 'normal').split('\n')).toEqual([
      'ok   a.md:12 #first (12 ms)',
      `FAIL a.md:40 #pods (1 min 30 s): ${differs}`,
      `FAIL a.md:60 #apply (12 ms): ${exit}`,
      'skip a.md:70 #later (needs a browser)',
      'ok   b.md:9 #only (12 ms)',
      '',
    ]);
  });

  it('has failures and chapters on a terminal', () => {
    expect(showAll(true, 'normal').split('\n')).toEqual([
      `FAIL a.md:40 #pods (1 min 30 s): ${differs}`,
      `FAIL a.md:60 #apply (12 ms): ${exit}`,
      'FAIL a.md (4 blocks, 1 min 31 s)',
      'ok   b.md (1 block, 20 ms)',
      '',
    ]);
  });

  it('says nothing when silent and more when verbose', () => {
    expect(showAll(false, 'silent')).toBe('');
    expect(showAll(false, 'verbose')).toContain(
      'ok   a.md:12 #first (12 ms)\n     $ echo first\n     first\n',
    );
  });
});

describe('live lines', () => {
  it('show the running time, keep below the width, and are erased at the end', () => {
    const clock = openClock();
    const { stream, text } = openText(true, 20);
    const live = openLiveLines(stream, clock, plain);
    live.start('a', 'tutorial/long-name.md #block');
    clock.tick(150);
    live.write('done\n');
    clock.tick(1_000);
    live.close();
    const erase = '\u001B[1A\r\u001B[J';
    expect(text()).toBe(`tutorial/lo… 100 ms\n${erase}done\ntutorial/lon… 1.1 s\n${erase}`);
    expect(clock.waiting()).toBe(0);
  });
});

describe('colour', () => {
  const colours = (choice: string | undefined, env: Record<string, string>, isTTY: boolean): boolean =>
    chooseStyle(choice, env, openText(isTTY).stream)('bad', 'x') !== 'x';

  it.each([
    ['auto', {}, true, true],
    ['auto', {}, false, false],
    ['auto', { TERM: 'dumb' }, true, false],
    ['auto', { NO_COLOR: '1' }, true, false],
    ['auto', { FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
    ['auto', { FORCE_COLOR: '0' }, true, false],
    ['always', { NO_COLOR: '1' }, false, true],
    ['never', { FORCE_COLOR: '1' }, true, false],
  ])('%s with %j, terminal %s: %s', (choice, env, isTTY, expected) => {
    expect(colours(choice, env, isTTY)).toBe(expected);
  });
});

it('the first interrupt stops the run, the second its cleanups, and listening ends', () => {
  const host = openHost();
  const told: string[] = [];
  const interrupts = openInterrupts(host, (line) => void told.push(line));
  host.interrupt();
  expect([interrupts.signal.aborted, interrupts.hurry.aborted]).toEqual([true, false]);
  host.interrupt();
  host.interrupt();
  expect(interrupts.hurry.aborted).toBe(true);
  interrupts.close();
  host.interrupt();
  expect(told).toEqual(['stopping: cleanups run, once more to stop at once', 'stopping at once']);
});
