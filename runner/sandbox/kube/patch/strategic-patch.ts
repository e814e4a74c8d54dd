/**
 * Kubernetes' strategic merge patch, which kubectl sends for built-in kinds (`apply`, `set`, `label`, `rollout restart`):
 * lists merge by the keys that the type table names, and directives (`$patch`, `$retainKeys`, `$setElementOrder/…`,
 * `$deleteFromPrimitiveList/…`) say what a plain merge cannot. Behaves as apimachinery's `strategicpatch`.
 */
import type { FieldData, TypeWord } from '../data/data.ts';
import type { GroupVersionKind, Json, JsonObject } from '../kube.ts';
import { findKind, shapeOf } from '../schema/find-type.ts';
import { cloneJson, fieldsOf, getField, isObject, setField } from '../schema/json-value.ts';
import { deleteFromList, mergeList, unknownDirective } from './merge-list.ts';
import { isSameItem, orderAfterMerge, orderList } from './order-list.ts';
import { PatchError } from './patch-error.ts';
import { renderGo } from './render-go.ts';

const orderPrefix = '$setElementOrder/';
const deletePrefix = '$deleteFromPrimitiveList/';

/**
 * The target with the patch merged into it. Changes neither argument. Throws PatchError for a patch that contradicts
 * itself or the type, and for a kind without a type: the real server answers 415 for those.
 */
export function applyStrategicPatch(
  kind: GroupVersionKind,
  target: JsonObject,
  patch: JsonObject,
): JsonObject {
  const type = findKind(kind);
  if (type === undefined) throw new PatchError('malformed', `unable to find api type for ${kind.kind}`);
  return mergeObject(type, cloneJson(target), patch);
}

function mergeObject(type: TypeWord, original: JsonObject, patch: JsonObject): JsonObject {
  const directive = getField(patch, '$patch');
  if (directive === 'replace') return withoutMarkers(patch);
  if (directive === 'delete') return {};
  if (directive !== undefined) throw unknownDirective(directive, patch);
  const result = retainKeys(original, patch);
  for (const [key, value] of fieldsOf(patch)) {
    if (key.startsWith(deletePrefix)) deleteValues(result, key.slice(deletePrefix.length), value);
    else if (!key.startsWith('$')) mergeField(type, result, key, value);
  }
  for (const [key, value] of fieldsOf(patch)) {
    if (key.startsWith(orderPrefix)) {
      orderField(type, { original, patch, result }, key.slice(orderPrefix.length), value);
    }
  }
  return result;
}

function mergeField(type: TypeWord, result: JsonObject, key: string, value: Json): void {
  const before = getField(result, key);
  const field = fieldOf(type, key);
  if (value === null) {
    delete result[key];
  } else if (isObject(before) && isObject(value) && field?.patch?.includes('replace') !== true) {
    setField(result, key, mergeObject(field?.type ?? 'raw', before, value));
  } else if (Array.isArray(before) && Array.isArray(value) && field?.patch?.includes('merge') === true) {
    setField(result, key, mergeFieldList(field, before, value));
  } else {
    const clean = withoutDirectives(value);
    if (clean === undefined) delete result[key];
    else setField(result, key, clean);
  }
}

function mergeFieldList(field: FieldData, before: readonly Json[], patch: readonly Json[]): Json[] {
  const itemType = field.type.slice('[]'.length);
  return mergeList(before, patch, {
    mergeKey: field.patchKey,
    merge: (original, change) => mergeObject(itemType, original, change),
    clean: withoutMarkers,
  });
}

/** `$retainKeys`: of the original, only the named fields stay; the patch may name no other. */
function retainKeys(original: JsonObject, patch: JsonObject): JsonObject {
  const keys = getField(patch, '$retainKeys');
  if (keys === undefined) return { ...original };
  const changed = fieldsOf(patch).filter(([key, value]) => value !== null && !key.startsWith('$'));
  if (!Array.isArray(keys) || changed.some(([key]) => !keys.includes(key))) {
    throw new PatchError('malformed', 'invalid patch format of retainKeys');
  }
  return Object.fromEntries(fieldsOf(original).filter(([key]) => keys.includes(key)));
}

