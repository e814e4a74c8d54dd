/** The functions that `--jq` knows, by name and number of arguments. */
import { Failure } from '../failure.ts';
import type { Query } from './jq.ts';
import { compare, describeValue, isTrue, sum, textOfValue, typeOf } from './values.ts';

type Evaluate = (query: Query, input: unknown) => Iterable<unknown>;
type Builtin = (args: readonly Query[], input: unknown, evaluate: Evaluate) => Iterable<unknown>;

const IDENTITY: Query = { kind: 'identity' };

/** A function of its input alone. */
function plain(work: (input: unknown) => unknown): Builtin {
  return (_args, input) => [work(input)];
}

/** A function of its input and the first result of its argument. */
function withText(work: (input: string, argument: string) => unknown): Builtin {
  return ([argument = IDENTITY], input, evaluate) =>
    [...evaluate(argument, input)].map((value) => work(needText(input), needText(value)));
}

/** A function of an array and the keys that its argument gives for the elements. */
function byKey(work: (sorted: readonly Keyed[]) => unknown): Builtin {
  return ([argument = IDENTITY], input, evaluate) => {
    const keyed = needList(input).map((value) => ({ value, key: [...evaluate(argument, value)] }));
    return [work(keyed.toSorted((a, b) => compare(a.key, b.key)))];
  };
}

interface Keyed {
  readonly value: unknown;
  readonly key: unknown;
}

function group(sorted: readonly Keyed[]): unknown[][] {
  const groups: { readonly key: unknown; readonly values: unknown[] }[] = [];
  for (const { key, value } of sorted) {
    const last = groups.at(-1);
    if (last !== undefined && compare(last.key, key) === 0) last.values.push(value);
    else groups.push({ key, values: [value] });
  }
  return groups.map(({ values }) => values);
}

function needText(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new Failure(`expected a string but got: ${describeValue(value)}`);
}

function needList(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Failure(`expected an array but got: ${describeValue(value)}`);
}

function needObject(value: unknown): Record<string, unknown> {
  if (typeOf(value) === 'object') return value as Record<string, unknown>;
  throw new Failure(`expected an object but got: ${describeValue(value)}`);
}

function lengthOf(value: unknown): number {
  if (value === null) return 0;
  if (Array.isArray(value)) return value.length;
  if (typeof value === 'string') return Array.from(value).length;
  if (typeof value === 'number') return Math.abs(value);
  return Object.keys(needObject(value)).length;
}

function keysOf(value: unknown): unknown[] {
  return Array.isArray(value) ? [...value.keys()] : Object.keys(needObject(value)).toSorted();
}

function toEntries(value: unknown): { key: string; value: unknown }[] {
  const object = needObject(value);
  return Object.keys(object)
    .toSorted()
    .map((key) => ({ key, value: object[key] }));
}

function fromEntries(value: unknown): unknown {
  const pairs = needList(value).map((item) => {
    const entry = needObject(item);
    return [textOfValue(entry['key'] ?? entry['name'] ?? null), entry['value'] ?? null] as const;
  });
  return Object.fromEntries(pairs);
}

function containsValue(value: unknown, part: unknown): boolean {
  if (typeof value === 'string' && typeof part === 'string') return value.includes(part);
  if (Array.isArray(value) && Array.isArray(part))
    return part.every((item) => value.some((other) => containsValue(other, item)));
  if (typeOf(value) === 'object' && typeOf(part) === 'object') {
    const [whole, wanted] = [needObject(value), needObject(part)];
    return Object.keys(wanted).every((key) => key in whole && containsValue(whole[key], wanted[key]));
  }
  return compare(value, part) === 0;
}

function hasKey(value: unknown, key: unknown): boolean {
  if (Array.isArray(value)) return typeof key === 'number' && key >= 0 && key < value.length;
  return Object.hasOwn(needObject(value), String(key));
}

function toNumber(value: unknown): unknown {
  if (typeof value === 'number') return value;
  const number = Number(needText(value));
  if (Number.isNaN(number) || value === '') throw new Failure(`invalid number: ${describeValue(value)}`);
  return number;
}

function flatten(value: unknown): unknown[] {
  return needList(value).flatMap((item) => (Array.isArray(item) ? flatten(item) : [item]));
}

function firstOf(value: unknown): unknown {
  return needList(value)[0] ?? null;
}

const isTest =
  (test: (value: unknown) => boolean): Builtin =>
  (_args, input) =>
    test(input) ? [input] : [];

