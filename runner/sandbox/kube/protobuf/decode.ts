/**
 * Request bodies in Kubernetes' protobuf. kubectl 1.32 and later sends them for every typed call and has no way back to
 * JSON, so the emulator must read them; it answers in JSON, which every client accepts.
 */
import type { FieldData, TypeData, TypeWord } from '../data/data.ts';
import type { GroupVersionKind, Json, JsonObject } from '../kube.ts';
import { findKind, findStruct, shapeOf } from '../schema/find-type.ts';
import { getField, isObject, setField } from '../schema/json-value.ts';
import { bytesOf, decodeScalar, readBytes, readText } from './decode-scalar.ts';
import { DecodeError, readFields, readPacked } from './read-wire.ts';
import type { WireField } from './read-wire.ts';

/** `k8s` and a zero byte. */
const magic = [0x6b, 0x38, 0x73, 0x00] as const;

/**
 * The body as JSON, as Go would print the decoded object: structs that Go embeds are flattened, and zero values are
 * dropped where Go's `omitempty` drops them. Throws DecodeError for anything else than the magic bytes, a
 * `runtime.Unknown` and a message of a known kind.
 */
export function decodeProtobuf(bytes: Uint8Array): JsonObject {
  if (magic.some((byte, index) => bytes[index] !== byte)) {
    throw new DecodeError(
      'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
    );
  }
  const unknown = bytes.subarray(magic.length);
  const typeMeta = readBytes(unknown, 1) ?? new Uint8Array();
  const apiVersion = readText(typeMeta, 1) ?? '';
  const kind = readText(typeMeta, 2) ?? '';
  const type = findKind(parseKind(apiVersion, kind));
  if (type === undefined)
    throw new DecodeError(`no kind "${kind}" is registered for version "${apiVersion}"`);
  const object = decodeMessage(findStruct(type), readBytes(unknown, 2) ?? new Uint8Array());
  return { apiVersion, kind, ...object };
}

function parseKind(apiVersion: string, kind: string): GroupVersionKind {
  const [version = '', group = ''] = apiVersion.split('/').toReversed();
  return { group, version, kind };
}

function decodeMessage(type: TypeData, bytes: Uint8Array): JsonObject {
  const result: JsonObject = {};
  const { fields, inlined } = byNumber(type);
  for (const wire of readFields(bytes)) {
    const embedded = inlined.get(wire.number);
    const field = fields.get(wire.number);
    if (embedded !== undefined) {
      Object.assign(result, decodeMessage(findStruct(embedded), bytesOf(wire)));
    } else if (field !== undefined) {
      const [name, data] = field;
      const value = decodeField(data.type, wire, getField(result, name));
      if (value === undefined || isOmitted(data, value)) delete result[name];
      else setField(result, name, value);
    }
  }
  return result;
}

/** The value of one field on the wire, added to `before` where the field repeats. */
function decodeField(word: TypeWord, wire: WireField, before: Json | undefined): Json | undefined {
  const shape = shapeOf(word);
  switch (shape.kind) {
    case 'list':
      return [...(Array.isArray(before) ? before : []), ...decodeItems(shape.item, wire)];
    case 'map':
      return addEntry(isObject(before) ? before : {}, shape.item, bytesOf(wire));
    case 'struct':
      return decodeMessage(shape.struct, bytesOf(wire));
    case 'scalar':
      return decodeScalar(word, wire);
  }
}

function decodeItems(word: TypeWord, wire: WireField): Json[] {
  const isVarint = word === 'int32' || word === 'int64' || word === 'bool';
  if (isVarint && wire.kind === 'bytes') {
    return [...readPacked(wire.value)].map((value) => Number(value));
  }
  return [decodeField(word, wire, undefined) ?? null];
}

function addEntry(map: JsonObject, word: TypeWord, bytes: Uint8Array): JsonObject {
  const key = readText(bytes, 1) ?? '';
  setField(map, key, word === 'quantity' ? '0' : zeroOf(word));
  for (const wire of readFields(bytes)) {
    if (wire.number === 2) setField(map, key, decodeEntryValue(word, wire) ?? null);
  }
  return map;
}

/** A named list type (`ExtraValue`) as a map's value is a message around the list. */
function decodeEntryValue(word: TypeWord, wire: WireField): Json | undefined {
  if (!word.startsWith('[]')) return decodeField(word, wire, undefined);
  const items = [...readFields(bytesOf(wire))].filter(({ number }) => number === 1);
  return items.flatMap((item) => decodeItems(word.slice('[]'.length), item));
}

function zeroOf(word: TypeWord): Json {
  if (word.startsWith('[]')) return [];
  return word === 'string' || word === 'bytes' ? '' : {};
}

/** Go's `omitempty` for values that are no pointers: such zeros are on the wire but not in JSON. */
function isOmitted(field: FieldData, value: Json): boolean {
  if (field.pointer === true || field.keepZero === true) return false;
  return value === '' || value === false || (value === 0 && field.type !== 'intOrString');
}

interface NumberedFields {
  readonly fields: ReadonlyMap<number, readonly [string, FieldData]>;
  readonly inlined: ReadonlyMap<number, string>;
}

const numbered = new WeakMap<TypeData, NumberedFields>();

function byNumber(type: TypeData): NumberedFields {
  const known = numbered.get(type);
  if (known !== undefined) return known;
  const fields = new Map<number, readonly [string, FieldData]>();
  for (const [name, data] of Object.entries(type.fields)) {
    if (data.number !== undefined) fields.set(data.number, [name, data]);
  }
  const inlined = new Map<number, string>();
  for (const { type: key, number } of type.inline ?? []) {
    if (number !== undefined) inlined.set(number, key);
  }
  const result = { fields, inlined };
  numbered.set(type, result);
  return result;
}
