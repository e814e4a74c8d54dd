/**
 * Strict decoding, as the API server does it before admission: a typo in a field name or a string where a number belongs
 * is the commonest mistake of all, and users must meet the same words here as in a real cluster.
 */
import type { FieldData, TypeData, TypeWord } from '../data/data.ts';
import type { BodyKind } from '../custom/custom.ts';
import { pruneFields } from '../custom/prune-fields.ts';
import type { Json, JsonObject } from '../kube.ts';
import { checkScalar, nameOfJson } from './check-scalar.ts';
import { findKind, findStruct, nameInGo, shapeOf } from './find-type.ts';
import { fieldsOf, isObject, setField } from './json-value.ts';

/** What decoding a body found. */
export interface CheckedFields {
  /** The body without unknown fields and nulls: what Go would have kept. */
  readonly object: JsonObject;
  /** In the body's order, e.g. `unknown field "spec.replicaz"`. */
  readonly unknown: readonly string[];
  /** The first wrong type, in the words of Go's decoder. The object must then not be used. */
  readonly error?: string;
}

interface Decoding {
  readonly unknown: string[];
  error: string | undefined;
}

/** Where a value is: `path` with list indexes for unknown fields, `names` without for wrong types. */
interface Place {
  readonly path: string;
  readonly names: readonly string[];
  /** The innermost struct's Go name. */
  readonly struct: string;
  /** The type in Go's words, where the word does not say it. */
  readonly go?: string | undefined;
}

/** Checks a body against its kind. A kind that the emulator does not know passes as it is. */
export function checkFields(kind: BodyKind, body: JsonObject): CheckedFields {
  if (kind.schema !== undefined) return checkCustom(kind.schema, body);
  const key = findKind(kind);
  if (key === undefined) return { object: body, unknown: [] };
  const decoding: Decoding = { unknown: [], error: undefined };
  const place = { path: '', names: [], struct: structName(key) };
  const object = decodeStruct(decoding, findStruct(key), body, place);
  const { unknown, error } = decoding;
  return { object, unknown, ...(error === undefined ? {} : { error }) };
}

/** A custom object: its metadata is as everywhere, the rest is what its schema says. */
function checkCustom(schema: JsonObject, body: JsonObject): CheckedFields {
  const { object, unknown } = pruneFields(schema, body);
  const decoding: Decoding = { unknown: [...unknown], error: undefined };
  const place = { path: 'metadata', names: ['metadata'], struct: 'ObjectMeta' };
  const metadata = decodeValue(decoding, 'meta.v1.ObjectMeta', object['metadata'] ?? {}, place);
  const { error } = decoding;
  const checked = { ...object, metadata };
  return { object: checked, unknown: decoding.unknown, ...(error === undefined ? {} : { error }) };
}

function decodeStruct(decoding: Decoding, type: TypeData, value: JsonObject, place: Place): JsonObject {
  const result: JsonObject = {};
  for (const [name, item] of fieldsOf(value)) {
    const path = place.path === '' ? name : `${place.path}.${name}`;
    const field: FieldData | undefined = Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
    if (field === undefined) {
      decoding.unknown.push(`unknown field ${JSON.stringify(path)}`);
    } else if (item !== null) {
      const inside = { path, names: [...place.names, name], struct: place.struct, go: field.go };
      result[name] = decodeValue(decoding, field.type, item, inside);
    }
  }
  return result;
}

function decodeValue(decoding: Decoding, word: TypeWord, value: Json, place: Place): Json {
  const shape = shapeOf(word);
  switch (shape.kind) {
    case 'list':
      if (!Array.isArray(value)) return mismatch(decoding, nameOfJson(value), word, place);
      return value.map((item, index) => {
        const path = `${place.path}[${index}]`;
        return decodeItem(decoding, shape.item, item, { ...place, path, go: place.go?.slice('[]'.length) });
      });
    case 'map':
      return isObject(value)
        ? decodeMap(decoding, shape.item, value, place)
        : mismatch(decoding, nameOfJson(value), word, place);
    case 'struct':
      if (!isObject(value)) return mismatch(decoding, nameOfJson(value), word, place);
      return decodeStruct(decoding, shape.struct, value, { ...place, struct: structName(word) });
    case 'scalar': {
      const fault = checkScalar(word, value);
      if (fault === undefined) return value;
      if ('found' in fault) {
        return mismatch(decoding, fault.found, word, { ...place, go: fault.wanted ?? place.go });
      }
      decoding.error ??= fault.text;
      return value;
    }
  }
}

function decodeMap(decoding: Decoding, word: TypeWord, value: JsonObject, place: Place): JsonObject {
  const result: JsonObject = {};
  const go = place.go?.startsWith('map[') === true ? place.go.slice(place.go.indexOf(']') + 1) : undefined;
  for (const [name, item] of fieldsOf(value)) {
    const path = `${place.path}.${name}`;
    setField(result, name, decodeItem(decoding, word, item, { ...place, path, go }));
  }
  return result;
}

/** Null in a list or a map is Go's zero value. */
function decodeItem(decoding: Decoding, word: TypeWord, value: Json, place: Place): Json {
  return decodeValue(decoding, word, value ?? zeroOf(word), place);
}

function zeroOf(word: TypeWord): Json {
  if (word.startsWith('[]')) return [];
  if (word.startsWith('{}') || word.includes('.')) return {};
  if (word === 'bool') return false;
  if (word === 'quantity') return '0';
  return word.startsWith('int') || word === 'float64' ? 0 : '';
}

function mismatch(decoding: Decoding, found: string, word: TypeWord, place: Place): Json {
  const field = `${place.struct}.${place.names.join('.')}`;
  decoding.error ??= `json: cannot unmarshal ${found} into Go struct field ${field} of type ${place.go ?? nameInGo(word)}`;
  return null;
}

function structName(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1);
}
