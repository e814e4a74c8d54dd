/** The fields that an applied configuration names, and so owns. */
import type { Json } from '../kube.ts';
import { fieldsOf, isObject } from '../schema/json-value.ts';
import { FieldSetBuilder } from './field-set.ts';
import type { FieldSet } from './field-set.ts';
import { mergingOf } from './field-schema.ts';
import type { Place } from './field-schema.ts';
import { fieldElement, itemElement } from './path-element.ts';

/** As structured-merge-diff's `ToFieldSet`: leaves, list items, entries of maps, and structs that are empty. */
export function collectFields(place: Place, value: Json): FieldSet {
  const set = new FieldSetBuilder();
  visit(set, [], place, value);
  return set;
}

function visit(set: FieldSetBuilder, path: readonly string[], place: Place, value: Json): void {
  const merging = mergingOf(place);
  if (merging.kind === 'leaf') {
    set.insert(path);
  } else if (merging.kind === 'list' && Array.isArray(value)) {
    for (const item of value) {
      const itemPath = [...path, itemElement(item, merging.keys)];
      visit(set, itemPath, merging.item, item);
      set.insert(itemPath);
    }
  } else if (merging.kind === 'map' && isObject(value)) {
    for (const [name, item] of fieldsOf(value)) {
      const itemPath = [...path, fieldElement(name)];
      visit(set, itemPath, merging.place(name), item);
      const isEmpty = item === null || (isObject(item) && fieldsOf(item).length === 0);
      if (isEmpty || !merging.isField(name)) set.insert(itemPath);
    }
  }
}
