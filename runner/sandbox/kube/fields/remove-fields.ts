/** Takes fields out of an object: what an applier no longer names and nobody else owns. */
import type { Json, JsonObject } from '../kube.ts';
import { fieldsOf, isObject, setField } from '../schema/json-value.ts';
import { emptySet, isEmptySet } from './field-set.ts';
import type { FieldSet } from './field-set.ts';
import { mergingOf } from './field-schema.ts';
import type { Place } from './field-schema.ts';
import { fieldElement, itemElement } from './path-element.ts';

/** The value without the fields of the set. Null where nothing is left: emptied, which is not the same as absent. */
export function removeFields(place: Place, value: Json, set: FieldSet): Json {
  if (isEmptySet(set)) return value;
  const merging = mergingOf(place);
  if (merging.kind === 'list' && Array.isArray(value)) {
    const items = value.flatMap((item) => {
      const element = itemElement(item, merging.keys);
      if (set.members.has(element)) return [];
      return [removeFields(merging.item, item, set.children.get(element) ?? emptySet)];
    });
    return items.length > 0 ? items : null;
  }
  if (merging.kind === 'map' && isObject(value)) {
    const result: JsonObject = {};
    for (const [name, item] of fieldsOf(value)) {
      const element = fieldElement(name);
      if (set.members.has(element)) continue;
      const below = set.children.get(element) ?? emptySet;
      setField(result, name, removeFields(merging.place(name), item, below));
    }
    return Object.keys(result).length > 0 ? result : null;
  }
  return merging.kind === 'leaf' ? value : null;
}

/** The set with every struct field on the way to a member added, which are otherwise not recorded. */
export function withNamedFields(place: Place, set: FieldSet): FieldSet {
  const merging = mergingOf(place);
  const members = new Set(set.members);
  const children = new Map<string, FieldSet>();
  for (const [element, child] of set.children) {
    const name = element.startsWith('f:') ? element.slice('f:'.length) : undefined;
    const isMap = merging.kind === 'map';
    if (name !== undefined && isMap && merging.isField(name)) members.add(element);
    const below =
      name !== undefined && isMap ? merging.place(name) : merging.kind === 'list' ? merging.item : place;
    children.set(element, withNamedFields(below, child));
  }
  return { members, children };
}
