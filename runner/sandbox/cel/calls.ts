/** CEL's functions on values. A method's receiver is its first argument. */
import { compileSearch } from '../../text/pattern/compile-search.ts';
import type { CelValue } from './cel.ts';
import { CelError } from './error.ts';
import { isList } from './values.ts';

/** Throws CelError if there is no such function for these values. */
export function callFunction(name: string, given: readonly CelValue[]): CelValue {
  const [first = null, second] = given;
  if (given.length === 1) return callOnOne(name, first);
  if (given.length !== 2 || typeof first !== 'string' || typeof second !== 'string') return refuse();
  switch (name) {
    case 'startsWith':
      return first.startsWith(second);
    case 'endsWith':
      return first.endsWith(second);
    case 'contains':
      return first.includes(second);
    case 'matches':
      return matches(first, second);
    default:
      return refuse();
  }
}

function callOnOne(name: string, value: CelValue): CelValue {
  switch (name) {
    case 'size':
      return sizeOf(value);
    case 'dyn':
      return value;
    case 'string':
      return typeof value === 'object' ? refuse() : String(value);
    case 'double':
      return toNumber(value);
    case 'int':
      return BigInt(Math.trunc(toNumber(value)));
    case 'bool':
      return value === 'true' || value === true;
    default:
      return refuse();
  }
}

function sizeOf(value: CelValue): CelValue {
  if (typeof value === 'string') return BigInt(Array.from(value).length);
  if (isList(value)) return BigInt(value.length);
  return value instanceof Map ? BigInt(value.size) : refuse();
}

function toNumber(value: CelValue): number {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  const isNumeric = typeof value === 'string' && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value);
  if (isNumeric) return Number(value);
  throw new CelError(`type conversion error from '${typeof value}' to 'int'`);
}

/** The time that a pattern takes is bounded by its length and the text's. */
function matches(text: string, pattern: string): boolean {
  const search = compileSearch(pattern);
  if (typeof search === 'function') return search(text);
  throw new CelError(`invalid regular expression \`${pattern}\`: ${search.message}`);
}

function refuse(): never {
  throw new CelError('no such overload');
}
