/** An encoder for round trips: JSON of a known kind to the bytes that kubectl would send. */
import type { FieldData, TypeData, TypeWord } from '../../../../../runner/sandbox/kube/data/data.ts';
import type { Json, JsonObject } from '../../../../../runner/sandbox/kube/kube.ts';
import { findKind, findStruct, shapeOf } from '../../../../../runner/sandbox/kube/schema/find-type.ts';
import { textAt } from '../../../../../runner/sandbox/kube/schema/read-json.ts';

const utf8 = new TextEncoder();

/** `k8s\0`, then a `runtime.Unknown` with the object's message. */
export function encodeProtobuf(object: JsonObject): Uint8Array {
  const apiVersion = textAt(object, 'apiVersion');
  const kind = textAt(object, 'kind');
  const [version = '', group = ''] = apiVersion.split('/').toReversed();
  const type = findKind({ group, version, kind });
  if (type === undefined) throw new Error(`no type for ${kind}`);
  const typeMeta = [...textField(1, apiVersion), ...textField(2, kind)];
  const raw = encodeStruct(findStruct(type), object);
  return Uint8Array.from([...utf8.encode('k8s\0'), ...bytesField(1, typeMeta), ...bytesField(2, raw)]);
}

function encodeStruct(type: TypeData, object: JsonObject): number[] {
  const own = Object.entries(type.fields).flatMap(([name, field]) => {
    const value = object[name];
    return value === undefined || field.number === undefined ? [] : encodeField(field, field.number, value);
  });
  const inline = (type.inline ?? []).flatMap(({ type: key, number }) => {
    const content = encodeStruct(findStruct(key), object);
    return number === undefined || content.length === 0 ? [] : bytesField(number, content);
  });
  return [...own, ...inline];
}

function encodeField({ type }: Pick<FieldData, 'type'>, number: number, value: Json): number[] {
  const shape = shapeOf(type);
  switch (shape.kind) {
    case 'list':
      return (value as Json[]).flatMap((item) => encodeField({ type: shape.item }, number, item));
    case 'map':
      return Object.entries(value as JsonObject).flatMap(([key, item]) =>
        bytesField(number, [...textField(1, key), ...encodeEntry(shape.item, item ?? null)]),
      );
    case 'struct':
      return bytesField(number, encodeStruct(shape.struct, value as JsonObject));
    case 'scalar':
      return encodeScalar(type, number, value);
  }
}

function encodeEntry(type: TypeWord, value: Json): number[] {
  const content = encodeField({ type }, type.startsWith('[]') ? 1 : 2, value);
  return type.startsWith('[]') ? bytesField(2, content) : content;
}

function encodeScalar(type: TypeWord, number: number, value: Json): number[] {
  switch (type) {
    case 'bool':
    case 'int32':
    case 'int64':
      return [...varint(BigInt(number * 8)), ...varint(BigInt(Number(value)))];
    case 'bytes':
      return bytesField(number, [
        ...Uint8Array.from(atob(textOf(value)), (character) => character.charCodeAt(0)),
      ]);
    case 'quantity':
      return bytesField(number, textField(1, textOf(value)));
    case 'intOrString':
      return bytesField(
        number,
        typeof value === 'number'
          ? [...varint(8n), 0, ...varint(16n), ...varint(BigInt(value))]
          : [...varint(8n), 1, ...textField(3, textOf(value))],
      );
    case 'time':
    case 'microTime':
      return bytesField(number, encodeTime(textOf(value)));
    case 'raw':
    case 'fieldsV1':
      return bytesField(number, textField(1, JSON.stringify(value)));
    default:
      return textField(number, textOf(value));
  }
}

function textOf(value: Json): string {
  if (typeof value !== 'string') throw new Error('no text');
  return value;
}

function encodeTime(text: string): number[] {
  const seconds = BigInt(Math.floor(Date.parse(text) / 1000));
  const micros = BigInt(/\.(\d{6})Z$/v.exec(text)?.[1] ?? 0);
  return [...varint(8n), ...varint(seconds), ...varint(16n), ...varint(micros * 1000n)];
}

function textField(number: number, text: string): number[] {
  return bytesField(number, [...utf8.encode(text)]);
}

function bytesField(number: number, content: readonly number[]): number[] {
  return [...varint(BigInt(number * 8 + 2)), ...varint(BigInt(content.length)), ...content];
}

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}
