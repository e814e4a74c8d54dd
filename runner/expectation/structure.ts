/** Whether one JSON-like value includes another, and where it does not. */
import type { Budget } from '../text/pattern/pattern.ts';
import { openBudget } from './budget.ts';
import { fillCaptures, findCaptures, valueOf } from './captures.ts';
import { printJson } from './data.ts';
import type { Captures } from './expectation.ts';
import { compileLine, matchLine } from './line-pattern.ts';
import { isObject, namesOf, pairByName } from './list-items.ts';

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
    else reportMissing(value, next, Object.keys(actual), state);
  }
}

function compareLists(
  expected: readonly unknown[],
  actual: readonly unknown[],
  path: string,
  state: State,
): void {
  const named = pairByName(expected, actual);
  if (named !== undefined) {
    for (const { item, name, found } of named) {
      const next = `${path}[${name}]`;
      if (found === undefined) reportMissing(item, next, namesOf(actual), state);
      else compare(item, actual[found], next, state);
    }
    return;
  }
  expected.forEach((item, index) => {
    if (index < actual.length) compare(item, actual[index], `${path}[${index}]`, state);
    else reportMissing(item, `${path}[${index}]`, [], state);
  });
  if (actual.length <= expected.length) return;
  const next = `${path}[${expected.length}]`;
  const items = `${actual.length} item${actual.length === 1 ? '' : 's'}`;
  const reason = `${placeOf(path)} has ${items}, expected ${expected.length}`;
  state.differences.push({ path: next, actual: show(actual[expected.length]), reason });
}

function compareCaptures(expected: string, actual: unknown, path: string, state: State): void {
  const text =
    typeof actual === 'string'
      ? actual
      : typeof actual === 'number' || typeof actual === 'bigint' || typeof actual === 'boolean'
        ? String(actual)
        : undefined;
  const uses = findCaptures(expected);
  const refuse = (): void => {
    const known = uses.filter(({ name }) => valueOf(state.captures, name) !== undefined);
    const names = known.map(({ name }) => `<<${name}>>`).join(' and ');
    const note = names === '' ? '' : ` (${names} of before)`;
    report(fillCaptures(expected, state.captures), actual, path, state, note);
  };
  if (text === undefined) return refuse();
  const [only] = uses;
  if (only?.type === 'token' && only.start === 0 && only.end === expected.length) {
    const value = valueOf(state.captures, only.name);
    if (value === undefined && text !== '') {
      if (only.name !== '_') state.captures = { ...state.captures, [only.name]: text };
      return;
    }
    if (value !== text) refuse();
    return;
  }
  const found = matchLine(compileLine(expected), text, state.captures, state.budget);
  if (found === undefined) refuse();
  else state.captures = found.captures;
}

/** `note` is added to the reason. */
function report(expected: unknown, actual: unknown, path: string, state: State, note: string = ''): void {
  const came = show(actual);
  const wanted = show(expected);
  const typed = came === wanted || typeOf(expected) !== typeOf(actual);
  const said = typed
    ? `${placeOf(path)} is ${typeOf(actual)} ${came}, expected ${typeOf(expected)} ${wanted}`
    : `${placeOf(path)} is ${came}, expected ${wanted}`;
  const reason = said + note;
  state.differences.push({ path, expected: wanted, actual: came, reason });
}

/** `there` are the names of what is in its place: a mistyped or renamed one is seen at once. */
function reportMissing(expected: unknown, path: string, there: readonly string[], state: State): void {
  const few = there.slice(0, 5).map((name) => `\`${cut(name, 60)}\``);
  const instead = there.length === 0 ? '' : `; there is ${few.join(', ')}${there.length > 5 ? ', …' : ''}`;
  const reason = `${placeOf(path)} is missing${instead}`;
  state.differences.push({ path, expected: show(expected), reason });
}

function placeOf(path: string): string {
  return path === '' ? 'the output' : `\`${path}\``;
}

function typeOf(value: unknown): string {
  if (value === null) return 'the empty value';
  if (Array.isArray(value)) return 'the list';
  if (typeof value === 'object') return 'the object';
  if (typeof value === 'string') return 'the text';
  return `the ${typeof value === 'bigint' ? 'number' : typeof value}`;
}

/** A value on one line, cut after 200 characters. */
function show(value: unknown): string {
  let text = '…';
  try {
    text = printJson(value) ?? 'nothing';
  } catch {
    return text;
  }
  return cut(text, 200);
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
