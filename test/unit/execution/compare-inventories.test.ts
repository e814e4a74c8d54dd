import { expect, test } from 'vitest';
import { compareInventories } from '../../../runner/execution/compare-inventories.ts';
import type { Holding } from '../../../runner/world/world.ts';

const hold = (...names: readonly string[]): readonly Holding[] =>
  names.map((name) => ({ name: name.replace('*', ''), content: name }));

const CASES: readonly (readonly [readonly Holding[], readonly Holding[], readonly string[]])[] = [
  [hold(), hold(), []],
  [hold('a', 'b'), hold('b', 'a'), []],
  [hold('a'), hold('a', 'b'), ['left behind: b']],
  [hold('a', 'b'), hold('b'), ['gone: a']],
  [hold('a'), hold('a*'), ['left changed: a']],
  [hold('a', 'b'), hold('b*', 'c'), ['left behind: c', 'gone: a', 'left changed: b']],
];

test.each(CASES)('%j, then %j', (before, after, expected) => {
  expect([...compareInventories(before, after).values()]).toEqual(expected);
});
