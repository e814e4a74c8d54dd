/** Expected values: RFC 7386. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../../runner/sandbox/kube/kube.ts';
import { applyMergePatch } from '../../../../../runner/sandbox/kube/patch/merge-patch.ts';

const cases: readonly [target: Json, patch: Json, result: Json][] = [
  [{ a: 'b', c: { d: 1, e: 2 } }, { a: null, c: { d: 3 } }, { c: { d: 3, e: 2 } }],
  [{ a: [1, 2] }, { a: [3] }, { a: [3] }],
  [{ a: 'b' }, { a: { b: null, c: 1 } }, { a: { c: 1 } }],
  [{ a: { b: 1 } }, { a: 'c' }, { a: 'c' }],
  [{ a: 1 }, {}, { a: 1 }],
  ['x', { a: 1 }, { a: 1 }],
  [{ a: 1 }, null, null],
  [{}, { constructor: { a: 1 } }, { constructor: { a: 1 } }],
];

test.each(cases)('%j with %j', (target, patch, result) => {
  expect(applyMergePatch(target, patch)).toEqual(result);
});

test('the difference of two objects, applied to the one, gives the other', () => {
  const value = fc.jsonValue({ maxDepth: 3 }).map((json) => withoutNulls(json));
  const object = fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), value);
  fc.assert(
    fc.property(object, object, (before, after) => {
      const patch = difference(before, after);
      const result = applyMergePatch(before, patch);
      expect(JSON.stringify(sortFields(result))).toBe(JSON.stringify(sortFields(after)));
    }),
  );
});

function difference(before: JsonObject, after: JsonObject): JsonObject {
  const entries = [...new Set([...Object.keys(before), ...Object.keys(after)])].map((key): [string, Json] => [
    key,
    differenceOfValue(own(before, key), own(after, key)),
  ]);
  return Object.fromEntries(entries);
}

function differenceOfValue(before: Json | undefined, after: Json | undefined): Json {
  if (after === undefined) return null;
  return isPlain(before) && isPlain(after) ? difference(before, after) : after;
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function isPlain(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutNulls(value: Json): Json {
  return JSON.parse(JSON.stringify(value).replaceAll('null', '0')) as Json;
}

function sortFields(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortFields);
  if (!isPlain(value)) return value;
  const entries = Object.entries(value).map(([key, item]): [string, Json] => [key, sortFields(item ?? null)]);
  return Object.fromEntries(entries.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}
