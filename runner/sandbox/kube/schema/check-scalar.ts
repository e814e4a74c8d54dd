/** What Go's decoder says of a wrong scalar, in its own words, because users see these words. */
import type { TypeWord } from '../data/data.ts';
import type { Json } from '../kube.ts';
import { findBase64Fault } from './check-base64.ts';

/**
 * A scalar's fault. `found` is the JSON value as the decoder names it ("string", "number 1.5"), to be put in "cannot
 * unmarshal … into Go struct field … of type …", where `wanted` is the type if it is not the field's own; `text` is a
 * whole message of a type that decodes itself.
 */
export type ScalarFault = { readonly found: string; readonly wanted?: string } | { readonly text: string };

const int32Limit = 2 ** 31;
const quantityPattern = /^[+\-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+\-]?\d+|[KMGTPE]i|[numkMGTPE])?$/v;

/** The fault of a value (never null) for a scalar type, or undefined. */
export function checkScalar(word: TypeWord, value: Json): ScalarFault | undefined {
  switch (word) {
    case 'string':
      return typeof value === 'string' ? undefined : { found: nameOfJson(value) };
    case 'bool':
      return typeof value === 'boolean' ? undefined : { found: nameOfJson(value) };
    case 'int32':
    case 'int64':
    case 'float64':
      return fits(word, value) ? undefined : { found: numberMismatch(value) };
    case 'bytes':
      return checkBase64(value);
    case 'quantity':
      return checkQuantity(value);
    case 'intOrString':
      if (typeof value === 'string' || fits('int32', value)) return undefined;
      return { found: numberMismatch(value), wanted: 'int32' };
    case 'time':
    case 'microTime':
      return checkTime(word, value);
    case 'duration':
      return typeof value === 'string' ? undefined : { found: nameOfJson(value), wanted: 'string' };
    default:
      return undefined;
  }
}

/** The kind of a JSON value in Go's words. */
export function nameOfJson(value: Json): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function fits(word: 'int32' | 'int64' | 'float64', value: Json): boolean {
  if (typeof value !== 'number') return false;
  if (word === 'float64') return true;
  return Number.isInteger(value) && (word === 'int64' || (value >= -int32Limit && value < int32Limit));
}

function numberMismatch(value: Json): string {
  return typeof value === 'number' ? `number ${value}` : nameOfJson(value);
}

function checkBase64(value: Json): ScalarFault | undefined {
  if (typeof value !== 'string') return { found: nameOfJson(value) };
  const offset = findBase64Fault(value);
  return offset === undefined ? undefined : { text: `illegal base64 data at input byte ${offset}` };
}

function checkQuantity(value: Json): ScalarFault | undefined {
  if (typeof value === 'number' || (typeof value === 'string' && quantityPattern.test(value)))
    return undefined;
  return {
    text: `quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`,
  };
}

function checkTime(word: 'time' | 'microTime', value: Json): ScalarFault | undefined {
  if (typeof value !== 'string') return { found: nameOfJson(value), wanted: 'string' };
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+\-]\d\d:\d\d)$/v.test(value)) return undefined;
  const layout = word === 'time' ? '2006-01-02T15:04:05Z07:00' : '2006-01-02T15:04:05.000000Z07:00';
  return {
    text: `parsing time ${JSON.stringify(value)} as "${layout}": cannot parse ${JSON.stringify(value)} as "2006"`,
  };
}
