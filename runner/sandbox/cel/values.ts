/** CEL's values: from plain data, equality, order, arithmetic. */
import type { CelValue } from './cel.ts';
import { CelError } from './error.ts';

/** Plain data as CEL sees it. Its numbers are doubles, because the original reads manifests as JSON. */
export function toCel(value: unknown): CelValue {
  if (Array.isArray(value)) return value.map(toCel);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return null;
  return new Map(Object.entries(value).map(([key, inner]) => [key, toCel(inner)]));
}

/** Values of different types are not equal; numbers are by value. */
export function areEqual(a: CelValue, b: CelValue): boolean {
  // oxlint-disable-next-line eqeqeq -- an integer equals a double of the same value, which === denies
  if (isNumber(a) && isNumber(b)) return a == b;
  if (isList(a) && isList(b))
    return a.length === b.length && a.every((item, at) => areEqual(item, b[at] ?? null));
  if (a instanceof Map && b instanceof Map)
    return (
      a.size === b.size && [...a].every(([key, item]) => b.has(key) && areEqual(item, b.get(key) ?? null))
    );
  return a === b;
}

/** The result of `<`, `<=`, `>`, `>=`. Throws CelError for values without an order. */
export function compareOrder(operator: string, a: CelValue, b: CelValue): boolean {
  const isOrdered =
    (isNumber(a) && isNumber(b)) ||
    (typeof a === 'string' && typeof b === 'string') ||
    (typeof a === 'boolean' && typeof b === 'boolean');
  if (!isOrdered) throw new CelError('no such overload');
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  return operator === '>' ? a > b : a >= b;
}

/** The result of `+ - * / %`. Throws CelError. */
export function calculate(operator: string, a: CelValue, b: CelValue): CelValue {
  if (operator === '+' && typeof a === 'string' && typeof b === 'string') return a + b;
  if (operator === '+' && isList(a) && isList(b)) return [...a, ...b];
  if (typeof a === 'bigint' && typeof b === 'bigint') return calculateInteger(operator, a, b);
  if (typeof a === 'number' && typeof b === 'number' && operator !== '%')
    return calculateDouble(operator, a, b);
  throw new CelError('no such overload');
}

/** True for a list. */
export function isList(value: CelValue): value is readonly CelValue[] {
  return Array.isArray(value);
}

function isNumber(value: CelValue): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

function calculateInteger(operator: string, a: bigint, b: bigint): bigint {
  if (b === 0n && operator === '/') throw new CelError('division by zero');
  if (b === 0n && operator === '%') throw new CelError('modulus by zero');
  const results: Readonly<Record<string, () => bigint>> = {
    '+': () => a + b,
    '-': () => a - b,
    '*': () => a * b,
    '/': () => a / b,
    '%': () => a % b,
  };
  const result = results[operator]?.() ?? 0n;
  if (BigInt.asIntN(64, result) !== result) throw new CelError('integer overflow');
  return result;
}

function calculateDouble(operator: string, a: number, b: number): number {
  if (operator === '+') return a + b;
  if (operator === '-') return a - b;
  return operator === '*' ? a * b : a / b;
}
