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
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** Reads YAML documents; empty ones at the start and the end do not count. */
export function parseYaml(text: string): ParsedData {
  try {
    const documents = parseAllDocuments(text, { prettyErrors: false, logLevel: 'silent' });
    if (!Array.isArray(documents)) return { kind: 'values', values: [] };
    const error = documents.flatMap((document) => document.errors)[0];
    if (error !== undefined) return { kind: 'unreadable', message: error.message, offset: error.pos[0] };
    const values = documents.map((document): unknown => document.toJS());
    return { kind: 'values', values: values.filter((value) => value !== null || values.length === 1) };
  } catch (error) {
    return { kind: 'unreadable', message: error instanceof Error ? error.message : 'too deep', offset: 0 };
  }
}
