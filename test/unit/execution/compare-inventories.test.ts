import { expect, test } from 'vitest';
import { compareInventories, compareStates } from '../../../runner/execution/compare-inventories.ts';
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

test('of states only those are compared that both have, whatever their history', () => {
  const unit = (content: string, state: string): Holding => ({ name: 'unit a', content, state });
  const node: Holding = { name: 'node a', content: '1' };
  expect([...compareStates([unit('1', 'x'), node], [unit('2', 'x')]).values()]).toEqual([]);
  expect([...compareStates([unit('1', 'x')], [unit('1', 'y'), node]).values()]).toEqual([
    'left changed: unit a',
  ]);
  expect([...compareStates([], [unit('1', 'x')]).values()]).toEqual(['left behind: unit a']);
});

test.each(CASES)('%j, then %j', (before, after, expected) => {
  expect([...compareInventories(before, after).values()]).toEqual(expected);
});
