import { describe, expect, test } from 'vitest';
import { normaliseYaml } from '../../runner/sandbox/hub/config-data.ts';
import { diffData } from '../../runner/sandbox/hub/merge/diff.ts';
import { mergeData } from '../../runner/sandbox/hub/merge/merge-data.ts';
import type { MutationInfo, ResourceMutation } from '../../runner/sandbox/hub/merge/mutation.ts';
import { addMutations } from '../../runner/sandbox/hub/merge/sources.ts';

const config = (name: string, data: string, namespace = 'x'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\ndata: ${data}\n`;
const pod = (env: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  env: ${env}\n`;
const all = (...resources: string[]): string => normaliseYaml(resources.join('---\n'));

/** The record after each of these states; all but the first are local changes. */
function trace(states: readonly string[]): ResourceMutation[] {
  return states.reduce<ResourceMutation[]>(
    (sources, state, index) =>
      addMutations(sources, diffData(states[index - 1] ?? '', state, index + 1), () => index === 0),
    [],
  );
}

function show(sources: readonly ResourceMutation[]): string[] {
  return sources.flatMap(({ Resource, ResourceMutationInfo, PathMutationMap, Aliases }) => [
    `${Resource.ResourceName}: ${brief(ResourceMutationInfo)} (${Object.keys(Aliases).join(' ')})`,
    ...Object.entries(PathMutationMap).map(([path, info]) => `  ${path}: ${brief(info)}`),
  ]);
}

function brief({ MutationType, Index, Value }: MutationInfo): string {
  return [MutationType, Index, JSON.stringify(Value)].join(' ');
}

interface Row {
  readonly name: string;
  readonly states: readonly string[];
  readonly record: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    name: 'a new unit is one addition per resource',
    states: [all(config('a', '{k: 1}'), pod('[]'))],
    record: ['x/a: Add 1 "" (x/a)', '/p: Add 1 "" (/p)'],
  },
  {
    name: 'paths carry what is new, or what was taken away',
    states: [all(config('a', '{k: 1, l: 2}')), all(config('a', '{k: 2, m.n: {o: 3}}'))],
    record: [
      'x/a: Add 1 "" (x/a)',
      '  data.k: Update 2 "2\\n"',
      '  data.l: Delete 2 "2\\n"',
      '  data.m~1n: Add 2 "{o: 3}\\n"',
    ],
  },
  {
    name: 'the last writer counts; what was added and then changed is still added, what comes back is a replacement',
    states: ['{k: 1}', '{k: 1, l: 2}', '{l: 3}', '{k: 4, l: 3}'].map((data) => all(config('a', data))),
    record: ['x/a: Add 1 "" (x/a)', '  data.l: Add 3 "3\\n"', '  data.k: Replace 4 "4\\n"'],
  },
  {
    name: 'a change of a whole takes the place of the changes inside it, and of no neighbour',
    states: ['{m: {a: 1}, mm: 1}', '{m: {a: 2}, mm: 2}', '{m: 3, mm: 2}'].map((data) =>
      all(config('a', data)),
    ),
    record: ['x/a: Add 1 "" (x/a)', '  data.mm: Update 2 "2\\n"', '  data.m: Update 3 "3\\n"'],
  },
  {
    name: 'elements of a list are named by their key',
    states: [
      all(pod('[{name: A, value: 1}, {name: B, value: 2}]')),
      all(pod('[{name: C, value: 3}, {name: A, value: 9}]')),
    ],
    record: [
      '/p: Add 1 "" (/p)',
      '  spec.env.?name=C: Add 2 "{name: C, value: 3}\\n"',
      '  spec.env.?name=A.value: Update 2 "9\\n"',
      '  spec.env.?name=B: Delete 2 "{name: B, value: 2}\\n"',
    ],
  },
  {
    name: 'a namespace makes no other resource, and a renamed one keeps its names',
    states: [all(config('a', '{k: 1}')), all(config('a', '{k: 1}', 'y')), all(config('b', '{k: 1}', 'y'))],
    record: [
      'y/b: Add 1 "" (x/a y/a y/b)',
      '  metadata.namespace: Update 2 "y\\n"',
      '  metadata.name: Update 3 "b\\n"',
    ],
  },
  {
    name: 'what is deleted stays on record',
    states: [all(config('a', '{k: 1}'), pod('[]')), all(pod('[]')), all(config('a', '{k: 1}'), pod('[]'))],
    record: ['x/a: Replace 3 "" (x/a)', '/p: Add 1 "" (/p)'],
  },
];

describe('the record of who changed what', () => {
  test.for(ROWS)('$name', ({ states, record }) => {
    expect(show(trace(states))).toEqual(record);
  });
});

describe('with the record', () => {
  const upgrade = (base: string, theirs: string, states: readonly string[]): string =>
    mergeData(base, theirs, states.at(-1) ?? '', { sources: trace(states), differences: true }).data;

  test('a change reaches a resource that was renamed here, also among others of its kind', () => {
    const base = all(config('a', '{k: 1}'), config('other', '{k: 1}'));
    const ours = all(config('z', '{k: 1}', 'y'), config('other', '{k: 1}'));
    const merged = upgrade(base, all(config('a', '{k: 2}'), config('other', '{k: 1}')), [base, ours]);
    expect(merged).toBe(all(config('z', '{k: 2}', 'y'), config('other', '{k: 1}')));
  });

  test('a resource that was deleted here comes back neither by a change nor by being added again', () => {
    const base = all(config('a', '{k: 1}'), pod('[]'));
    const ours = all(pod('[]'));
    expect(upgrade(base, all(config('a', '{k: 2}'), pod('[]')), [base, ours])).toBe(ours);
    expect(upgrade(ours, base, [base, ours])).toBe(ours);
  });

  test('one that was deleted here is not mistaken for one that was added here', () => {
    const base = all(config('a', '{k: 1}'), pod('[]'));
    const states = [base, all(pod('[]')), all(config('mine', '{z: 1}'), pod('[]'))];
    expect(upgrade(base, all(config('a', '{k: 1, l: 2}'), pod('[]')), states)).toBe(states.at(-1));
  });

  test('nor for one that was renamed here, which upstream has no more', () => {
    const first = all(config('a', '{k: 1}'), config('q', '{k: 1}'));
    const states = [first, first.replace('name: q', 'name: z'), all(config('z', '{k: 1}'))];
    const theirs = all(config('a', '{k: 1, l: 2}'));
    expect(upgrade(all(config('a', '{k: 1}')), theirs, states)).toBe(states.at(-1));
  });
});
