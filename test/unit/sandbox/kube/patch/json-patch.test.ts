/** Expected values: RFC 6902, and the API server's library (evanphx/json-patch v4) where the two differ. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../../runner/sandbox/kube/kube.ts';
import { applyJsonPatch } from '../../../../../runner/sandbox/kube/patch/json-patch.ts';
import { PatchError } from '../../../../../runner/sandbox/kube/patch/patch-error.ts';

const doc = { a: { b: [1, 2, 3], 'x/y': 1, 'm~n': 2 }, c: 'd' };

const applied: readonly [name: string, operations: Json, result: JsonObject][] = [
  ['add a field', [{ op: 'add', path: '/e', value: { f: 1 } }], { ...doc, e: { f: 1 } }],
  [
    'add before an item',
    [{ op: 'add', path: '/a/b/1', value: 9 }],
    { ...doc, a: { ...doc.a, b: [1, 9, 2, 3] } },
  ],
  ['append', [{ op: 'add', path: '/a/b/-', value: 9 }], { ...doc, a: { ...doc.a, b: [1, 2, 3, 9] } }],
  ['a negative index', [{ op: 'remove', path: '/a/b/-1' }], { ...doc, a: { ...doc.a, b: [1, 2] } }],
  [
    'escapes',
    [
      { op: 'remove', path: '/a/x~1y' },
      { op: 'remove', path: '/a/m~0n' },
    ],
    { ...doc, a: { b: [1, 2, 3] } },
  ],
  ['replace', [{ op: 'replace', path: '/c', value: null }], { ...doc, c: null }],
  ['move', [{ op: 'move', from: '/c', path: '/e' }], { a: doc.a, e: 'd' }],
  ['copy', [{ op: 'copy', from: '/a/b', path: '/c' }], { ...doc, c: [1, 2, 3] }],
  ['test', [{ op: 'test', path: '/a/b', value: [1, 2, 3] }], doc],
  ['test that nothing is there', [{ op: 'test', path: '/nope', value: null }], doc],
  [
    'a key named __proto__',
    [{ op: 'add', path: '/__proto__', value: 1 }],
    JSON.parse('{"__proto__":1}') as JsonObject,
  ],
];

const refused: readonly [name: string, operations: Json, reason: string, message: string][] = [
  [
    'no list',
    { op: 'add' },
    'malformed',
    'json: cannot unmarshal object into Go value of type jsonpatch.Patch',
  ],
  ['remove what is not there', [{ op: 'remove', path: '/nope' }], 'failed', 'doc is missing key: nope'],
  [
    'replace what is not there',
    [{ op: 'replace', path: '/nope', value: 1 }],
    'failed',
    'doc is missing key: nope',
  ],
  [
    'add below what is not there',
    [{ op: 'add', path: '/n/o', value: 1 }],
    'failed',
    'doc is missing path: o',
  ],
  [
    'an inherited name',
    [{ op: 'remove', path: '/constructor' }],
    'failed',
    'doc is missing key: constructor',
  ],
  [
    'an index too far',
    [{ op: 'add', path: '/a/b/7', value: 1 }],
    'failed',
    'unable to access invalid index: 7',
  ],
  ['a failed test', [{ op: 'test', path: '/c', value: 'x' }], 'failed', 'testing value /c failed'],
  ['an unknown operation', [{ op: 'frob', path: '/c' }], 'failed', 'Unexpected kind: frob'],
  [
    'the whole document gone',
    [{ op: 'replace', path: '', value: 1 }],
    'failed',
    'the patched document is no object',
  ],
];

describe('applyJsonPatch', () => {
  test.each(applied)('%s', (name, operations, result) => {
    const start = name.includes('__proto__') ? {} : doc;
    expect(JSON.stringify(sorted(applyJsonPatch(start, operations)))).toBe(JSON.stringify(sorted(result)));
  });

  test.each(refused)('refuses %s', (_name, operations, reason, message) => {
    const error = thrownBy(() => applyJsonPatch(doc, operations));
    expect(error).toBeInstanceOf(PatchError);
    expect(error).toMatchObject({ reason, message });
  });

  test('is bounded: 10,000 operations, and no doubling by copy', () => {
    const many = Array.from({ length: 10_001 }, () => ({ op: 'test', path: '/c', value: 'd' }));
    expect(thrownBy(() => applyJsonPatch(doc, many))).toBeInstanceOf(PatchError);
    const doubling = Array.from({ length: 40 }, (_, index) => ({ op: 'copy', from: '', path: `/k${index}` }));
    expect(thrownBy(() => applyJsonPatch(doc, doubling))).toBeInstanceOf(PatchError);
  });

  test('what add puts in, remove takes out', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.jsonValue(), (key, value) => {
        fc.pre(!Object.hasOwn(doc, key));
        const path = `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
        const added = applyJsonPatch(doc, [{ op: 'add', path, value }]);
        expect(Object.hasOwn(added, key)).toBe(true);
        expect(applyJsonPatch(added, [{ op: 'remove', path }])).toEqual(doc);
      }),
    );
  });

  test('takes any operations without harm', () => {
    const pointer = fc.constantFrom('', '/a', '/a/b', '/a/b/0', '/a/b/-', '/__proto__/x', '/c', 'c');
    const operation = fc.record({
      op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test'),
      path: pointer,
      from: pointer,
      value: fc.jsonValue(),
    });
    fc.assert(
      fc.property(fc.array(operation), (operations) => {
        const before = JSON.stringify(doc);
        const outcome = thrownBy(() => applyJsonPatch(doc, operations));
        expect(outcome === undefined || outcome instanceof PatchError).toBe(true);
        expect(JSON.stringify(doc)).toBe(before);
        expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
      }),
    );
  });
});

function thrownBy(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}

function sorted(object: JsonObject): [string, unknown][] {
  return Object.entries(object).toSorted(([left], [right]) => (left < right ? -1 : 1));
}
