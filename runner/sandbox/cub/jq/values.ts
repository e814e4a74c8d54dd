/** JSON values as jq compares and combines them. */
import { Failure } from '../failure.ts';
import { packJson, sortKeys } from '../go-json.ts';

/** The word for a value's type. */
export function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

/** Everything but null and false. */
export function isTrue(value: unknown): boolean {
  return value !== null && value !== undefined && value !== false;
}

const ORDER = ['null', 'boolean', 'number', 'string', 'array', 'object'];

/** jq's total order: by type, then by value. */
export function compare(left: unknown, right: unknown): number {
  const rank = ORDER.indexOf(typeOf(left)) - ORDER.indexOf(typeOf(right));
  if (rank !== 0) return Math.sign(rank);
  if (Array.isArray(left) && Array.isArray(right)) return compareLists(left, right);
  if (typeOf(left) === 'object') return compareObjects(left as object, right as object);
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : Number(left > right);
  return Math.sign(Number(left) - Number(right));
}

function compareLists(left: readonly unknown[], right: readonly unknown[]): number {
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const order = compare(left[at], right[at]);
    if (order !== 0) return order;
  }
  return Math.sign(left.length - right.length);
}

function compareObjects(left: object, right: object): number {
  const keys = (value: object): string[] => Object.keys(value).toSorted();
  const byKeys = compareLists(keys(left), keys(right));
  if (byKeys !== 0) return byKeys;
  const values = (value: object): unknown[] =>
    keys(value).map((key) => (value as Record<string, unknown>)[key]);
  return compareLists(values(left), values(right));
}

/** Texts as they are, the rest as JSON. */
export function textOfValue(value: unknown): string {
  return typeof value === 'string' ? value : packJson(sortKeys(value ?? null));
}

/** A value for an error's text, cut short: the input of a query can be very long. */
export function describeValue(value: unknown): string {
  return value === null || value === undefined ? 'null' : `${typeOf(value)} (${preview(value)})`;
}

const PREVIEW = 30;
const ENDS: Readonly<Record<string, string>> = { string: ' ..."', array: ' ...]', object: ' ...}' };

/** At most 30 bytes of the value's JSON. */
function preview(value: unknown): string {
  const bytes = Buffer.from(packJson(sortKeys(value)));
  if (bytes.length <= PREVIEW) return bytes.toString();
  const end = ENDS[typeOf(value)] ?? ' ...';
  return `${bytes
    .subarray(0, PREVIEW - end.length)
    .toString()
    .replace(/\uFFFD+$/, '')}${end}`;
}

/** `+ - * / %` and the comparisons. */
export function operate(operator: string, left: unknown, right: unknown): unknown {
  switch (operator) {
    case '==':
      return compare(left, right) === 0;
    case '!=':
      return compare(left, right) !== 0;
    case '<':
      return compare(left, right) < 0;
    case '<=':
      return compare(left, right) <= 0;
    case '>':
      return compare(left, right) > 0;
    case '>=':
      return compare(left, right) >= 0;
    default:
      return calculate(operator, left, right);
  }
}

function calculate(operator: string, left: unknown, right: unknown): unknown {
  if (operator === '+') return sum(left, right);
  if (typeof left === 'number' && typeof right === 'number') return arithmetic(operator, left, right);
  if (operator === '-' && Array.isArray(left) && Array.isArray(right))
    return left.filter((item) => !right.some((other) => compare(item, other) === 0));
  if (operator === '*') return multiply(left, right);
  if (operator === '/' && typeof left === 'string' && typeof right === 'string') return left.split(right);
  throw new Failure(`cannot calculate ${describeValue(left)} ${operator} ${describeValue(right)}`);
}

/** Objects are merged through and through, a text is repeated. */
function multiply(left: unknown, right: unknown): unknown {
  if (typeOf(left) === 'object' && typeOf(right) === 'object') return mergeObjects(left, right);
  const [text, times] = typeof left === 'string' ? [left, right] : [right, left];
  if (typeof text !== 'string' || typeof times !== 'number')
    throw new Failure(`cannot multiply: ${describeValue(left)} and ${describeValue(right)}`);
  return times > 0 ? text.repeat(Math.max(1, Math.floor(times))) : null;
}

function mergeObjects(left: unknown, right: unknown): unknown {
  if (typeOf(left) !== 'object' || typeOf(right) !== 'object') return right;
  const [base, over] = [left as Record<string, unknown>, right as Record<string, unknown>];
  const merged = Object.entries(over).map(([key, value]) => [key, mergeObjects(base[key], value)] as const);
  return { ...base, ...Object.fromEntries(merged) };
}

function arithmetic(operator: string, left: number, right: number): number {
  if (operator === '-') return left - right;
  if (operator === '*') return left * right;
  if (right === 0) throw new Failure(`cannot divide number (${left}) by: number (0)`);
  return operator === '/' ? left / right : Math.trunc(left) % Math.trunc(right);
}

/** `a + b`; null is neutral. */
export function sum(left: unknown, right: unknown): unknown {
  if (left === null || left === undefined) return right ?? null;
  if (right === null || right === undefined) return left;
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  if (typeof left === 'string' && typeof right === 'string') return left + right;
  if (Array.isArray(left) && Array.isArray(right)) return [...(left as unknown[]), ...(right as unknown[])];
  if (typeOf(left) === 'object' && typeOf(right) === 'object') return { ...left, ...right };
  throw new Failure(`cannot add: ${describeValue(left)} and ${describeValue(right)}`);
}
