/** Durations at the edges of their units. */
import { expect, it } from 'vitest';
import { renderDuration } from '../../../runner/report/render-duration.ts';

it.each([
  [0, '0 ms'],
  [7.4, '7 ms'],
  [999, '999 ms'],
  [1_000, '1.0 s'],
  [9_949, '9.9 s'],
  [10_000, '10 s'],
  [59_400, '59 s'],
  [59_600, '1 min'],
  [125_000, '2 min 5 s'],
])('%d ms is %s', (ms, text) => {
  expect(renderDuration(ms)).toBe(text);
});
