/** The functions that `--jq` knows, by name and number of arguments. */
import { FORMATS } from './formats.ts';
import {
  needText,
  needList,
  needObject,
  needNumber,
  lengthOf,
  keysOf,
  toEntries,
  fromEntries,
  joinTexts,
  mapValues,
  recurse,
  containsValue,
  hasKey,
  toNumber,
  flatten,
  firstOf,
  parseText,
  indicesOf,
} from './functions.ts';
import type { Query } from './jq.ts';
import { expression, splitBy } from './regular.ts';
import { compare, isTrue, sum, textOfValue, typeOf } from './values.ts';

type Evaluate = (query: Query, input: unknown) => Iterable<unknown>;
type Builtin = (args: readonly Query[], input: unknown, evaluate: Evaluate) => Iterable<unknown>;

const IDENTITY: Query = { kind: 'identity' };

/** A function of its input alone. */
function plain(work: (input: unknown) => unknown): Builtin {
  return (_args, input) => [work(input)];
}

/** A function of its input and each result of its argument. */
function withValue(work: (input: unknown, argument: unknown) => unknown): Builtin {
  return ([argument = IDENTITY], input, evaluate) =>
    [...evaluate(argument, input)].map((value) => work(input, value));
}

/** A function of texts: its input and the first results of its arguments, of which the second may be null. */
function withTexts(work: (input: string, first: string, second: string) => unknown): Builtin {
  return ([first = IDENTITY, second], input, evaluate) => {
    const text = needText(input);
    const [more = ''] = second === undefined ? [] : [...evaluate(second, input)];
    const [pattern = null] = evaluate(first, input);
    return [work(text, needText(pattern), more === null ? '' : needText(more))];
  };
}

/** `sub` and `gsub`: the replacement is evaluated on the named groups of each match. */
function replacing(flags: string): Builtin {
  return ([pattern = IDENTITY, replacement = IDENTITY], input, evaluate) => {
    const [source = null] = evaluate(pattern, input);
    const found = expression(needText(source));
    let count = 0;
    const replace = (...match: unknown[]): string => {
      count += 1;
      const groups = match.at(-1);
      const [text = null] = evaluate(
        replacement,
        typeOf(groups) === 'object' ? { ...(groups as object) } : {},
      );
      return flags === '' && count > 1 ? String(match[0]) : needText(text);
    };
    return [needText(input).replaceAll(found, replace)];
  };
}

/** A function of texts, its input and its argument. */
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

const isTest =
  (test: (value: unknown) => boolean): Builtin =>
  (_args, input) =>
    test(input) ? [input] : [];

/** Functions that let some types pass. */
const SELECTORS = {
  strings: ['string'],
  numbers: ['number'],
  booleans: ['boolean'],
  arrays: ['array'],
  objects: ['object'],
  iterables: ['array', 'object'],
  scalars: ['null', 'boolean', 'number', 'string'],
};

/** `name/arity` to what it does. */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ...[...FORMATS].map(([name, format]) => [`${name}/0`, plain(format)] as const),
  ...Object.entries(SELECTORS).map(
    ([name, types]) => [`${name}/0`, isTest((value) => types.includes(typeOf(value)))] as const,
  ),
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
  ['flatten/0', plain((input) => flatten(input))],
  ['flatten/1', withValue((input, depth) => flatten(input, needNumber(depth)))],
  ['recurse/0', (_args, input) => recurse(input)],
  [
    'map_values/1',
    ([work = IDENTITY], input, evaluate) => [mapValues(input, (item) => [...evaluate(work, item)])],
  ],
  ['floor/0', plain((input) => Math.floor(needNumber(input)))],
  ['ceil/0', plain((input) => Math.ceil(needNumber(input)))],
  ['round/0', plain((input) => Math.sign(needNumber(input)) * Math.round(Math.abs(needNumber(input))))],
  ['trim/0', plain((input) => needText(input).trim())],
  ['ltrim/0', plain((input) => needText(input).trimStart())],
  ['rtrim/0', plain((input) => needText(input).trimEnd())],
  ['indices/1', withValue(indicesOf)],
  ['index/1', withValue((input, part) => indicesOf(input, part)?.[0] ?? null)],
  ['inside/1', withValue((input, whole) => containsValue(whole, input))],
  ['tostring/0', plain(textOfValue)],
  ['tojson/0', plain((input) => (typeof input === 'string' ? JSON.stringify(input) : textOfValue(input)))],
  ['fromjson/0', plain(parseText)],
  ['tonumber/0', plain(toNumber)],
  ['ascii_downcase/0', plain((input) => needText(input).toLowerCase())],
  ['ascii_upcase/0', plain((input) => needText(input).toUpperCase())],
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
  ['split/2', withTexts((input, pattern, flags) => splitBy(input, expression(pattern, flags)))],
  ['test/1', withTexts((input, pattern) => expression(pattern).test(input))],
  ['test/2', withTexts((input, pattern, flags) => expression(pattern, flags).test(input))],
  ['sub/2', replacing('')],
  ['gsub/2', replacing('g')],
  ['has/1', withValue(hasKey)],
  ['contains/1', withValue(containsValue)],
  ['join/1', withValue(joinTexts)],
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
  ['last/1', ([of = IDENTITY], input, evaluate) => [...evaluate(of, input)].slice(-1)],
  [
    'limit/2',
    ([count = IDENTITY, of = IDENTITY], input, evaluate) =>
      [...evaluate(count, input)].flatMap((number) =>
        [...evaluate(of, input)].slice(0, Math.max(0, needNumber(number))),
      ),
  ],
  [
    'IN/1',
    ([of = IDENTITY], input, evaluate) => [
      [...evaluate(of, input)].some((value) => compare(value, input) === 0),
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
