/**
 * JSON as Go's encoding/json prints it. `--json` does not echo the hub's bytes: the original decodes them into its structs
 * and encodes those again, so keys have the struct's order, unknown fields vanish, and some zero values appear.
 * The structs are data (data/structs.json): `*` pointer, `[]` slice, `{}` map, a trailing `?` is `omitempty`.
 */
import structs from './data/structs.json' with { type: 'json' };
import { ZERO_ID, entityOf, sortedEntries } from './entity.ts';
import { GO_ZERO_TIME, encodeTime } from './go-time.ts';

const STRUCTS: Readonly<Record<string, Readonly<Record<string, string>>>> = structs;

const ZEROS: Readonly<Record<string, unknown>> = {
  string: '',
  int: 0,
  bool: false,
  time: GO_ZERO_TIME,
  uuid: ZERO_ID,
  any: null,
};

/** The value as the struct (or `[]struct`) named by `kind` would be encoded; keys in the struct's order. */
export function shapeAs(kind: string, value: unknown): unknown {
  if (kind.startsWith('*'))
    return value === null || value === undefined ? null : shapeAs(kind.slice(1), value);
  if (kind.startsWith('[]'))
    return Array.isArray(value) ? value.map((item) => shapeAs(kind.slice(2), item)) : null;
  if (kind.startsWith('{}')) return shapeMap(kind.slice(2), value);
  const fields = STRUCTS[kind];
  if (fields !== undefined) return shapeStruct(fields, entityOf(value));
  if (value === null || value === undefined) return ZEROS[kind] ?? null;
  return kind === 'time' && typeof value === 'string' ? encodeTime(value) : value;
}

function shapeMap(kind: string, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  return Object.fromEntries(sortedEntries(entityOf(value)).map(([key, item]) => [key, shapeAs(kind, item)]));
}

function shapeStruct(
  fields: Readonly<Record<string, string>>,
  value: Readonly<Record<string, unknown>>,
): unknown {
  const shaped: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(fields)) {
    const omitEmpty = spec.endsWith('?');
    const kind = omitEmpty ? spec.slice(0, -1) : spec;
    const field = shapeAs(kind, value[name]);
    if (!omitEmpty || !isEmpty(kind, field)) shaped[name] = field;
  }
  return shaped;
}

/**
 * JSON as Go decodes it into the struct (or `[]struct`) named by `kind`: a key finds its field whatever its case, and null
 * leaves a field alone that cannot be nil. Keys without a field stay; encoding drops them.
 */
export function decodeAs(kind: string, value: unknown): unknown {
  if (kind.startsWith('*')) return decodeAs(kind.slice(1), value);
  if (kind.startsWith('[]'))
    return Array.isArray(value) ? value.map((item) => decodeAs(kind.slice(2), item)) : value;
  const fields = STRUCTS[kind];
  if (fields === undefined || typeof value !== 'object' || value === null) return value;
  const byCase = new Map(Object.keys(fields).map((name) => [name.toLowerCase(), name]));
  const decoded = Object.entries(value).flatMap(([key, item]) => {
    const name = Object.hasOwn(fields, key) ? key : (byCase.get(key.toLowerCase()) ?? key);
    const type = fields[name]?.replace(/\?$/, '') ?? 'any';
    return item === null && !/^(?:\*|\[\]|\{\}|any)/.test(type)
      ? []
      : [[name, decodeAs(type, item)] as const];
  });
  return Object.fromEntries(decoded);
}

/** What `omitempty` leaves out: arrays (UUIDs) and structs (times) never count as empty. */
function isEmpty(kind: string, value: unknown): boolean {
  if (value === null) return true;
  if (kind.startsWith('*') || kind === 'uuid' || kind === 'time') return false;
  if (Array.isArray(value)) return value.length === 0;
  if (kind.startsWith('{}')) return Object.keys(entityOf(value)).length === 0;
  return value === '' || value === 0 || value === false;
}

/** Every map sorted, as Go prints values that are no structs. */
export function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(sortedEntries(entityOf(value)).map(([key, item]) => [key, sortKeys(item)]));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** JSON.stringify with two blanks of indentation and Go's escapes. `<`, `>` and `&` can only stand inside strings. */
export function printJson(value: unknown): string {
  return escapeForGo(JSON.stringify(value, null, 2));
}

/** The same on one line. */
export function packJson(value: unknown): string {
  return escapeForGo(JSON.stringify(value));
}

function escapeForGo(json: string): string {
  return json.replaceAll(/[<>&\u2028\u2029]/g, (character) => ESCAPES[character] ?? character);
}
