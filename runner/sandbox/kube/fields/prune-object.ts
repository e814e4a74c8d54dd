/** Pruning: what an applier named last time, names no longer, and nobody else owns, leaves the object. */
import type { JsonObject } from '../kube.ts';
import { isObject } from '../schema/json-value.ts';
import { collectFields } from './collect-fields.ts';
import { differenceOf, intersectionOf, isEmptySet, unionOf } from './field-set.ts';
import type { FieldSet } from './field-set.ts';
import type { Place } from './field-schema.ts';
import { removeFields, withNamedFields } from './remove-fields.ts';

export interface Ownership {
  /** The applier's fields of last time. */
  readonly last: FieldSet;
  /** Everybody's fields now, the applier's new ones included. */
  readonly owned: FieldSet;
}

/** As structured-merge-diff's `prune`: remove all of the last set, then add back what is owned, then what dangles. */
export function pruneObject(place: Place, merged: JsonObject, { last, owned }: Ownership): JsonObject {
  if (isEmptySet(last)) return merged;
  const named = (set: FieldSet): FieldSet => withNamedFields(place, set);
  const mergedSet = named(collectFields(place, merged));
  const removed = remove(place, merged, named(last));
  const removedSet = named(collectFields(place, removed));
  const kept = remove(place, merged, differenceOf(mergedSet, unionOf(removedSet, named(owned))));
  const keptSet = named(collectFields(place, kept));
  return remove(place, merged, intersectionOf(differenceOf(mergedSet, keptSet), named(last)));
}

function remove(place: Place, object: JsonObject, set: FieldSet): JsonObject {
  const rest = removeFields(place, object, set);
  return isObject(rest) ? rest : {};
}