/** `name/arity` to what it does. */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['empty/0', () => []],
  ['not/0', plain((input) => !isTrue(input))],
  ['length/0', plain(lengthOf)],
  ['keys/0', plain(keysOf)],
  ['type/0', plain(typeOf)],
  [
    'add/0',
    plain((input) => (Array.isArray(input) ? input : Object.values(needObject(input))).reduce(sum, null)),
  ],
  ['any/0', plain((input) => needList(input).some(isTrue))],
  ['all/0', plain((input) => needList(input).every(isTrue))],
  ['first/0', plain(firstOf)],
  ['last/0', plain((input) => needList(input).at(-1) ?? null)],
  ['reverse/0', plain((input) => needList(input).toReversed())],
  ['flatten/0', plain(flatten)],
  ['tostring/0', plain(textOfValue)],
  ['tojson/0', plain((input) => (typeof input === 'string' ? JSON.stringify(input) : textOfValue(input)))],
  ['fromjson/0', plain(parseText)],
  ['tonumber/0', plain(toNumber)],
  ['ascii_downcase/0', plain((input) => needText(input).toLowerCase())],
  ['ascii_upcase/0', plain((input) => needText(input).toUpperCase())],
  ['@base64/0', plain((input) => Buffer.from(textOfValue(input)).toString('base64'))],
  ['@base64d/0', plain((input) => Buffer.from(needText(input), 'base64').toString('utf8'))],
  ['@text/0', plain(textOfValue)],
  ['@json/0', plain((input) => (typeof input === 'string' ? JSON.stringify(input) : textOfValue(input)))],
  ['values/0', isTest((value) => value !== null)],
  ['nulls/0', isTest((value) => value === null)],
  ['to_entries/0', plain(toEntries)],
  ['from_entries/0', plain(fromEntries)],
  ['sort/0', plain((input) => needList(input).toSorted(compare))],
  ['unique/0', byKey((sorted) => group(sorted).map(firstOf))],
  ['min/0', byKey((sorted) => sorted[0]?.value ?? null)],
  ['max/0', byKey((sorted) => sorted.at(-1)?.value ?? null)],
  ['sort_by/1', byKey((sorted) => sorted.map(({ value }) => value))],
  ['group_by/1', byKey(group)],
  ['unique_by/1', byKey((sorted) => group(sorted).map(firstOf))],
  ['min_by/1', byKey((sorted) => sorted[0]?.value ?? null)],
  ['max_by/1', byKey((sorted) => sorted.at(-1)?.value ?? null)],
  ['startswith/1', withText((input, start) => input.startsWith(start))],
  ['endswith/1', withText((input, end) => input.endsWith(end))],
  ['ltrimstr/1', withText((input, start) => (input.startsWith(start) ? input.slice(start.length) : input))],
  [
    'rtrimstr/1',
    withText((input, end) => (end !== '' && input.endsWith(end) ? input.slice(0, -end.length) : input)),
  ],
  ['split/1', withText((input, separator) => input.split(separator))],
  ['test/1', withText((input, pattern) => expression(pattern).test(input))],
  [
    'has/1',
    ([key = IDENTITY], input, evaluate) => [...evaluate(key, input)].map((value) => hasKey(input, value)),
  ],
  [
    'contains/1',
    ([part = IDENTITY], input, evaluate) =>
      [...evaluate(part, input)].map((value) => containsValue(input, value)),
  ],
  [
    'join/1',
    ([separator = IDENTITY], input, evaluate) =>
      [...evaluate(separator, input)].map((text) =>
        needList(input)
          .map((item) => (item === null ? '' : textOfValue(item)))
          .join(needText(text)),
      ),
  ],
  [
    'select/1',
    ([test = IDENTITY], input, evaluate) => [...evaluate(test, input)].filter(isTrue).map(() => input),
  ],
  [
    'map/1',
    ([work = IDENTITY], input, evaluate) => [needList(input).flatMap((item) => [...evaluate(work, item)])],
  ],
  [
    'any/1',
    ([test = IDENTITY], input, evaluate) => [
      needList(input).some((item) => [...evaluate(test, item)].some(isTrue)),
    ],
  ],
  [
    'all/1',
    ([test = IDENTITY], input, evaluate) => [
      needList(input).every((item) => [...evaluate(test, item)].every(isTrue)),
    ],
  ],
  [
    'any/2',
    ([of = IDENTITY, test = IDENTITY], input, evaluate) => [
      [...evaluate(of, input)].some((item) => [...evaluate(test, item)].some(isTrue)),
    ],
  ],
  [
    'all/2',
    ([of = IDENTITY, test = IDENTITY], input, evaluate) => [
      [...evaluate(of, input)].every((item) => [...evaluate(test, item)].every(isTrue)),
    ],
  ],
  ['first/1', ([of = IDENTITY], input, evaluate) => [...evaluate(of, input)].slice(0, 1)],
  [
    'with_entries/1',
    ([work = IDENTITY], input, evaluate) => [
      fromEntries(toEntries(input).flatMap((entry) => [...evaluate(work, entry)])),
    ],
  ],
]);

function parseText(input: unknown): unknown {
  try {
    return JSON.parse(needText(input));
  } catch (error) {
    throw new Failure(`invalid JSON: ${describeValue(input)}`, { cause: error });
  }
}

function expression(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch (error) {
    throw new Failure(`invalid regular expression: ${pattern}`, { cause: error });
  }
}
