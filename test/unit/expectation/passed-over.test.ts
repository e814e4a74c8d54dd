/** Lines of an output that no expected line stands for: who reads the page must not take them for compared. */
import { expect, test } from 'vitest';
import type { MatchKind } from '../../../runner/expectation/expectation.ts';
import { matchExpectation } from '../../../runner/expectation/match.ts';

test.each<[MatchKind, string, string, readonly (readonly [number, number])[]]>([
  ['elide', 'a\n...\nd', 'a\nb\nc\nd\n', [[1, 3]]],
  [
    'elide',
    '...\nb\n...',
    'a\nb\nc\n',
    [
      [0, 1],
      [2, 3],
    ],
  ],
  ['elide', '...', 'a\nb\n', [[0, 2]]],
  ['elide', 'a ...\n...', 'a 1\n', []],
  ['elide', 'a\n...\nb', 'a\n\nb\n', []],
  ['elide', 'a\n...\nb\n...\nc', 'a\nx\nb\nc\n', [[1, 2]]],
  [
    'contains',
    'b\nd',
    'a\nb\nc\nd\n',
    [
      [0, 1],
      [2, 3],
    ],
  ],
  ['contains', 'c\na', 'a\nb\nc\n', [[1, 2]]],
  ['exact', 'a\nb', 'a\nb\n', []],
  ['like', 'a 1s', 'a 2s\n', []],
  ['absent', 'x', 'a\n', []],
])('%s %j of %j', (match, expected, actual, ranges) => {
  const verdict = matchExpectation({ match, language: 'text', text: expected }, actual, {});
  expect(verdict.kind).toBe('held');
  const passed = verdict.kind === 'held' ? (verdict.passedOver ?? []) : [];
  expect(passed.map(({ from, to }) => [from, to])).toEqual(ranges);
});
