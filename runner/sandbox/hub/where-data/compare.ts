/** Compares one value with a condition's literal. */
import { FunctionFailure } from '../functions/failure.ts';
import { showType } from '../functions/show.ts';
import { HubError } from '../errors.ts';
import { searchFor } from '../where/search.ts';
import type { DataCondition } from './where-data.ts';

/** True if the value, whose type fits the condition, fulfils it. Throws FunctionFailure. */
export function holds({ operator, literal, type }: DataCondition, value: unknown): boolean {
  if (operator === 'IN') return isListed(literal, value);
  if (operator === 'NOT IN') return !isListed(literal, value);
  if (type === 'bool') return (value === (literal === 'true')) === (operator === '=');
  if (type === 'int') return compareOrder(operator, Number(value), Number(literal)) ?? false;
  const text = String(value);
  const wanted = literal.replaceAll(/^'+|'+$/g, '');
  return compareOrder(operator, text, wanted) ?? comparePattern(operator, text, wanted);
}

function isListed(literal: string, value: unknown): boolean {
  if (typeof value === 'object')
    throw new FunctionFailure(`unsupported value type for IN operation: ${showType(value)}`);
  return literal
    .replaceAll(/^\(+|\)+$/g, '')
    .split(',')
    .map((item) => item.trim().replaceAll(/^'+|'+$/g, ''))
    .filter((item) => item !== '')
    .includes(typeof value === 'string' ? value : JSON.stringify(value));
}

function compareOrder<T extends string | number>(operator: string, a: T, b: T): boolean | undefined {
  switch (operator) {
    case '=':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    default:
      return undefined;
  }
}

function comparePattern(operator: string, text: string, wanted: string): boolean {
  const isLike = /LIKE|~~/.test(operator);
  const ignoreCase = operator === 'ILIKE' || operator.endsWith('*');
  return search(isLike ? likePattern(wanted) : wanted, ignoreCase)(text) !== operator.startsWith('!');
}

/** `%` is any text without a line break, `_` any character; the whole text must match. */
function likePattern(source: string): string {
  const parts = source.replaceAll(/[^\p{L}\p{N}]/gu, (sign) => {
    if (sign === '%') return String.raw`[^\n]*`;
    return sign === '_' ? String.raw`[^\n]` : `\\${sign}`;
  });
  return `^${parts}$`;
}

function search(pattern: string, ignoreCase: boolean): (text: string) => boolean {
  try {
    return searchFor(pattern, ignoreCase);
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    throw new FunctionFailure(error.message);
  }
}
