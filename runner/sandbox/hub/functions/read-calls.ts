/** Function invocations as clients send them, checked for their shape. What they mean is checked when they run. */
import { badRequest } from '../errors.ts';
import { readObject } from '../fields.ts';
import type { FunctionArgument, FunctionInvocation } from './functions.ts';

/** A list of FunctionInvocation; null is an empty list. Throws 400. */
export function readCalls(value: unknown): FunctionInvocation[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw badRequest('FunctionInvocations must be a list');
  return value.map((item) => {
    const { FunctionName: name, Arguments } = readObject(item);
    if (typeof name !== 'string' || name === '') throw badRequest('FunctionName must be a string');
    return { FunctionName: name, Arguments: readArguments(Arguments) };
  });
}

/** A list of FunctionArgument; null is an empty list. Throws 400. */
export function readArguments(value: unknown): FunctionArgument[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw badRequest('Arguments must be a list');
  return value.map((item) => {
    const { ParameterName: name, Value } = readObject(item);
    if (name !== undefined && name !== null && typeof name !== 'string')
      throw badRequest('ParameterName must be a string');
    return typeof name === 'string' && name !== '' ? { ParameterName: name, Value } : { Value };
  });
}
