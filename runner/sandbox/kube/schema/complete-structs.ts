/**
 * Go prints a struct that is no pointer even when it is empty (`resources: {}`, `strategy: {}`, `status: {}`). Objects as
 * the real server stores and shows them have these, and field ownership is reckoned with them.
 */
import type { FieldData, TypeData, TypeWord } from '../data/data.ts';
import type { GroupVersionKind, Json, JsonObject } from '../kube.ts';
import { findKind, shapeOf } from './find-type.ts';
import { fieldsOf, isObject, setField } from './json-value.ts';

/** A copy of the object with every empty struct that Go would print. A kind without a type is returned as it is. */
export function completeStructs(kind: GroupVersionKind, object: JsonObject): JsonObject {
  return complete(kind, object, plainStructs);
}

/** The same with Go's other zeros too: null, '', 0 or false for every absent field that Go never omits. */
export function completeZeros(kind: GroupVersionKind, object: JsonObject): JsonObject {
  return complete(kind, object, keptZeros);
}

/** Chooses from a struct the fields that are printed even when they are absent. */
type Choose = (struct: TypeData) => readonly PrintedField[];
type PrintedField = readonly [name: string, field: FieldData];

function complete(kind: GroupVersionKind, object: JsonObject, choose: Choose): JsonObject {
  const type = findKind(kind);
  const completed = type === undefined ? object : completeValue(type, object, choose);
  return isObject(completed) ? completed : object;
}

function completeValue(word: TypeWord, value: Json, choose: Choose): Json {
  const shape = shapeOf(word);
  if (shape.kind === 'list' && Array.isArray(value)) {
    return value.map((item) => completeValue(shape.item, item, choose));
  }
  if (!isObject(value)) return value;
  switch (shape.kind) {
    case 'map':
      return completeFields(value, () => shape.item, choose);
    case 'struct': {
      const { fields } = shape.struct;
      const result = completeFields(value, (name) => fields[name]?.type ?? 'raw', choose);
      for (const [name, field] of choose(shape.struct))
        result[name] ??= completeValue(field.type, zeroOf(field), choose);
      return result;
    }
    case 'list':
    case 'scalar':
      return value;
  }
}

function completeFields(value: JsonObject, typeOf: (name: string) => TypeWord, choose: Choose): JsonObject {
  const result: JsonObject = {};
  for (const [name, item] of fieldsOf(value)) {
    setField(result, name, completeValue(typeOf(name), item, choose));
  }
  return result;
}

const plainStructs = chooseFields(isPlainStruct);
const keptZeros = chooseFields((field) => field.keepZero === true || isPlainStruct(field));

/** Each struct is looked through once: every write goes through dozens of them, with hundreds of fields. */
function chooseFields(isPrinted: (field: FieldData) => boolean): Choose {
  const chosen = new WeakMap<TypeData, readonly PrintedField[]>();
  return (struct) => {
    const known = chosen.get(struct);
    if (known !== undefined) return known;
    const fields = Object.entries(struct.fields).filter(([, field]) => isPrinted(field));
    chosen.set(struct, fields);
    return fields;
  };
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
