/** Reads JSON and YAML as values. Commands print either, sometimes several documents. */
import { parseAllDocuments } from 'yaml';

/** The documents of a text, or why it has none. `offset` is where the parser gave up. */
export type ParsedData =
  | { readonly kind: 'values'; readonly values: readonly unknown[] }
  | { readonly kind: 'unreadable'; readonly message: string; readonly offset: number };

/** Reads one JSON value, one JSON value per line, or YAML documents. Never throws. */
export function parseData(text: string): ParsedData {
  const json = parseJson(text);
  if (json !== undefined) return { kind: 'values', values: json };
  return parseYaml(text);
}

/** Reads JSON only. */
export function parseJson(text: string): readonly unknown[] | undefined {
  if (!/^\s*[[{"\d\-tfn]/.test(text)) return undefined;
  const whole = parseOne(text);
  if (whole !== undefined) return [whole.value];
  const lines = text.split('\n').filter((line) => /\S/.test(line));
  const values: unknown[] = [];
  for (const line of lines.length > 1 ? lines : []) {
    const parsed = parseOne(line);
    if (parsed === undefined) return undefined;
    values.push(parsed.value);
  }
  return values.length > 0 ? values : undefined;
}

function parseOne(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text, HUGE.test(text) ? keepDigits : undefined) as unknown };
  } catch {
    return undefined;
  }
}

/** A number that may be too long for a double: two of them would be the same. */
const HUGE = /\d{16}/;

/** Numbers that a double cannot hold become bigints. Its third parameter is younger than TypeScript's library. */
function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source ?? '';
  const isExact = typeof value !== 'number' || Number.isSafeInteger(value) || !/^-?\d+$/.test(source);
  return isExact ? value : BigInt(source);
}

function shorten(_key: unknown, value: unknown): unknown {
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** A value as JSON, with all digits of a bigint. Undefined for what JSON does not know. */
export function printJson(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'bigint' ? (JSON as RawJson).rawJSON(String(item)) : item,
  );
}

/** In Node since 22, not yet in TypeScript's library. */
interface RawJson extends JSON {
  rawJSON(text: string): unknown;
}

/** Reads YAML documents; empty ones at the start and the end do not count. */
export function parseYaml(text: string): ParsedData {
  try {
    const documents = parseAllDocuments(text, {
      prettyErrors: false,
      logLevel: 'silent',
      intAsBigInt: HUGE.test(text),
    });
    if (!Array.isArray(documents)) return { kind: 'values', values: [] };
    const error = documents.flatMap((document) => document.errors)[0];
    if (error !== undefined) return { kind: 'unreadable', message: error.message, offset: error.pos[0] };
    const values = documents.map((document): unknown => document.toJS({ reviver: shorten }));
    return { kind: 'values', values: values.filter((value) => value !== null || values.length === 1) };
  } catch (error) {
    return { kind: 'unreadable', message: error instanceof Error ? error.message : 'too deep', offset: 0 };
  }
}
