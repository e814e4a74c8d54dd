import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { normaliseYaml } from '../../runner/sandbox/hub/config-data.ts';
import { mergeData as mergeBy } from '../../runner/sandbox/hub/merge/merge-data.ts';
import { diffData } from '../../runner/sandbox/hub/merge/diff.ts';
import { addMutations } from '../../runner/sandbox/hub/merge/sources.ts';
import differences from '../conformance/merge-differences.json' with { type: 'json' };
import { MERGES } from './data/hub-merges.ts';

const mergeData = (base: string, theirs: string, ours: string): string =>
  mergeBy(base, theirs, ours, { sources: [], differences: true }).data;

describe('merge', () => {
  test.for(MERGES)('$name', ({ base, theirs, ours, merged }) => {
    expect(mergeData(normaliseYaml(base), normaliseYaml(theirs), normaliseYaml(ours))).toBe(
      normaliseYaml(merged),
    );
  });
});

describe('where we differ from the original on purpose', () => {
  test.for(differences.differences)('$name', ({ base, theirs, ours, original, merged }) => {
    const sources = addMutations([], diffData('', base, 1), () => true);
    const rule = { sources: addMutations(sources, diffData(base, ours, 2), () => false), differences: true };
    expect(mergeBy(base, theirs, ours, rule).data).toBe(merged);
    expect(merged).not.toBe(original);
  });
});

describe('the order of a list', () => {
  const order = (names: string): string =>
    `data:\n  l:\n${Array.from(names, (item) => `  - name: ${item}\n`).join('')}`;

  test.for<readonly [base: string, theirs: string, ours: string, merged: string, isConflict: boolean]>([
    ['abc', 'bac', 'abc', 'bac', false],
    ['abc', 'bac', 'cba', 'cba', true],
    ['abc', 'cba', 'cba', 'cba', false],
    ['abc', 'abc', 'cba', 'cba', false],
    ['abc', 'abcd', 'cba', 'cdba', false],
    ['abc', 'ac', 'cba', 'ca', false],
    ['ab', 'ba', 'abc', 'bac', false],
    ['ab', 'bxa', 'abc', 'bxac', false],
    ['abc', 'cba', 'ac', 'ca', false],
    ['a', 'aqp', 'apq', 'apq', false],
  ])('%s became %s upstream and %s here', ([base, theirs, ours, merged, isConflict]) => {
    const rule = { sources: [], differences: true };
    const result = mergeBy(order(base), order(theirs), order(ours), rule);
    expect(result.data).toBe(order(merged));
    expect(result.conflicts).toMatchObject(
      isConflict
        ? [{ Path: 'data.l', MutationType: 'Update', Value: '- name: b\n- name: a\n- name: c\n' }]
        : [],
    );
  });
});

const name = fc.constantFrom('a', 'b', 'c', 'd');
const container = fc.record({
  name,
  image: fc.constantFrom('x', 'y'),
  env: fc.uniqueArray(fc.record({ name, value: name }), { maxLength: 3, selector: (item) => item.name }),
  ports: fc.uniqueArray(
    fc.record({
      containerPort: fc.constantFrom(53, 80),
      protocol: fc.constantFrom('TCP', 'UDP'),
      hostPort: fc.nat(2),
    }),
    { maxLength: 3, selector: ({ containerPort, protocol }) => `${containerPort}/${protocol}` },
  ),
});
const resource = fc.record({
  apiVersion: fc.constant('v1'),
  kind: fc.constantFrom('Pod', 'Job'),
  metadata: fc.record({
    name,
    namespace: fc.constantFrom('n', 'm'),
    labels: fc.dictionary(name, name, { maxKeys: 3 }),
  }),
  spec: fc.record({
    replicas: fc.nat(3),
    tolerations: fc.uniqueArray(fc.record({ effect: name, operator: name }), {
      maxLength: 3,
      selector: (item) => item.effect,
    }),
    containers: fc.uniqueArray(container, { maxLength: 3, selector: (item) => item.name }),
  }),
});
const data = fc
  .uniqueArray(resource, {
    maxLength: 3,
    selector: ({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}`,
  })
  .map((items) => normaliseYaml(items.map((item) => `---\n${stringify(item)}`).join('')));

/** The same resources whatever the order of resources, keys and keyed lists. */
function values(text: string): unknown {
  const items = text
    .split('---\n')
    .filter((part) => part.trim() !== '')
    .map((part) => parse(part) as unknown);
  return new Set(items.map((item) => JSON.stringify(sorted(item))));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => JSON.stringify(sorted(item))).sort();
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([key, inner]) => JSON.stringify([key, sorted(inner)]))
    .sort();
}

describe('for any data', () => {
  test('nothing changed upstream: ours stays to the letter', () => {
    fc.assert(
      fc.property(data, data, (base, ours) => {
        expect(mergeData(base, base, ours)).toBe(ours);
      }),
    );
  });

  test('nothing changed here: we get what upstream has', () => {
    fc.assert(
      fc.property(data, data, (base, theirs) => {
        expect(values(mergeData(base, theirs, base))).toEqual(values(theirs));
      }),
    );
  });

  test('both made the same change: it is there once', () => {
    fc.assert(
      fc.property(data, data, (base, theirs) => {
        expect(values(mergeData(base, theirs, theirs))).toEqual(values(theirs));
      }),
    );
  });

  test('the result is stable: what came in comes no second time', () => {
    fc.assert(
      fc.property(data, data, data, (base, theirs, ours) => {
        const merged = mergeData(base, theirs, ours);
        expect(mergeData(theirs, theirs, merged)).toBe(merged);
        expect(normaliseYaml(merged)).toBe(merged);
      }),
    );
  });
});