function deleteValues(result: JsonObject, key: string, values: Json): void {
  const before = getField(result, key);
  if (Array.isArray(before) && Array.isArray(values)) setField(result, key, deleteFromList(before, values));
}

interface MergedObject {
  readonly original: JsonObject;
  readonly patch: JsonObject;
  readonly result: JsonObject;
}

/** `$setElementOrder/x`: puts the merged list x into the order that the client knows. */
function orderField(
  type: TypeWord,
  { original, patch, result }: MergedObject,
  key: string,
  order: Json,
): void {
  const mergeKey = fieldOf(type, key)?.patchKey;
  const changes = getField(patch, key) ?? [];
  const known = getField(original, key) ?? [];
  if (!Array.isArray(order) || !Array.isArray(changes) || !Array.isArray(known)) {
    throw new PatchError('malformed', 'invalid patch format of setElementOrder list');
  }
  checkOrder(changes, order, mergeKey);
  const merged = getField(result, key);
  if (!Array.isArray(merged)) return;
  setField(result, key, orderList(merged, order, orderAfterMerge(known, changes, mergeKey), mergeKey));
}

/**
 * The patch's items must stand in the order list, in the same order; deletions need not. As in apimachinery, another
 * directive behind the last ordered item is an error too.
 */
function checkOrder(changes: readonly Json[], order: readonly Json[], mergeKey: string | undefined): void {
  if (order.length === 0) return;
  const kept = changes.filter((item) => !isObject(item) || getField(item, '$patch') !== 'delete');
  let next = 0;
  for (const known of order) {
    while (hasDirective(kept[next])) next += 1;
    const item = kept[next];
    if (item !== undefined && isSameItem(known, item, mergeKey)) next += 1;
  }
  if (next === kept.length) return;
  const shown = `${renderGo([...changes])}\n doesn't match $setElementOrder list:\n${renderGo([...order])}\n`;
  throw new PatchError('contradictory', `The order in patch list:\n${shown}`);
}

function hasDirective(item: Json | undefined): boolean {
  return isObject(item) && Object.hasOwn(item, '$patch');
}

function fieldOf(type: TypeWord, key: string): FieldData | undefined {
  const shape = shapeOf(type);
  if (shape.kind === 'map') return { type: shape.item };
  if (shape.kind !== 'struct') return undefined;
  return Object.hasOwn(shape.struct.fields, key) ? shape.struct.fields[key] : undefined;
}

/** A value that is new to the object: no nulls, no directives. Undefined where the value is only a directive. */
function withoutDirectives(value: Json): Json | undefined {
  if (Array.isArray(value)) {
    return value.map((item) => withoutDirectives(item)).filter((item) => item !== undefined);
  }
  if (!isObject(value)) return value;
  if (hasDirective(value)) return undefined;
  return keepFields(value, withoutDirectives);
}

/**
 * A list item that is new to the object. Directives inside it do nothing: apimachinery stores the item as it came, and
 * decoding then drops the fields that are no fields.
 */
function withoutMarkers(item: JsonObject): JsonObject {
  const clean = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(clean);
    return isObject(value) ? withoutMarkers(value) : value;
  };
  return keepFields(item, clean);
}

function keepFields(object: JsonObject, keep: (value: Json) => Json | undefined): JsonObject {
  const result: JsonObject = {};
  for (const [key, value] of fieldsOf(object)) {
    const kept = value === null || isMarker(key) ? undefined : keep(value);
    if (kept !== undefined) setField(result, key, kept);
  }
  return result;
}

function isMarker(key: string): boolean {
  return (
    key === '$patch' || key === '$retainKeys' || key.startsWith(orderPrefix) || key.startsWith(deletePrefix)
  );
}
