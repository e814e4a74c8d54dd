/** Counts, and amounts that are a number or a percentage (ValidateNonnegativeField, ValidatePositiveIntOrPercent). */
import type { FieldProblem } from '../errors.ts';
import type { Json, JsonObject } from '../kube.ts';
import { readNumber } from '../objects/fields.ts';
import { invalidValue } from './problems.ts';

/** What the server says of a number below zero. */
export const notNegative = 'must be greater than or equal to 0';
const percentage = /^[0-9]+%$/;
const percentWords =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";

/** A count may be absent, but not negative; `at` is where `spec` is. */
export function checkCount(spec: JsonObject, field: string, at = 'spec'): FieldProblem[] {
  const count = readNumber(spec, field) ?? 0;
  return count < 0 ? [invalidValue(`${at}.${field}`, count, notNegative)] : [];
}

/** A number that is not negative, or a percentage up to 100%. */
export function checkAmount(field: string, amount: Json | undefined): FieldProblem[] {
  return [...checkPositive(field, amount), ...checkPercent(field, amount)];
}

/** A number that is not negative, or a percentage. */
export function checkPositive(field: string, amount: Json | undefined): FieldProblem[] {
  if (typeof amount === 'number') return amount < 0 ? [invalidValue(field, amount, notNegative)] : [];
  const isAmount = typeof amount !== 'string' || percentage.test(amount);
  return isAmount ? [] : [invalidValue(field, amount, percentWords)];
}

/** A percentage is of a whole. */
export function checkPercent(field: string, amount: Json | undefined): FieldProblem[] {
  if (typeof amount !== 'string' || !percentage.test(amount)) return [];
  const isTooMuch = Number(amount.slice(0, -1)) > 100;
  return isTooMuch ? [invalidValue(field, amount, 'must not be greater than 100%')] : [];
}

/** Whether an amount is nothing; a text that is no number is nothing too. */
export function isZero(amount: Json | undefined): boolean {
  if (typeof amount !== 'string') return amount === 0;
  return !/^[0-9]+%?$/.test(amount) || Number.parseInt(amount, 10) === 0;
}
