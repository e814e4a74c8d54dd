/** Protobuf's wire format: tags, varints and length-delimited ranges, with every length checked before it is used. */

/** Thrown for bytes that are no protobuf body of a known kind. The real server answers 400. */
export class DecodeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DecodeError';
  }
}

/** One field as it stands on the wire: a number (varint, signed 64 bits), eight raw bytes, or a range of bytes. */
export type WireField =
  | { readonly number: number; readonly kind: 'varint'; readonly value: bigint }
  | { readonly number: number; readonly kind: 'fixed' | 'bytes'; readonly value: Uint8Array };

/** A message's fields in order. Throws DecodeError at the first malformed one. */
export function* readFields(bytes: Uint8Array): Generator<WireField, void, undefined> {
  let at = 0;
  while (at < bytes.length) {
    const tag = readVarint(bytes, at);
    const number = Number(tag.value >> 3n);
    const wireType = Number(tag.value & 7n);
    if (number <= 0 || number > 0x1f_ff_ff_ff) throw new DecodeError(`illegal tag ${number}`);
    at = tag.end;
    if (wireType === 0) {
      const { value, end } = readVarint(bytes, at);
      yield { number, kind: 'varint', value };
      at = end;
    } else {
      const { start, end } = rangeOf(bytes, at, wireType);
      yield { number, kind: wireType === 2 ? 'bytes' : 'fixed', value: bytes.subarray(start, end) };
      at = end;
    }
  }
}

/** The varints packed into one range. */
export function* readPacked(bytes: Uint8Array): Generator<bigint, void, undefined> {
  let at = 0;
  while (at < bytes.length) {
    const { value, end } = readVarint(bytes, at);
    yield value;
    at = end;
  }
}

function rangeOf(bytes: Uint8Array, at: number, wireType: number): { start: number; end: number } {
  if (wireType !== 1 && wireType !== 2 && wireType !== 5) {
    throw new DecodeError(`illegal wireType ${wireType}`);
  }
  const length = wireType === 2 ? readVarint(bytes, at) : { value: wireType === 1 ? 8n : 4n, end: at };
  const end = length.end + Number(length.value);
  if (length.value < 0n || end > bytes.length) throw new DecodeError('unexpected EOF');
  return { start: length.end, end };
}

function readVarint(bytes: Uint8Array, start: number): { value: bigint; end: number } {
  let value = 0n;
  for (let index = 0; index < 10; index += 1) {
    const byte = bytes[start + index];
    if (byte === undefined) throw new DecodeError('unexpected EOF');
    value |= BigInt(byte & 0x7f) << BigInt(7 * index);
    if (byte < 0x80) return { value: BigInt.asIntN(64, value), end: start + index + 1 };
  }
  throw new DecodeError('integer overflow');
}
