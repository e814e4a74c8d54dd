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
  return complete(kind, object, isPlainStruct);
}

/** The same with Go's other zeros too: null, '', 0 or false for every absent field that Go never omits. */
export function completeZeros(kind: GroupVersionKind, object: JsonObject): JsonObject {
  return complete(kind, object, (field) => field.keepZero === true || isPlainStruct(field));
}

type IsPrinted = (field: FieldData) => boolean;

function complete(kind: GroupVersionKind, object: JsonObject, isPrinted: IsPrinted): JsonObject {
  const type = findKind(kind);
  const completed = type === undefined ? object : completeValue(type, object, isPrinted);
  return isObject(completed) ? completed : object;
}

function completeValue(word: TypeWord, value: Json, isPrinted: IsPrinted): Json {
  const shape = shapeOf(word);
  if (shape.kind === 'list' && Array.isArray(value)) {
    return value.map((item) => completeValue(shape.item, item, isPrinted));
  }
  if (!isObject(value)) return value;
  switch (shape.kind) {
    case 'map':
      return completeFields(value, () => shape.item, isPrinted);
    case 'struct': {
      const { fields } = shape.struct;
      const result = completeFields(value, (name) => fields[name]?.type ?? 'raw', isPrinted);
      for (const [name, field] of Object.entries(fields)) {
        if (isPrinted(field)) result[name] ??= completeValue(field.type, zeroOf(field), isPrinted);
      }
      return result;
    }
    case 'list':
    case 'scalar':
      return value;
  }
}

function completeFields(
  value: JsonObject,
  typeOf: (name: string) => TypeWord,
  isPrinted: IsPrinted,
): JsonObject {
  const result: JsonObject = {};
  for (const [name, item] of fieldsOf(value)) {
    setField(result, name, completeValue(typeOf(name), item, isPrinted));
  }
  return result;
}

function isPlainStruct(field: FieldData): boolean {
  return field.pointer !== true && shapeOf(field.type).kind === 'struct';
}

function zeroOf(field: FieldData): Json {
  if (isPlainStruct(field)) return {};
  if (field.pointer === true) return null;
  switch (field.type) {
    case 'string':
      return '';
    case 'bool':
      return false;
    case 'int32':
    case 'int64':
    case 'float64':
      return 0;
    default:
      return null;
  }
}
