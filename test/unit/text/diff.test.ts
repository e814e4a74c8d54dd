/** Aligned lines, bounded. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { alignLines, boundRows, markChange } from '../../../runner/text/diff.ts';

const align = (expected: string, actual: string): readonly string[] =>
  alignLines(expected.length, actual.length, (i, j) => expected[i] === actual[j]).map(
    (pair) => `${pair.equal ? '=' : '!'}${pair.expected ?? '-'}${pair.actual ?? '-'}`,
  );

test('one missing line does not mark those below', () => {
  expect(align('abcd', 'acd')).toEqual(['=00', '!1-', '=21', '=32']);
  expect(align('ab', 'xaby')).toEqual(['!-0', '=01', '=12', '!-3']);
  expect(align('abc', 'axc')).toEqual(['=00', '!11', '=22']);
});

test('every line of both sides stands once, in order', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 30 });
  fc.assert(
    fc.property(text, text, (left, right) => {
      const pairs = alignLines(left.length, right.length, (i, j) => left[i] === right[j]);
      expect(pairs.flatMap(({ expected }) => expected ?? [])).toEqual(Array.from(left, (_, index) => index));
      expect(pairs.flatMap(({ actual }) => actual ?? [])).toEqual(Array.from(right, (_, index) => index));
      for (const { expected, actual, equal } of pairs) {
        if (expected !== undefined && actual !== undefined)
          expect(left[expected] === right[actual]).toBe(equal);
      }
    }),
  );
});

test('a million lines are aligned, and few are shown', () => {
  const size = 1_000_000;
  const pairs = alignLines(size, size, (i, j) => i === j && i !== 500_000);
  const rows = pairs.map(({ expected, equal }) => ({
    kind: equal ? ('same' as const) : ('actual' as const),
    text: `${expected}`,
  }));
  expect(boundRows(rows).map(({ text }) => text)).toEqual([
    '… 499997 equal lines',
    '499997',
    '499998',
    '499999',
    '500000',
    '500001',
    '500002',
    '500003',
    '… 499996 equal lines',
  ]);
  expect(boundRows(rows.map((row) => ({ ...row, kind: 'actual' as const }))).length).toBe(200);
});

test('the changed range', () => {
  expect(
    markChange('STATUS Running 1', 'STATUS Failed 1', 'x').map(({ start, end }) => [start, end]),
  ).toEqual([
    [7, 14],
    [7, 13],
  ]);
});
