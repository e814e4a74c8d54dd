/** Items of a list that merge by key must differ in their keys, or server-side apply could not tell them apart. */
import type { BodyKind } from '../custom/custom.ts';
import type { Json, JsonObject } from '../kube.ts';
import { fieldsOf, isObject } from '../schema/json-value.ts';
import { mergingOf, placeOfKind, type Place } from './field-schema.ts';
import { fieldElement, itemElement, renderPath } from './path-element.ts';

/** The first list of an object with two items of one key: `.spec.ports: duplicate entries for key [port=80]`. */
export function findDuplicates(kind: BodyKind, object: JsonObject): string | undefined {
  const place = placeOfKind(kind);
  return place === undefined ? undefined : findIn([], place, object);
}

function findIn(path: readonly string[], place: Place, value: Json): string | undefined {
  const merging = mergingOf(place);
  if (merging.kind === 'list' && Array.isArray(value)) {
    const elements = value.map((item) => itemElement(item, merging.keys));
    const twice = elements.find((element, index) => elements.indexOf(element) < index);
    if (twice !== undefined) return `${renderPath(path)}: duplicate entries for key ${renderPath([twice])}`;
    return firstOf(value, (item, index) => findIn([...path, elements[index] ?? ''], merging.item, item));
  }
  if (merging.kind !== 'map' || !isObject(value)) return undefined;
  return firstOf(fieldsOf(value), ([name, item]) =>
    findIn([...path, fieldElement(name)], merging.place(name), item),
  );
}

function firstOf<Item>(
  items: readonly Item[],
  find: (item: Item, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
