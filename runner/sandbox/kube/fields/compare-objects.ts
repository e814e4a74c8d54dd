/** Which fields an update added, changed and removed. */
import type { Json } from '../kube.ts';
import { getField, isObject, sameJson } from '../schema/json-value.ts';
import { FieldSetBuilder } from './field-set.ts';
import type { FieldSet } from './field-set.ts';
import { isVoid, mergingOf } from './field-schema.ts';
import type { Place } from './field-schema.ts';
import { fieldElement, itemElement } from './path-element.ts';

export interface Comparison {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

interface Builders {
  readonly added: FieldSetBuilder;
  readonly modified: FieldSetBuilder;
  readonly removed: FieldSetBuilder;
}

/** As structured-merge-diff's `Compare`. */
export function compareObjects(place: Place, before: Json, after: Json): Comparison {
  const sets = {
    added: new FieldSetBuilder(),
    modified: new FieldSetBuilder(),
    removed: new FieldSetBuilder(),
  };
  compare(sets, [], place, before, after);
  return sets;
}

function compare(
  sets: Builders,
  path: readonly string[],
  place: Place,
  before: Json | undefined,
  after: Json | undefined,
): void {
  const merging = mergingOf(place);
  if (merging.kind === 'leaf' || (isVoid(before) && isVoid(after))) {
    compareLeaf(sets, path, before, after);
    return;
  }
  if (merging.kind === 'list') compareItems(sets, path, merging, listOf(before), listOf(after));
  else compareEntries(sets, path, merging.place, before, after);
  if (before === undefined) sets.added.insert(path);
  else if (after === undefined) sets.removed.insert(path);
}

function compareLeaf(
  sets: Builders,
  path: readonly string[],
  before: Json | undefined,
  after: Json | undefined,
): void {
  if (before === undefined) sets.added.insert(path);
  else if (after === undefined) sets.removed.insert(path);
  else if (!sameJson(before, after)) sets.modified.insert(path);
}

function compareEntries(
  sets: Builders,
  path: readonly string[],
  placeOfEntry: (name: string) => Place,
  before: Json | undefined,
  after: Json | undefined,
): void {
  const left = isObject(before) ? before : {};
  const right = isObject(after) ? after : {};
  for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const values = [getField(left, name), getField(right, name)] as const;
    if (values[0] !== undefined || values[1] !== undefined) {
      compare(sets, [...path, fieldElement(name)], placeOfEntry(name), ...values);
    }
  }
}

function compareItems(
  sets: Builders,
  path: readonly string[],
  { item, keys }: { readonly item: Place; readonly keys: readonly string[] },
  before: readonly Json[],
  after: readonly Json[],
): void {
  const left = Map.groupBy(before, (value) => itemElement(value, keys));
  const right = Map.groupBy(after, (value) => itemElement(value, keys));
  for (const element of new Set([...left.keys(), ...right.keys()])) {
    const itemPath = [...path, element];
    const old = left.get(element) ?? [];
    const now = right.get(element) ?? [];
    if (old.length <= 1 && now.length <= 1) {
      compare(sets, itemPath, item, old[0], now[0]);
    } else if (old.length > 1 && now.length > 1) {
      if (!sameJson(old, now)) sets.modified.insert(itemPath);
    } else if (old.length > 1) {
      if (now[0] !== undefined) compare(sets, itemPath, item, undefined, now[0]);
      sets.removed.insert(itemPath);
    } else {
      if (old[0] !== undefined) compare(sets, itemPath, item, old[0], undefined);
      sets.added.insert(itemPath);
    }
  }
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
