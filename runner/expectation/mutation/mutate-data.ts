/** Wrong data for `subset`: whatever the page shows is another value, another type, or not there. */
import { findCaptures } from '../captures.ts';
import { parseData, printJson } from '../data.ts';
import { isObject, pairByName } from '../list-items.ts';
import { changeWord, otherValue, STRANGER } from './change-text.ts';
import type { Mutate, Mutation } from './mutation.ts';

/** A place that the page shows, and how the whole looks with something else there. */
interface Place {
  readonly path: string;
  readonly replace: (value: unknown) => unknown;
}

/** Mutations of the output at each place that the expectation names. */
export const changeData: Mutate = ({ expectation, actual }) => {
  const [wanted, came] = [parseData(expectation.text), parseData(actual)];
  if (wanted.kind === 'unreadable' || came.kind === 'unreadable') return [];
  const single = wanted.values.length === 1 && came.values.length === 1;
  const root: Place = { path: '', replace: (values) => values };
  const changes = single
    ? visit(wanted.values[0], came.values[0], { path: '', replace: (value) => [value] })
    : visit(wanted.values, came.values, root);
  return changes.map(({ values, ...mutation }) => ({ ...mutation, side: 'output', text: print(values) }));
};

type Change = Omit<Mutation, 'side' | 'text'> & { readonly values: unknown };

function visit(expected: unknown, actual: unknown, place: Place): readonly Change[] {
  if (Array.isArray(expected) && Array.isArray(actual)) return visitList(expected, actual, place);
  if (!isObject(expected) || !isObject(actual)) return changeScalar(expected, actual, place);
  return Object.entries(expected).flatMap(([key, value]) => {
    if (!Object.hasOwn(actual, key)) return [];
    const path = place.path === '' ? key : `${place.path}.${key}`;
    const { [key]: found, ...rest } = actual;
    return [
      { name: `drop ${path}`, values: place.replace(rest) },
      ...visit(value, found, { path, replace: (other) => place.replace({ ...actual, [key]: other }) }),
    ];
  });
}

function visitList(
  expected: readonly unknown[],
  actual: readonly unknown[],
  place: Place,
): readonly Change[] {
  const named = pairByName(expected, actual);
  const items = named ?? expected.map((item, found) => ({ item, found, name: String(found) }));
  const inside = items.flatMap(({ item, name, found }): readonly Change[] => {
    if (found === undefined || found >= actual.length) return [];
    const path = `${place.path}[${name}]`;
    const replace = (other: unknown): unknown => place.replace(actual.with(found, other));
    return [
      { name: `drop ${path}`, values: place.replace(actual.toSpliced(found, 1)) },
      ...visit(item, actual[found], { path, replace }),
    ];
  });
  if (named !== undefined) return inside;
  const longer = place.replace([...actual, actual.at(-1) ?? null]);
  return [
    ...inside,
    { name: `add an item to ${place.path === '' ? 'the list' : place.path}`, values: longer },
  ];
}

function changeScalar(expected: unknown, actual: unknown, { path, replace }: Place): readonly Change[] {
  const at = path === '' ? 'the value' : path;
  const change = (name: string, value: unknown): Change => ({
    name,
    detail: `${printJson(actual)} became ${printJson(value)}`,
    values: replace(value),
  });
  const captures = typeof expected === 'string' ? findCaptures(expected) : [];
  const [capture] = captures;
  if (capture === undefined) {
    return [
      change(`change ${at}`, otherScalar(actual)),
      change(`change the type of ${at}`, otherType(actual)),
    ];
  }
  const another = change(`another value for <<${capture.name}>> at ${at}`, otherValue(String(actual)));
  const allowed = captures.every(({ name }) => name === '_') ? { allowed: `any ${capture.type}` } : {};
  const typed = captures.some(({ type }) => type !== 'token' && type !== 'line');
  return [{ ...another, ...allowed }, ...(typed ? [change(`no such value at ${at}`, STRANGER)] : [])];
}

function otherScalar(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'bigint') return value + 1n;
  if (typeof value === 'boolean') return !value;
  return typeof value === 'string' ? changeWord(value) : STRANGER;
}

/** What a careless comparison would take for the same. */
function otherType(value: unknown): unknown {
  if (typeof value === 'string')
    return value === '' ? null : /^-?\d{1,15}$/.test(value) ? Number(value) : [value];
  return typeof value === 'object' ? STRANGER : printJson(value);
}

/** One JSON value on each line, as `parseData` reads them. */
function print(values: unknown): string {
  return (Array.isArray(values) ? values : [values]).map((value) => printJson(value)).join('\n');
}
