/** Sets of fields obey the laws of sets, and survive `fieldsV1`. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeSet,
  differenceOf,
  encodeSet,
  FieldSetBuilder,
  hasPath,
  intersectionOf,
  isEmptySet,
  pathsOf,
  unionOf,
} from '../../../../../runner/sandbox/kube/fields/field-set.ts';
import type { FieldSet } from '../../../../../runner/sandbox/kube/fields/field-set.ts';

const element = fc.constantFrom('f:a', 'f:b', 'k:{"name":"x"}', 'v:1');
const path = fc.array(element, { minLength: 1, maxLength: 3 });
const fieldSet = fc.array(path, { maxLength: 6 }).map((paths): FieldSet => {
  const set = new FieldSetBuilder();
  for (const each of paths) set.insert(each);
  return set;
});
const texts = (set: FieldSet): string[] =>
  pathsOf(set)
    .map((each) => each.join('/'))
    .toSorted();

describe('a set of fields', () => {
  test('reads what it writes', () => {
    fc.assert(
      fc.property(fieldSet, (set) => {
        expect(texts(decodeSet(encodeSet(set)))).toEqual(texts(set));
      }),
    );
  });

  test('unites, intersects and subtracts as sets of paths do', () => {
    fc.assert(
      fc.property(fieldSet, fieldSet, (left, right) => {
        const [a, b] = [new Set(texts(left)), new Set(texts(right))];
        expect(texts(unionOf(left, right))).toEqual([...a.union(b)].toSorted());
        expect(texts(intersectionOf(left, right))).toEqual([...a.intersection(b)].toSorted());
        expect(texts(differenceOf(left, right))).toEqual([...a.difference(b)].toSorted());
      }),
    );
  });

  test('has its paths and no others', () => {
    fc.assert(
      fc.property(fieldSet, path, (set, each) => {
        expect(hasPath(set, each)).toBe(texts(set).includes(each.join('/')));
      }),
    );
  });

  test('is empty without elements, however deep', () => {
    expect(
      isEmptySet(differenceOf(decodeSet({ 'f:a': { 'f:b': {} } }), decodeSet({ 'f:a': { 'f:b': {} } }))),
    ).toBe(true);
    expect(isEmptySet(decodeSet({ 'f:a': { '.': {} } }))).toBe(false);
  });
});
