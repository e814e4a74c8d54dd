/**
 * What programs other than `cub` send to be kept, described as data: clients decode it into typed fields later, and one value
 * of a wrong type would fail every list that holds it. So it is checked before it is stored.
 */
import { badRequest } from './errors.ts';
import { decodeText } from './text-codec.ts';
import { isTime } from './time.ts';
import { isUuid } from './uuid.ts';

type Scalar = 'text' | 'flag' | 'integer' | 'id' | 'time' | 'base64' | 'any';

/** `any` is any JSON value. A type of fields lets others pass, for newer programs have more; none of those is kept. */
export type WireType =
  | Scalar
  | { readonly list: WireType }
  | { readonly map: WireType }
  | { readonly fields: Readonly<Record<string, WireType>> };

const SCALARS: Readonly<Record<Scalar, readonly [fits: (value: unknown) => boolean, meaning: string]>> = {
  text: [(value) => typeof value === 'string', 'a string'],
  flag: [(value) => typeof value === 'boolean', 'true or false'],
  integer: [Number.isSafeInteger, 'an integer'],
  id: [(value) => typeof value === 'string' && isUuid(value), 'a UUID'],
  time: [(value) => typeof value === 'string' && isTime(value), 'an RFC 3339 time'],
  base64: [(value) => typeof value === 'string' && decodeText(value) !== undefined, 'base64 of UTF-8 text'],
  any: [() => true, 'anything'],
};

type Fields = Readonly<Record<string, unknown>>;

/** The value with its known fields; undefined for `null`, which stands for nothing. Throws 400 with the place in `value`. */
export function readWire(place: string, type: WireType, value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  if (typeof type === 'string') return readScalar(place, type, value);
  if ('list' in type) {
    if (!Array.isArray(value)) throw badRequest(`${place} must be a list`);
    return value
      .map((item: unknown, at) => readWire(`${place}[${at}]`, type.list, item))
      .filter((item) => item !== undefined);
  }
  if (typeof value !== 'object' || Array.isArray(value)) throw badRequest(`${place} must be an object`);
  const sent = value as Fields;
  const entries =
    'map' in type
      ? Object.entries(sent).map(([name, item]) => [name, type.map, item] as const)
      : Object.entries(type.fields).map(([name, kind]) => [name, kind, sent[name]] as const);
  return Object.fromEntries(
    entries
      .map(([name, kind, item]) => [name, readWire(`${place}.${name}`, kind, item)])
      .filter(([, item]) => item !== undefined),
  );
}

function readScalar(place: string, type: Scalar, value: unknown): unknown {
  const [fits, meaning] = SCALARS[type];
  if (!fits(value)) throw badRequest(`${place} must be ${meaning}`);
  return value;
}
