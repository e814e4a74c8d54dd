/** Request bodies: JSON, YAML and protobuf, checked against their kind as strictly as the client asks. */
import { parse } from 'yaml';
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
const protobufMagic = [0x6b, 0x38, 0x73, 0];
const maxDepth = 1000;
const shownLength = 1024;
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
  const type = mediaType(http.headers['content-type']) || 'application/json';
  if (!accepted.includes(type)) throw unsupportedMediaType(accepted);
  if (type === 'application/vnd.kubernetes.protobuf' || isProtobuf(bytes)) return fromProtobuf(bytes);
  const text = new TextDecoder().decode(bytes);
  return asBody(type === 'application/yaml' ? parseYaml(text) : parseJson(text, context), context);
}

function isProtobuf(bytes: Uint8Array): boolean {
  return protobufMagic.every((byte, index) => bytes[index] === byte);
}

function fromProtobuf(bytes: Uint8Array): JsonObject {
  try {
    return decodeProtobuf(bytes);
  } catch (error) {
    throw badRequest(`the body is no protobuf that this server can read: ${messageOf(error)}`);
  }
}

function asBody(json: Json, context: string): JsonObject {
  if (isObject(json)) return json;
  const kind = Array.isArray(json) ? 'array' : typeof json;
  throw badRequest(
    `${context}couldn't get version/kind; json parse error: json: cannot unmarshal ${kind} into Go value of type ${typeMeta}`,
  );
}

/** Parses JSON; `context` begins the error's message. Throws ApiError 400. */
export function parseJson(text: string, context = ''): Json {
  const shown = text.startsWith('{') ? text.slice(0, shownLength) : '...';
  return parseWith(
    text,
    (words) => `${context}couldn't get version/kind; json parse error: ${words} (${shown})`,
  );
}

/** Parses a patch, whose error says only what is wrong, after `context`. Throws ApiError 400. */
export function parsePatch(text: string, context: string): Json {
  return parseWith(text, (words) => `${context}${words}`);
}

function parseWith(text: string, describe: (words: string) => string): Json {
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch (error) {
    throw badRequest(describe(syntaxProblem(text) ?? messageOf(error)));
  }
  if (depthOf(json) > maxDepth) throw badRequest('the body is nested too deeply');
  return json;
}

/** Parses one YAML document (JSON is YAML, and faster read as JSON); throws ApiError 400. */
export function parseYaml(text: string): Json {
  if (text.trimStart().startsWith('{')) return parseJson(text);
  try {
    return parse(text, { ...KUBERNETES_YAML, maxAliasCount: 100 }) as Json;
  } catch (error) {
    throw badRequest(`error decoding YAML: ${messageOf(error)}`);
  }
}

function depthOf(json: Json): number {
  let depth = 0;
  let level: Json[] = [json];
  while (level.length > 0 && depth <= maxDepth) {
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? (Object.values(value) as Json[]) : [],
    );
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
