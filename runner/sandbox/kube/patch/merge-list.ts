/** Lists in a strategic merge patch: merged by key or as sets, with items that say what to do by `$patch`. */
import type { Json, JsonObject } from '../kube.ts';
import { getField, isObject, sameJson } from '../schema/json-value.ts';
import { isSameItem, orderList } from './order-list.ts';
import { PatchError } from './patch-error.ts';
import { renderGo } from './render-go.ts';

/** How to merge a list's objects: by which key, and with what. */
export interface ItemMerge {
  readonly mergeKey: string | undefined;
  readonly merge: (original: JsonObject, patch: JsonObject) => JsonObject;
  /** A new item as it may be stored: without directives. */
  readonly clean: (item: JsonObject) => JsonObject;
}

/** The original list with the patch's items merged into it, in their order. */
export function mergeList(original: readonly Json[], patch: readonly Json[], item: ItemMerge): Json[] {
  const objects = [...original, ...patch].filter((value) => isObject(value)).length;
  if (objects === 0) return mergeScalars(original, patch);
  if (objects < original.length + patch.length) {
    throw new PatchError('contradictory', 'list elements in the patch and the object differ in type');
  }
  if (item.mergeKey === undefined)
    throw new PatchError('contradictory', 'cannot merge lists without merge key');
  const merged = mergeObjects(original.filter(isObject), patch.filter(isObject), item.mergeKey, item);
  return orderList(merged, patch, original, item.mergeKey);
}

/** The list without the values that `$deleteFromPrimitiveList` names. */
export function deleteFromList(list: readonly Json[], toDelete: readonly Json[]): Json[] {
  return list.filter((item) => !toDelete.some((other) => sameJson(other, item)));
}

function mergeScalars(original: readonly Json[], patch: readonly Json[]): Json[] {
  const merged: Json[] = [];
  for (const value of [...original, ...patch]) {
    if (!merged.some((other) => sameJson(other, value))) merged.push(value);
  }
  return orderList(merged, patch, original, undefined);
}

function mergeObjects(
  original: readonly JsonObject[],
  patch: readonly JsonObject[],
  mergeKey: string,
  { merge, clean }: ItemMerge,
): JsonObject[] {
  const directives = patch.filter((item) => Object.hasOwn(item, '$patch'));
  const changes = patch.filter((item) => !Object.hasOwn(item, '$patch'));
  let result = [...original];
  for (const item of directives) {
    const directive = getField(item, '$patch');
    if (directive === 'replace') continue;
    if (directive === 'merge') {
      throw new PatchError('contradictory', 'merging lists cannot yet be specified in the patch');
    }
    if (directive !== 'delete') throw unknownDirective(directive, item);
    requireKey(item, mergeKey);
    result = result.filter((other) => !isSameItem(other, item, mergeKey));
  }
  if (directives.some((item) => getField(item, '$patch') === 'replace')) return changes.map(clean);
  for (const change of changes) {
    requireKey(change, mergeKey);
    const at = result.findIndex((other) => isSameItem(other, change, mergeKey));
    const found = result[at];
    if (found === undefined) result.push(clean(change));
    else result[at] = merge(found, change);
  }
  return result;
}

/** The error for a `$patch` that means nothing here. */
export function unknownDirective(directive: Json | undefined, patch: JsonObject): PatchError {
  const shown = `${renderGo(directive)} in map: ${renderGo(patch)}`;
  return new PatchError('contradictory', `unknown patch type: ${shown}`);
}

function requireKey(item: JsonObject, mergeKey: string): void {
  if (Object.hasOwn(item, mergeKey)) return;
  const shown = renderGo(item);
  throw new PatchError('contradictory', `map: ${shown} does not contain declared merge key: ${mergeKey}`);
}
