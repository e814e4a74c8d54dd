/** JSON values of unknown type as Go's `%v` prints them. */
import { entityOf, sortedEntries } from './entity.ts';

/** `<nil>` for none; lists and maps in brackets, without quotes. */
export function printValue(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(printValue).join(' ')}]`;
  if (typeof value === 'number') return printNumber(value);
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return JSON.stringify(value);
  const entries = sortedEntries(entityOf(value)).map(([key, item]) => `${key}:${printValue(item)}`);
  return `map[${entries.join(' ')}]`;
}

/** JSON's numbers are floats to Go, which writes them with an exponent from a million on. */
function printNumber(value: number): string {
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(value);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
