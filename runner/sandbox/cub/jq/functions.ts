/** What jq's functions do with one value, and maybe an argument. */
import { Failure } from '../failure.ts';
import { compare, describeValue, isTrue, textOfValue, typeOf } from './values.ts';

/** The value, which must be a text. Throws Failure. */
export function needText(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new Failure(`expected a string but got: ${describeValue(value)}`);
}

/** The value, which must be an array. Throws Failure. */
export function needList(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Failure(`expected an array but got: ${describeValue(value)}`);
}

/** The value, which must be an object. Throws Failure. */
export function needObject(value: unknown): Record<string, unknown> {
  if (typeOf(value) === 'object') return value as Record<string, unknown>;
  throw new Failure(`expected an object but got: ${describeValue(value)}`);
}

/** `length` */
export function lengthOf(value: unknown): number {
  if (value === null) return 0;
  if (Array.isArray(value)) return value.length;
  if (typeof value === 'string') return Array.from(value).length;
  if (typeof value === 'number') return Math.abs(value);
  return Object.keys(needObject(value)).length;
}

/** `keys` */
export function keysOf(value: unknown): unknown[] {
  return Array.isArray(value) ? [...value.keys()] : Object.keys(needObject(value)).toSorted();
}

/** `to_entries`; of an array the keys are numbers. */
export function toEntries(value: unknown): { key: string | number; value: unknown }[] {
  if (Array.isArray(value)) return value.map((item: unknown, key) => ({ key, value: item }));
  const object = needObject(value);
  return Object.keys(object)
    .toSorted()
    .map((key) => ({ key, value: object[key] }));
}

/** `from_entries` */
export function fromEntries(value: unknown): unknown {
  const pairs = needList(value).map((item) => {
    const entry = needObject(item);
    return [entryKey(entry), ('value' in entry ? entry['value'] : entry['Value']) ?? null] as const;
  });
  return Object.fromEntries(pairs);
}

function entryKey(entry: Record<string, unknown>): string {
  const name = ['key', 'Key', 'name', 'Name'].find((each) => isTrue(entry[each]));
  const key = name === undefined ? null : entry[name];
  if (typeof key === 'string') return key;
  throw new Failure(`expected a string for object key but got: ${describeValue(key)}`);
}

/** `join` */
export function joinTexts(value: unknown, separator: unknown): string {
  const texts = needList(value).map((item) => {
    if (['array', 'object'].includes(typeOf(item)))
      throw new Failure(`join cannot be applied to an array including: ${describeValue(item)}`);
    return item === null ? '' : textOfValue(item);
  });
  return texts.length < 2 ? texts.join('') : texts.join(needText(separator));
}

/** Where `part` begins in a text, or is an element (or a row of elements) of an array. */
export function indicesOf(value: unknown, part: unknown): number[] | null {
  if (value === null) return null;
  const whole = typeof value === 'string' ? Array.from(value) : needList(value);
  const wanted = typeof value === 'string' ? Array.from(needText(part)) : Array.isArray(part) ? part : [part];
  if (wanted.length === 0) return null;
  return [...whole.keys()].filter((at) =>
    wanted.every((item, offset) => compare(whole[at + offset], item) === 0),
  );
}

/** `..`: the value and all that is in it. */
export function recurse(value: unknown): unknown[] {
  const inner = typeof value === 'object' && value !== null ? Object.keys(value).toSorted() : [];
  const children = Array.isArray(value)
    ? (value as unknown[])
    : inner.map((key) => (value as Record<string, unknown>)[key]);
  return [value, ...children.flatMap(recurse)];
}

/** `map_values` */
export function mapValues(value: unknown, work: (item: unknown) => unknown[]): unknown {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => work(item).slice(0, 1));
  const entries = Object.entries(needObject(value));
  return Object.fromEntries(
    entries.flatMap(([key, item]) =>
      work(item)
        .slice(0, 1)
        .map((one) => [key, one]),
    ),
  );
}

/** The value, which must be a number. Throws Failure. */
export function needNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new Failure(`expected a number but got: ${describeValue(value)}`);
}

/** `contains` */
export function containsValue(value: unknown, part: unknown): boolean {
  if (typeof value === 'string' && typeof part === 'string') return value.includes(part);
  if (Array.isArray(value) && Array.isArray(part))
    return part.every((item) => value.some((other) => containsValue(other, item)));
  if (typeOf(value) === 'object' && typeOf(part) === 'object') {
    const [whole, wanted] = [needObject(value), needObject(part)];
    return Object.keys(wanted).every((key) => key in whole && containsValue(whole[key], wanted[key]));
  }
  return compare(value, part) === 0;
}

/** `has` */
export function hasKey(value: unknown, key: unknown): boolean {
  if (Array.isArray(value)) return typeof key === 'number' && key >= 0 && key < value.length;
  return Object.hasOwn(needObject(value), String(key));
}

/** `tonumber` */
export function toNumber(value: unknown): unknown {
  if (typeof value === 'number') return value;
  const number = Number(needText(value));
  if (Number.isNaN(number) || value === '') throw new Failure(`invalid number: ${describeValue(value)}`);
  return number;
}

/** `flatten` */
export function flatten(value: unknown, depth: number = Infinity): unknown[] {
  return needList(value).flatMap((item) =>
    Array.isArray(item) && depth > 0 ? flatten(item, depth - 1) : [item],
  );
}

/** `first` */
export function firstOf(value: unknown): unknown {
  return needList(value)[0] ?? null;
}

/** `fromjson` */
export function parseText(input: unknown): unknown {
  try {
    return JSON.parse(needText(input));
  } catch (error) {
    throw new Failure(`invalid JSON: ${describeValue(input)}`, { cause: error });
  }
}
