/**
 * Request bodies as data: which fields of an entity a client may write and what each may hold. Everything that the hub
 * sets itself is ignored if it is of the right type (clients send it back); a field that no entity has is refused.
 */
import { normaliseData } from './config-data.ts';
import { badRequest, notImplemented } from './errors.ts';
import { checkServerField } from './server-fields.ts';
import { isUuid } from './uuid.ts';

/**
 * `strings` is a map of texts, `data` base64 YAML, `id` a UUID or null, `json` a JSON document as text, `flag` a boolean,
 * `arguments` a list of `{ParameterName?, Value}`, `names` a list of `{Name}`.
 */
export type FieldKind = 'slug' | 'text' | 'strings' | 'data' | 'id' | 'json' | 'flag' | 'arguments' | 'names';

/** `Fields` is what `mergeFields` makes of a request. */
export interface Shape<Fields> {
  /** The entity's type, for messages. */
  readonly type: string;
  readonly writable: Readonly<Record<keyof Fields & string, FieldKind>>;
  /** Blank-separated names that the hub sets itself. */
  readonly ignored: string;
  /** Names of later versions that mean something which this hub does not do yet: 501 unless empty. */
  readonly unimplemented?: string;
}

/** `create` starts from nothing, `replace` (PUT) too but keeps what `kept` names, `patch` (RFC 7386) starts from the entity. */
export type WriteMode = 'create' | 'replace' | 'patch';

const ZERO_ID = '00000000-0000-0000-0000-000000000000';
const SLUG = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const COMMON = 'OrganizationID CreatedAt UpdatedAt Version EntityType CursorID SpaceID';

/** True for what can name an entity. */
export function isSlug(text: string): boolean {
  return SLUG.test(text);
}

/** A body as an object: absent and `null` are `{}`. Throws 400 for anything else. */
export function readObject(body: unknown): Readonly<Record<string, unknown>> {
  if (body === undefined || body === null) return {};
  if (typeof body !== 'object' || Array.isArray(body)) throw badRequest('the body must be a JSON object');
  return body as Record<string, unknown>;
}

/** For requests that say all in their URL: refuses a body with anything in it. `what` is the request's name. */
export function refuseFields(what: string, body: unknown): void {
  const [name] = Object.keys(readObject(body));
  if (name !== undefined) throw badRequest(`${what} has no field ${name}`);
}

/**
 * The writable fields after a request. `current` is the entity before (absent on create). The result has every writable
 * field.
 */
export function mergeFields<Fields>(
  shape: Shape<Fields>,
  mode: WriteMode,
  body: unknown,
  current?: object,
  kept: readonly string[] = [],
): Fields {
  const sent = readObject(body);
  refuseUnknown(shape, sent);
  const before = (current ?? {}) as Record<string, unknown>;
  const result: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries<FieldKind>(shape.writable)) {
    const keeps = mode === 'patch' || (mode === 'replace' && kept.includes(name));
    const start = keeps && name in before ? before[name] : emptyValue(kind);
    result[name] = name in sent ? readValue(`${shape.type} ${name}`, kind, sent[name], start) : start;
    if (kind === 'slug' && result[name] === '') throw badRequest(`${shape.type} needs a ${name}`);
  }
  return result as Fields;
}

/** Throws 400 for what no entity's fields can be, before it is known which entities are meant. */
export function checkFields(shape: Shape<unknown>, body: unknown): void {
  const sent = readObject(body);
  refuseUnknown(shape, sent);
  for (const [name, kind] of Object.entries<FieldKind>(shape.writable)) {
    if (!(name in sent)) continue;
    const value = readValue(`${shape.type} ${name}`, kind, sent[name], emptyValue(kind));
    if (kind === 'slug' && value === '') throw badRequest(`${shape.type} needs a ${name}`);
  }
}

function refuseUnknown(shape: Shape<unknown>, sent: Readonly<Record<string, unknown>>): void {
  const ignored = new Set(`${COMMON} ${shape.ignored}`.split(' '));
  const later = new Set(shape.unimplemented?.split(' '));
  for (const [name, value] of Object.entries(sent)) {
    if (Object.hasOwn(shape.writable, name)) continue;
    if (ignored.has(name)) {
      checkServerField(shape.type, name, value);
      continue;
    }
    if (!later.has(name)) throw badRequest(`${shape.type} has no field ${name}`);
    if (!isEmpty(value)) throw notImplemented(`${shape.type}.${name}`);
  }
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === '' || value === ZERO_ID) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function emptyValue(kind: FieldKind): unknown {
  switch (kind) {
    case 'strings':
      return {};
    case 'id':
      return null;
    case 'flag':
      return false;
    case 'arguments':
    case 'names':
      return [];
    case 'slug':
    case 'text':
    case 'data':
    case 'json':
      return '';
  }
}

function readValue(name: string, kind: FieldKind, value: unknown, start: unknown): unknown {
  if (value === null) return emptyValue(kind);
  if (kind === 'strings') return readStrings(name, value, start as Record<string, string>);
  if (kind === 'arguments' || kind === 'names') return readList(name, kind, value);
  if (kind === 'flag') {
    if (typeof value !== 'boolean') throw badRequest(`${name} must be true or false`);
    return value;
  }
  if (typeof value !== 'string') throw badRequest(`${name} must be a string`);
  switch (kind) {
    case 'slug':
      if (!isSlug(value))
        throw badRequest(`${name} ${JSON.stringify(value.slice(0, 140))} is not a valid name`);
      return value;
    case 'id':
      if (!isUuid(value)) throw badRequest(`${name} must be a UUID`);
      return value === ZERO_ID ? null : value.toLowerCase();
    case 'data':
      return normaliseData(value);
    case 'json':
      return readJsonText(name, value);
    case 'text':
      return value;
  }
}

function readStrings(name: string, value: unknown, start: Record<string, string>): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badRequest(`${name} must be an object of strings`);
  const result = new Map(Object.entries(start));
  for (const [key, text] of Object.entries(value)) {
    if (text === null) result.delete(key);
    else if (typeof text === 'string') result.set(key, text);
    else throw badRequest(`${name}.${key} must be a string`);
  }
  return Object.fromEntries([...result].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function readList(name: string, kind: 'arguments' | 'names', value: unknown): unknown[] {
  if (!Array.isArray(value)) throw badRequest(`${name} must be a list`);
  return value.map((item: unknown, at) => {
    const { ParameterName: parameter, Value: given, Name: label } = readObject(item);
    if (kind === 'names') {
      if (typeof label !== 'string' || label === '') throw badRequest(`${name}[${at}] needs a Name`);
      return { Name: label };
    }
    if (!['string', 'number', 'boolean'].includes(typeof given))
      throw badRequest(`${name}[${at}].Value must be a string, a number or a boolean`);
    if (parameter === undefined || parameter === null || parameter === '') return { Value: given };
    if (typeof parameter !== 'string') throw badRequest(`${name}[${at}].ParameterName must be a string`);
    return { ParameterName: parameter, Value: given };
  });
}

function readJsonText(name: string, value: string): string {
  if (value === '') return value;
  try {
    JSON.parse(value);
    return value;
  } catch {
    throw badRequest(`${name} must be a JSON document as text`);
  }
}
