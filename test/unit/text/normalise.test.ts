/** Outputs as a reader sees them. */
import { expect, test } from 'vitest';

import { normaliseOutput } from '../../../runner/text/normalise.ts';

test.for([
  ['plain\ttext\n', 'plain\ttext\n'],
  ['a\r\nb\r\r\n', 'a\nb\n'],
  ['\u001b[1;31mred\u001b[0m', 'red'],
  ['\u001b]0;title\u0007x', 'x'],
  ['\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\', 'link'],
  ['\u001b(Bx\u001b=y', 'xy'],
  ['10%\r50%\r100%\n', '100%\n'],
  ['longer\rab\n', 'abnger\n'],
  ['longer\r\u001b[Kab\n', 'ab\n'],
  ['longer\u001b[2K\rab\n', 'ab\n'],
  ['N\bNA\bA', 'NA'],
  ['abc\b\b\b\b\bx', 'xbc'],
  ['\u001b]never closed', 'never closed'],
  ['\u001b', ''],
] as const)('%j', ([text, seen]) => {
  expect(normaliseOutput(text)).toBe(seen);
});

test('hostile lines take linear time', { timeout: 20_000 }, () => {
  const size = 2_000_000;
  expect(normaliseOutput('\u001b]'.repeat(size))).toBe('');
  expect(normaliseOutput('\u001b['.repeat(size)).length).toBeLessThan(size * 2);
  expect(normaliseOutput('a\r'.repeat(size))).toBe('a');
  expect(normaliseOutput(`\u001b[0m${'x'.repeat(60_000_000)}`).length).toBe(60_000_000);
});
