/** Whether one JSON-like value includes another, and where it does not. */
import type { Budget } from '../text/pattern/pattern.ts';
import { openBudget } from './budget.ts';
import { findCaptures, valueOf } from './captures.ts';
import type { Captures } from './expectation.ts';
import { compileLine, matchLine } from './line-pattern.ts';

/** One place where the values differ. An absent side has nothing there. */
export interface StructureDifference {
  readonly path: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly reason: string;
}

export interface Inclusion {
  readonly captures: Captures;
  readonly differences: readonly StructureDifference[];
}

const MOST_DIFFERENCES = 80;

interface State {
  readonly budget: Budget;
  captures: Captures;
  readonly differences: StructureDifference[];
}

/** Objects by inclusion; lists by name where every expected item has one, else by position and length; scalars with their type. */
export function includes(expected: unknown, actual: unknown, captures: Captures): Inclusion {
  const state: State = { budget: openBudget(), captures, differences: [] };
  compare(expected, actual, '', state);
  return state;
}

function compare(expected: unknown, actual: unknown, path: string, state: State): void {
  if (state.differences.length >= MOST_DIFFERENCES) return;
  if (Array.isArray(expected)) {
    if (Array.isArray(actual)) compareLists(expected, actual, path, state);
    else report(expected, actual, path, state);
  } else if (isObject(expected)) {
    if (isObject(actual)) compareObjects(expected, actual, path, state);
    else report(expected, actual, path, state);
  } else if (typeof expected === 'string' && findCaptures(expected).length > 0) {
    compareCaptures(expected, actual, path, state);
  } else if (expected !== actual) {
    report(expected, actual, path, state);
  }
}

function compareObjects(
  expected: Readonly<Record<string, unknown>>,
  actual: Readonly<Record<string, unknown>>,
  path: string,
  state: State,
): void {
  for (const [key, value] of Object.entries(expected)) {
    const step = /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
    const next = path === '' ? step.replace(/^\./, '') : path + step;
    if (Object.hasOwn(actual, key)) compare(value, actual[key], next, state);
    else reportMissing(value, next, state);
  }
}

function compareLists(
  expected: readonly unknown[],
  actual: readonly unknown[],
  path: string,
  state: State,
): void {
  const identities = expected.map(identityOf);
  const distinct = new Set(identities.map((identity) => `${identity?.kind ?? ''}/${identity?.name ?? ''}`));
  if (
    expected.length > 0 &&
    distinct.size === expected.length &&
    identities.every((one) => one !== undefined)
  ) {
    expected.forEach((item, index) => {
      const wanted = identities[index];
      const found = actual.find((candidate) => wanted !== undefined && isSame(wanted, identityOf(candidate)));
      const next = `${path}[${wanted?.name ?? ''}]`;
      if (found === undefined) reportMissing(item, next, state);
      else compare(item, found, next, state);
    });
    return;
  }
  expected.forEach((item, index) => {
    if (index < actual.length) compare(item, actual[index], `${path}[${index}]`, state);
    else reportMissing(item, `${path}[${index}]`, state);
  });
  if (actual.length <= expected.length) return;
  const next = `${path}[${expected.length}]`;
  const reason = `${placeOf(path)} has ${actual.length} items, expected ${expected.length}`;
  state.differences.push({ path: next, actual: show(actual[expected.length]), reason });
}

export interface Identity {
  readonly name: string;
  readonly kind?: string;
}

/** What identifies a list's item: its own name, or a Kubernetes object's. A captured name identifies nothing. */
export function identityOf(item: unknown): Identity | undefined {
  if (!isObject(item)) return undefined;
  const { name, Slug: slug, metadata, kind } = item;
  const own = [name, slug, isObject(metadata) ? metadata['name'] : undefined].find(isText);
  if (own === undefined || findCaptures(own).length > 0) return undefined;
  return { name: own, ...(isText(kind) && { kind }) };
}

/** Whether two items are the same one. */
export function isSame(wanted: Identity, found: Identity | undefined): boolean {
  return found?.name === wanted.name && (wanted.kind === undefined || wanted.kind === found.kind);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function compareCaptures(expected: string, actual: unknown, path: string, state: State): void {
  const text =
    typeof actual === 'string'
      ? actual
      : typeof actual === 'number' || typeof actual === 'boolean'
        ? String(actual)
        : undefined;
  if (text === undefined) return report(expected, actual, path, state);
  const [only] = findCaptures(expected);
  if (only?.type === 'token' && only.start === 0 && only.end === expected.length) {
    const value = valueOf(state.captures, only.name);
    if (value === undefined && text !== '') {
      if (only.name !== '_') state.captures = { ...state.captures, [only.name]: text };
      return;
    }
    if (value !== text) report(value ?? expected, actual, path, state);
    return;
  }
  const found = matchLine(compileLine(expected), text, state.captures, state.budget);
  if (found === undefined) report(expected, actual, path, state);
  else state.captures = found.captures;
}

function report(expected: unknown, actual: unknown, path: string, state: State): void {
  const came = show(actual);
  const wanted = show(expected);
  const typed = came === wanted || typeOf(expected) !== typeOf(actual);
  const reason = typed
    ? `${placeOf(path)} is ${typeOf(actual)} ${came}, expected ${typeOf(expected)} ${wanted}`
    : `${placeOf(path)} is ${came}, expected ${wanted}`;
  state.differences.push({ path, expected: wanted, actual: came, reason });
}

function reportMissing(expected: unknown, path: string, state: State): void {
  state.differences.push({ path, expected: show(expected), reason: `${placeOf(path)} is missing` });
}

function placeOf(path: string): string {
  return path === '' ? 'the output' : `\`${path}\``;
}

function typeOf(value: unknown): string {
  if (value === null) return 'the empty value';
  if (Array.isArray(value)) return 'the list';
  if (typeof value === 'object') return 'the object';
  return typeof value === 'string' ? 'the text' : `the ${typeof value}`;
}

/** A value on one line, cut after 200 characters. */
function show(value: unknown): string {
  let text = '…';
  try {
    text = JSON.stringify(value) ?? 'nothing';
  } catch {
    return text;
  }
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

/** Whether a value has keys. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
