import { expect, test } from 'vitest';
import type { ChapterId } from '../../../runner/chapter/chapter.ts';
import type { Plan } from '../../../runner/plan/plan.ts';
import { selectShard } from '../../../runner/plan/shard.ts';
import { planOf } from '../../support/report.ts';

const ids = ({ chains }: Plan): string[] => chains.map(({ id }) => id);

function parts(plan: Plan, count: number, times: Readonly<Record<string, number>> = {}): string[][] {
  const known = new Map(Object.entries(times).map(([id, time]) => [id as ChapterId, time]));
  return Array.from({ length: count }, (_, at) => ids(selectShard(plan, { index: at + 1, count }, known)));
}

const CASES: readonly (readonly [
  number,
  Readonly<Record<string, number>>,
  readonly (readonly string[])[],
])[] = [
  [1, {}, [['a', 'b', 'c', 'd']]],
  [
    2,
    {},
    [
      ['a', 'c'],
      ['b', 'd'],
    ],
  ],
  [5, {}, [['a'], ['b'], ['c'], ['d'], []]],
  [2, { a: 1, b: 2, c: 3, d: 9 }, [['d'], ['a', 'b', 'c']]],
  [
    2,
    { a: 9, b: 3 },
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
];

test.each(CASES)('%i parts with times %j', (count, times, expected) => {
  expect(parts(planOf('a', 'b', 'c', 'd'), count, times)).toEqual(expected);
});

test('the parts do not depend on the order in which chapters were named', () => {
  const sorted = (plan: Plan): string[][] => parts(plan, 3, { a: 5, c: 5 }).map((part) => part.toSorted());
  expect(sorted(planOf('d', 'b', 'a', 'c'))).toEqual(sorted(planOf('a', 'b', 'c', 'd')));
});
