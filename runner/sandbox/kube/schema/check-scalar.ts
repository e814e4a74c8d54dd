/** What Go's decoder says of a wrong scalar, in its own words, because users see these words. */
import type { TypeWord } from '../data/data.ts';
import type { Json } from '../kube.ts';

/**
 * A scalar's fault. `mismatch` is the JSON value as the decoder names it ("string", "number 1.5"), to be put in "cannot
 * unmarshal … into Go struct field …"; `text` is a whole message of a type that decodes itself.
 */
export type ScalarFault = { readonly mismatch: string } | { readonly text: string };

const int32Limit = 2 ** 31;
const quantityPattern = /^[+\-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+\-]?\d+|[KMGTPE]i|[numkMGTPE])?$/v;

/** The fault of a value (never null) for a scalar type, or undefined. */
export function checkScalar(word: TypeWord, value: Json): ScalarFault | undefined {
  switch (word) {
    case 'string':
      return typeof value === 'string' ? undefined : { mismatch: nameOfJson(value) };
    case 'bool':
      return typeof value === 'boolean' ? undefined : { mismatch: nameOfJson(value) };
    case 'int32':
    case 'int64':
    case 'float64':
      return fits(word, value) ? undefined : { mismatch: numberMismatch(value) };
    case 'bytes':
      return checkBase64(value);
    case 'quantity':
      return checkQuantity(value);
    case 'intOrString':
      if (typeof value === 'string' || fits('int32', value)) return undefined;
      return plainText(numberMismatch(value), 'int32');
    case 'time':
    case 'microTime':
      return checkTime(word, value);
    case 'duration':
      return typeof value === 'string' ? undefined : plainText(nameOfJson(value), 'string');
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

function plainText(found: string, wanted: string): ScalarFault {
  return { text: `json: cannot unmarshal ${found} into Go value of type ${wanted}` };
}

function checkBase64(value: Json): ScalarFault | undefined {
  if (typeof value !== 'string') return { mismatch: nameOfJson(value) };
  const text = value.replaceAll(/[\r\n]/gv, '');
  const wrong = text.search(/[^A-Za-z0-9+\/]/v);
  const body = text.replace(/={1,2}$/v, '');
  if (text.length % 4 === 0 && (wrong < 0 || wrong >= body.length)) return undefined;
  const offset =
    wrong >= 0 && wrong < body.length ? wrong : Math.min(text.length, body.length + (wrong < 0 ? 0 : 1));
  return { text: `illegal base64 data at input byte ${offset}` };
}

function checkQuantity(value: Json): ScalarFault | undefined {
  if (typeof value === 'number' || (typeof value === 'string' && quantityPattern.test(value)))
    return undefined;
  return {
    text: `quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`,
  };
}

function checkTime(word: 'time' | 'microTime', value: Json): ScalarFault | undefined {
  if (typeof value !== 'string') return plainText(nameOfJson(value), 'string');
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+\-]\d\d:\d\d)$/v.test(value)) return undefined;
  const layout = word === 'time' ? '2006-01-02T15:04:05Z07:00' : '2006-01-02T15:04:05.000000Z07:00';
  return {
    text: `parsing time ${JSON.stringify(value)} as "${layout}": cannot parse ${JSON.stringify(value)} as "2006"`,
  };
}
