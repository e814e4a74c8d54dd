/** The scalars of Kubernetes' API as they travel in protobuf; several are small messages with a JSON form of their own. */
import type { TypeWord } from '../data/data.ts';
import type { Json } from '../kube.ts';
import { DecodeError, readFields } from './read-wire.ts';
import type { WireField } from './read-wire.ts';

const text = new TextDecoder('utf-8', { ignoreBOM: true });

/** The JSON value of a scalar, or undefined where the wire says "none" (a zero time, an empty raw extension). */
export function decodeScalar(word: TypeWord, field: WireField): Json | undefined {
  switch (word) {
    case 'bool':
      return varintOf(field) !== 0n;
    case 'int32':
      return Number(BigInt.asIntN(32, varintOf(field)));
    case 'int64':
      return Number(varintOf(field));
    case 'float64':
      return doubleOf(field);
    case 'string':
      return text.decode(bytesOf(field));
    case 'bytes':
      return toBase64(bytesOf(field));
    default:
      return decodeSmallMessage(word, bytesOf(field));
  }
}

/** The bytes of a length-delimited field. Throws for any other. */
export function bytesOf(field: WireField): Uint8Array {
  if (field.kind !== 'bytes') throw new DecodeError(`wrong wireType for field ${field.number}`);
  return field.value;
}

/** A text field of a message, or undefined. */
export function readText(bytes: Uint8Array, number: number): string | undefined {
  const found = readBytes(bytes, number);
  return found === undefined ? undefined : text.decode(found);
}

/** The last range of bytes that a message has under this number. */
export function readBytes(bytes: Uint8Array, number: number): Uint8Array | undefined {
  const fields = [...readFields(bytes)].filter((field) => field.number === number);
  const last = fields.at(-1);
  return last === undefined ? undefined : bytesOf(last);
}

function decodeSmallMessage(word: TypeWord, bytes: Uint8Array): Json | undefined {
  switch (word) {
    case 'quantity':
      return readText(bytes, 1) ?? '0';
    case 'intOrString':
      return readInteger(bytes, 1) === 0n
        ? Number(BigInt.asIntN(32, readInteger(bytes, 2)))
        : (readText(bytes, 3) ?? '');
    case 'time':
    case 'microTime':
      return bytes.length === 0 ? undefined : renderTime(bytes, word === 'microTime');
    case 'raw':
    case 'fieldsV1':
      return parseRaw(readText(bytes, 1));
    default:
      throw new DecodeError(`no decoder for ${word}`);
  }
}

function renderTime(bytes: Uint8Array, micros: boolean): string {
  const seconds = readInteger(bytes, 1);
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) throw new DecodeError('time out of range');
  const whole = date.toISOString().slice(0, -'.000Z'.length);
  const fraction = String(readInteger(bytes, 2) / 1000n).padStart(6, '0');
  return micros ? `${whole}.${fraction}Z` : `${whole}Z`;
}

function parseRaw(json: string | undefined): Json | undefined {
  if (json === undefined || json === '') return undefined;
  try {
    return JSON.parse(json) as Json;
  } catch {
    throw new DecodeError('an embedded object is not JSON');
  }
}

function readInteger(bytes: Uint8Array, number: number): bigint {
  let value = 0n;
  for (const field of readFields(bytes)) {
    if (field.number === number) value = varintOf(field);
  }
  return value;
}

function varintOf(field: WireField): bigint {
  if (field.kind !== 'varint') throw new DecodeError(`wrong wireType for field ${field.number}`);
  return field.value;
}

function doubleOf(field: WireField): number {
  if (field.kind !== 'fixed' || field.value.length !== 8) {
    throw new DecodeError(`wrong wireType for field ${field.number}`);
  }
  return new DataView(field.value.buffer, field.value.byteOffset, 8).getFloat64(0, true);
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
