/** Each matcher refuses the mutations of what it accepted, except where the expectation is as weak as the list says. */
import { describe, expect, test } from 'vitest';

import type { Expectation, MatchKind, Verdict } from '../../../runner/expectation/expectation.ts';
import { matchExpectation } from '../../../runner/expectation/match.ts';
import type { Mutation, Recorded } from '../../../runner/expectation/mutation/mutation.ts';
import { listMutations } from '../../../runner/expectation/mutation/mutators.ts';
import { CASES } from './match.cases.ts';

const captures = { known: 'value' };

/** The expectation with the output that it held for. */
function record(match: MatchKind, text: string, actual: string): Recorded {
  const expectation: Expectation = { match, language: match === 'subset' ? 'yaml' : 'text', text };
  const verdict = matchExpectation(expectation, actual, captures);
  if (verdict.kind !== 'held') throw new Error(verdict.reason);
  return { expectation, actual, captures, varying: verdict.varying };
}

function judge({ expectation, actual }: Recorded, { side, text }: Mutation): Verdict {
  return side === 'page'
    ? matchExpectation({ ...expectation, text }, actual, captures)
    : matchExpectation(expectation, text, captures);
}

/** What is accepted, without what the matcher says it may accept, and without captures: those fail later. */
function survivors(recorded: Recorded): readonly string[] {
  const bound = JSON.stringify(judge(recorded, { side: 'output', name: '', text: recorded.actual }));
  const capturesOf = (verdict: Verdict): string =>
    verdict.kind === 'held' ? JSON.stringify(verdict.captures) : '';
  const before = capturesOf(JSON.parse(bound) as Verdict);
  return listMutations(recorded)
    .filter(({ allowed }) => allowed === undefined)
    .filter((mutation) => {
      const verdict = judge(recorded, mutation);
      return verdict.kind === 'held' && capturesOf(verdict) === before;
    })
    .map(({ side, name }) => `${side}: ${name}`);
}

/** Expectations of the matchers' own tests that are weak on purpose. */
const WEAK: Readonly<Record<string, readonly string[]>> = {
  'exact <<_>> <<_>>': ['output: garble line 1'],
  'elide ...': ['output: empty output'],
  'contains b\na': ['page: change word 1 of line 2'],
  'absent c': ['output: empty output'],
  'absent a': ['output: empty output'],
  'absent Error <<_:int>>': ['output: empty output'],
  'subset kind: A\nmetadata: {name: x}\n---\nkind: B\nmetadata: {name: x}': [
    'page: change the value at 4:7 to "C"',
  ],
};

describe('what holds is killed by its mutations', () => {
  test.for(CASES.filter(({ holds }) => holds === true))(
    '$match: $expected / $actual',
    ({ match, expected, actual }) => {
      const weak = actual === '' && match !== 'absent' ? [] : (WEAK[`${match} ${expected}`] ?? []);
      expect(survivors(record(match, expected, actual))).toEqual(weak);
    },
  );
});

const TABLE = 'NAME    READY   STATUS    AGE\nweb-0   1/1     Running   12s\nweb-1   0/1     Pending   3m';

/** Mutations that must be there, with what they are; a generator that forgets them would prove too little. */
const MADE: readonly (readonly [MatchKind, string, string, ...string[]])[] = [
  [
    'exact',
    'a 1\nb',
    'a 1\nb',
    'output: drop line 1',
    'output: swap lines 1 and 2',
    'output: add a line at the end',
  ],
  ['exact', 'a 1\nb', 'a 1\nb', 'output: change word 2 of line 1', 'page: drop line 2', 'page: add a line'],
  ['exact', '<<x:uuid>>', '01234567-89ab-4cde-8f01-23456789abcd', 'output: another value for <<x>>'],
  ['exact', '<<x:uuid>>', '01234567-89ab-4cde-8f01-23456789abcd', 'output: no such value for <<x>>'],
  ['like', TABLE, TABLE, 'output: another value for part 1 (age may differ)', 'output: garble line 2'],
  [
    'like',
    TABLE,
    TABLE,
    'output: no such value for part 1 (age may differ)',
    'page: change word 3 of line 3',
  ],
  ['elide', '...\nb\n...', 'a\nb\nc', 'output: drop what line 2 fits', 'page: change word 1 of line 2'],
  ['regex', 'pod \\d+', 'pod 7', 'output: change word 2 of line 1', 'page: change `pod` in line 1'],
  ['contains', 'b', 'a\nb', 'output: drop what line 1 fits', 'output: empty output'],
  ['absent', 'x', 'a', 'output: print line 1', 'page: forbid a printed line in line 1'],
  [
    'subset',
    'a: {b: 1}',
    '{"a":{"b":1,"c":2}}',
    'output: change a.b',
    'output: change the type of a.b',
    'output: drop a',
  ],
  [
    'subset',
    'a: [1]',
    'a: [1]',
    'output: add an item to a',
    'output: drop a[0]',
    'page: change the key at 1:1 to "b"',
  ],
  [
    'subset',
    '- {name: b, n: 1}',
    '[{"name":"a"},{"name":"b","n":1}]',
    'output: drop [b]',
    'output: change [b].n',
  ],
];

test.for(MADE)('%s %j makes the right mutations', ([match, expected, actual, ...names]) => {
  const made = listMutations(record(match, expected, actual)).map(({ side, name }) => `${side}: ${name}`);
  expect(made).toEqual(expect.arrayContaining(names));
});

test('what a class allows is made, and is allowed', () => {
  const recorded = record('like', 'web-0 12s', 'web-0 12s');
  const [age] = listMutations(recorded).filter(({ allowed }) => allowed !== undefined);
  expect(age).toMatchObject({ text: 'web-0 11s', allowed: 'age may differ' });
  expect(age && judge(recorded, age).kind).toBe('held');
});

test('of a long text a sample is made, from its start to its end', () => {
  const text = Array.from({ length: 3000 }, (_, row) => `row ${row}`).join('\n');
  const lines = listMutations(record('exact', text, text)).flatMap(({ line }) => line ?? []);
  expect(lines.length).toBeGreaterThan(100);
  expect(lines.length).toBeLessThanOrEqual(500);
  expect(Math.min(...lines)).toBe(0);
  expect(Math.max(...lines)).toBeGreaterThan(2900);
});
