/**
 * Go does not print zero values of fields that are `omitempty` and no pointers: a manifest's `labels: {}` or `image: ""` is
 * gone once the server has read it. So it must be here, or a second apply of the same file would look like a change.
 */
import type { FieldData, TypeWord } from '../data/data.ts';
import type { GroupVersionKind, Json, JsonObject } from '../kube.ts';
import { findKind, shapeOf } from './find-type.ts';
import { fieldsOf, isObject, setField } from './json-value.ts';

/** A copy of the object without the zeros that Go would not print. A kind without a type is returned as it is. */
export function dropZeros(kind: GroupVersionKind, object: JsonObject): JsonObject {
  const type = findKind(kind);
  const kept = type === undefined ? object : keepPrinted(type, object);
  return isObject(kept) ? kept : object;
}

function keepPrinted(word: TypeWord, value: Json): Json {
  const shape = shapeOf(word);
  if (shape.kind === 'list' && Array.isArray(value))
    return value.map((item) => keepPrinted(shape.item, item));
  if (!isObject(value) || shape.kind === 'scalar' || shape.kind === 'list') return value;
  const result: JsonObject = {};
  for (const [name, item] of fieldsOf(value)) {
    const field = shape.kind === 'map' ? undefined : shape.struct.fields[name];
    const kept = keepPrinted(shape.kind === 'map' ? shape.item : (field?.type ?? 'raw'), item);
    if (field === undefined || !isOmitted(field, kept)) setField(result, name, kept);
  }
  return result;
}

function isOmitted(field: FieldData, value: Json): boolean {
  if (field.keepZero === true || field.pointer === true) return false;
  switch (shapeOf(field.type).kind) {
    case 'list':
    case 'map':
      return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
    case 'struct':
      return false;
    case 'scalar':
      return value === '' || value === false || (value === 0 && field.type !== 'intOrString');
  }
}
