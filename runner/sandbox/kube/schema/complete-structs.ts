/**
 * Go prints a struct that is no pointer even when it is empty (`resources: {}`, `strategy: {}`, `status: {}`). Objects as
 * the real server stores and shows them have these, and field ownership is reckoned with them.
 */
import type { FieldData, TypeWord } from '../data/data.ts';
import type { GroupVersionKind, Json, JsonObject } from '../kube.ts';
import { findKind, shapeOf } from './find-type.ts';
import { fieldsOf, isObject, setField } from './json-value.ts';

/** A copy of the object with every empty struct that Go would print. A kind without a type is returned as it is. */
export function completeStructs(kind: GroupVersionKind, object: JsonObject): JsonObject {
  const type = findKind(kind);
  const completed = type === undefined ? object : completeValue(type, object);
  return isObject(completed) ? completed : object;
}

function completeValue(word: TypeWord, value: Json): Json {
  const shape = shapeOf(word);
  if (shape.kind === 'list' && Array.isArray(value)) {
    return value.map((item) => completeValue(shape.item, item));
  }
  if (!isObject(value)) return value;
  switch (shape.kind) {
    case 'map':
      return completeFields(value, () => shape.item);
    case 'struct': {
      const { fields } = shape.struct;
      const result = completeFields(value, (name) => fields[name]?.type ?? 'raw');
      for (const [name, field] of Object.entries(fields)) {
        if (isPlainStruct(field)) result[name] ??= completeValue(field.type, {});
      }
      return result;
    }
    case 'list':
    case 'scalar':
      return value;
  }
}

function completeFields(value: JsonObject, typeOf: (name: string) => TypeWord): JsonObject {
  const result: JsonObject = {};
  for (const [name, item] of fieldsOf(value)) setField(result, name, completeValue(typeOf(name), item));
  return result;
}

function isPlainStruct(field: FieldData): boolean {
  return field.pointer !== true && shapeOf(field.type).kind === 'struct';
}
