/** Request bodies: JSON, YAML and protobuf, checked against their kind as strictly as the client asks. */
import { parseAllDocuments } from 'yaml';
import { KUBERNETES_YAML } from '../../../text/yaml-scalars.ts';
import type { HttpRequest } from '../../http/http.ts';
import { badRequest, unsupportedMediaType } from '../errors.ts';
import type { GroupVersionKind, Json, JsonObject } from '../kube.ts';
import { readText } from '../objects/fields.ts';
import { findKind, joinGroupVersion, splitGroupVersion } from '../objects/resources.ts';
import { decodeProtobuf } from '../protobuf/decode.ts';
import { checkFields } from '../schema/check-fields.ts';
import { syntaxProblem } from '../schema/json-text.ts';
import { isObject } from '../schema/json-value.ts';

const accepted = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];
const maxDepth = 1000;
const shownLength = 30;
const typeMeta = String.raw`struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" }`;

/** A decoded body, and what the client shall be warned of. */
export interface CheckedBody {
  readonly object: JsonObject;
  readonly warnings: readonly string[];
}

/** The media type of a header, without parameters. */
export function mediaType(header: string | undefined): string {
  return (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** The body of a create or an update, decoded into its kind. Throws ApiError 400 and 415. */
export async function readChecked(http: HttpRequest, kind: GroupVersionKind): Promise<CheckedBody> {
  const context = `the object provided is unrecognized (must be of type ${kind.kind}): `;
  const body = await readBody(http, context);
  if (body === undefined) {
    throw badRequest(
      `${context}couldn't get version/kind; json parse error: unexpected end of JSON input (<empty>)`,
    );
  }
  return checkBody(kind, body, http.query);
}

/** The body as a JSON object; undefined when it is empty. `context` begins an error's message. Throws ApiError. */
export async function readBody(http: HttpRequest, context = ''): Promise<JsonObject | undefined> {
  const bytes = await http.body();
  if (bytes.length === 0) return undefined;
  const given = http.headers['content-type'] ?? '';
  const type = given === '' ? 'application/json' : mediaType(given);
  if (!accepted.includes(type)) throw unsupportedMediaType(accepted);
  const refuse: Refuse = (words) => badRequest(`${context}${words} (${summarise(bytes)})`);
  if (type === 'application/vnd.kubernetes.protobuf') return fromProtobuf(bytes, refuse);
  const text = decodeUtf8(bytes);
  return asBody(type === 'application/yaml' ? parseYaml(text, refuse) : parseJson(text, refuse), refuse);
}

/** The error of a body, which ends with its first bytes. */
type Refuse = (words: string) => Error;

/** A byte order mark is no JSON, so it is kept. */
export function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** The beginning of a body: as text where it looks like JSON, else in hexadecimal. */
function summarise(bytes: Uint8Array): string {
  const first = bytes.subarray(0, shownLength);
  const isText = first[0] === '{'.charCodeAt(0);
  const shown = isText
    ? decodeUtf8(first)
    : [...first].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return bytes.length > shownLength ? `${shown} ...` : shown;
}

function fromProtobuf(bytes: Uint8Array, refuse: Refuse): JsonObject {
  try {
    return decodeProtobuf(bytes);
  } catch (error) {
    throw refuse(messageOf(error));
  }
}

/** Null is an object without fields, to Go. */
function asBody(json: Json, refuse: Refuse): JsonObject {
  if (isObject(json)) return json;
  if (json === null) return {};
  const kind = Array.isArray(json) ? 'array' : typeof json;
  throw refuse(
    `couldn't get version/kind; json parse error: json: cannot unmarshal ${kind} into Go value of type ${typeMeta}`,
  );
}

function parseJson(text: string, refuse: Refuse): Json {
  return parseWith(text, (words) => refuse(`couldn't get version/kind; json parse error: ${words}`));
}

/** Parses a patch, whose error says only what is wrong, after `context`. Throws ApiError 400. */
export function parsePatch(text: string, context: string): Json {
  return parseWith(text, (words) => badRequest(`${context}${words}`));
}

/** Parses what is applied. Throws ApiError 400. */
export function parseConfig(text: string): Json {
  return parseYaml(text, (words) =>
    badRequest(`error decoding YAML: error converting YAML to JSON: ${words}`),
  );
}

function parseWith(text: string, refuse: Refuse): Json {
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch (error) {
    throw refuse(syntaxProblem(text) ?? messageOf(error));
  }
  if (depthOf(json) > maxDepth) throw badRequest('the body is nested too deeply');
  return json;
}

/** The first document of a YAML text (JSON is YAML, and faster read as JSON). An anchor within itself has no end. */
function parseYaml(text: string, refuse: Refuse): Json {
  if (text.trimStart().startsWith('{')) return parseJson(text, refuse);
  let json: Json;
  try {
    const [document] = parseAllDocuments(text, { ...KUBERNETES_YAML, prettyErrors: false });
    if (document?.errors[0] !== undefined) throw document.errors[0];
    json = (document?.toJS({ maxAliasCount: 100 }) ?? null) as Json;
  } catch (error) {
    throw refuse(`yaml: ${messageOf(error)}`);
  }
  if (depthOf(json) > maxDepth) throw refuse('yaml: the document is nested too deeply');
  return json;
}

function depthOf(json: Json): number {
  let depth = 0;
  let level: Json[] = [json];
  while (level.length > 0 && depth <= maxDepth) {
    const below = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? (Object.values(value) as Json[]) : [],
    );
    // What an anchor stands for may be there many times, or within itself.
    level = [...new Set(below)];
    depth += 1;
  }
  return depth;
}

/** Checks that a body is of this kind, and its fields. Throws ApiError 400. */
export function checkBody(kind: GroupVersionKind, body: JsonObject, query: URLSearchParams): CheckedBody {
  const bodyKind = readText(body, 'kind') || kind.kind;
  const apiVersion = readText(body, 'apiVersion') || joinGroupVersion(kind);
  if (bodyKind !== kind.kind || apiVersion !== joinGroupVersion(kind)) {
    const of = splitGroupVersion(apiVersion);
    const isKnown = findKind({ ...of, kind: bodyKind }) !== undefined;
    const why = isKnown
      ? `converting (${of.version}.${bodyKind}) to (${internalName(kind.group)}.${kind.kind}): unknown conversion`
      : `no kind "${bodyKind}" is registered for version "${apiVersion}" in scheme "pkg/runtime/scheme.go:110"`;
    throw badRequest(`${bodyKind} in version "${of.version}" cannot be handled as a ${kind.kind}: ${why}`);
  }
  return checkStrictly(kind, body, query);
}

/** The Go package of a group's internal types. */
function internalName(group: string): string {
  return group === '' ? 'core' : (group.split('.')[0] ?? group);
}

/** Applies `fieldValidation` to a body. Throws ApiError 400. */
export function checkStrictly(kind: GroupVersionKind, body: JsonObject, query: URLSearchParams): CheckedBody {
  const checked = checkFields(kind, body);
  const prefix = `${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}`;
  if (checked.error !== undefined) throw badRequest(`${prefix}: ${checked.error}`);
  const mode = query.get('fieldValidation') ?? 'Warn';
  if (mode === 'Strict' && checked.unknown.length > 0) {
    throw badRequest(`${prefix}: strict decoding error: ${checked.unknown.join(', ')}`);
  }
  return { object: checked.object, warnings: mode === 'Warn' ? checked.unknown : [] };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
