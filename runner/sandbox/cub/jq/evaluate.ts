/** Runs a query: one input, any number of results. */
import { Failure } from '../failure.ts';
import { BUILTINS } from './builtins.ts';
import { FORMATS } from './formats.ts';
import type { Query } from './jq.ts';
import { describeValue, isTrue, operate, textOfValue, typeOf } from './values.ts';

/** The results in order. Throws Failure where jq reports an error. */
export function* evaluate(query: Query, input: unknown): Generator<unknown, void> {
  switch (query.kind) {
    case 'identity':
      return yield input;
    case 'literal':
      return yield query.value;
    case 'text':
      return yield* joinParts(query.parts, input, FORMATS.get(query.format) ?? textOfValue);
    case 'index':
      for (const of of evaluate(query.of, input))
        for (const key of evaluate(query.key, input)) yield index(of, key);
      return;
    case 'slice':
      return yield* slices(query, input);
    case 'each':
      for (const of of evaluate(query.of, input)) yield* each(of);
      return;
    case 'try':
      return yield* attempt(query.of, input);
    case 'pipe':
      for (const value of evaluate(query.left, input)) yield* evaluate(query.right, value);
      return;
    case 'comma':
      yield* evaluate(query.left, input);
      return yield* evaluate(query.right, input);
    case 'operator':
      return yield* operators(query, input);
    case 'negate':
      for (const value of evaluate(query.of, input)) yield operate('-', 0, value);
      return;
    case 'array':
      return yield query.of === undefined ? [] : [...evaluate(query.of, input)];
    case 'object':
      return yield* objects(query.entries, input);
    case 'if':
      for (const test of evaluate(query.test, input))
        yield* evaluate(isTrue(test) ? query.yes : query.no, input);
      return;
    case 'call':
      return yield* BUILTINS.get(query.name)?.(query.args, input, evaluate) ?? [];
  }
}

function index(of: unknown, key: unknown): unknown {
  if (of === null || of === undefined) return null;
  if (typeOf(of) === 'object' && typeof key === 'string') return (of as Record<string, unknown>)[key] ?? null;
  if (Array.isArray(of) && typeof key === 'number') return of.at(Math.floor(key)) ?? null;
  const expected = typeof key === 'string' ? 'an object' : 'an array';
  throw new Failure(`expected ${expected} but got: ${describeValue(of)}`);
}

function* slices(query: Extract<Query, { kind: 'slice' }>, input: unknown): Generator<unknown, void> {
  const bound = (part: Query | undefined): unknown[] =>
    part === undefined ? [null] : [...evaluate(part, input)];
  for (const of of evaluate(query.of, input))
    for (const to of bound(query.to))
      for (const from of bound(query.from)) {
        if (of === null) yield null;
        else if (Array.isArray(of)) yield of.slice(Number(from ?? 0), Number(to ?? of.length));
        else if (typeof of === 'string')
          yield Array.from(of)
            .slice(Number(from ?? 0), Number(to ?? of.length))
            .join('');
        else throw new Failure(`cannot slice ${describeValue(of)}`);
      }
}

/** The elements of an array, the values of an object by key. */
function each(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (typeOf(value) === 'object') {
    const object = value as Record<string, unknown>;
    return Object.keys(object)
      .toSorted()
      .map((key) => object[key]);
  }
  throw new Failure(`cannot iterate over: ${describeValue(value)}`);
}

function* attempt(query: Query, input: unknown): Generator<unknown, void> {
  try {
    yield* evaluate(query, input);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
}

function* operators(query: Extract<Query, { kind: 'operator' }>, input: unknown): Generator<unknown, void> {
  const { operator, left, right } = query;
  if (operator === '//') return yield* alternative(left, right, input);
  if (operator === 'and' || operator === 'or') {
    for (const value of evaluate(left, input)) {
      if (isTrue(value) === (operator === 'or')) yield operator === 'or';
      else for (const other of evaluate(right, input)) yield isTrue(other);
    }
    return;
  }
  for (const other of evaluate(right, input))
    for (const value of evaluate(left, input)) yield operate(operator, value, other);
}

/** What is true of the left side, errors ignored; else the right side. */
function* alternative(left: Query, right: Query, input: unknown): Generator<unknown, void> {
  const found = [...attempt(left, input)].filter(isTrue);
  if (found.length > 0) yield* found;
  else yield* evaluate(right, input);
}

function* joinParts(
  parts: readonly (string | Query)[],
  input: unknown,
  format: (value: unknown) => string,
): Generator<string, void> {
  const [first, ...rest] = parts;
  if (first === undefined) return yield '';
  for (const tail of joinParts(rest, input, format)) {
    if (typeof first === 'string') yield first + tail;
    else for (const value of evaluate(first, input)) yield format(value) + tail;
  }
}

function* objects(entries: readonly (readonly [Query, Query])[], input: unknown): Generator<unknown, void> {
  const [first, ...rest] = entries;
  if (first === undefined) return yield {};
  for (const key of evaluate(first[0], input)) {
    if (typeof key !== 'string')
      throw new Failure(`expected a string for object key but got: ${describeValue(key)}`);
    for (const value of evaluate(first[1], input))
      for (const others of objects(rest, input)) yield { [key]: value, ...(others as object) };
  }
}
