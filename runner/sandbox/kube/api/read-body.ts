/** Request bodies: JSON, YAML and protobuf, checked against their kind as strictly as the client asks. */
import { parse } from 'yaml';
import type { HttpRequest } from '../../http/http.ts';
import { badRequest, unsupportedMediaType } from '../errors.ts';
import type { GroupVersionKind, Json, JsonObject } from '../kube.ts';
import { joinGroupVersion } from '../objects/resources.ts';
import { decodeProtobuf } from '../protobuf/decode.ts';
import { checkFields } from '../schema/check-fields.ts';
import { isObject } from '../schema/json-value.ts';

const accepted = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];
const protobufMagic = [0x6b, 0x38, 0x73, 0];
const maxDepth = 1000;

/** A decoded body, and what the client shall be warned of. */
export interface CheckedBody {
  readonly object: JsonObject;
  readonly warnings: readonly string[];
}

/** The media type of a header, without parameters. */
export function mediaType(header: string | undefined): string {
  return (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** The body as a JSON object; undefined when it is empty. Throws ApiError. */
export async function readBody(http: HttpRequest): Promise<JsonObject | undefined> {
  const bytes = await http.body();
  if (bytes.length === 0) return undefined;
  const type = mediaType(http.headers['content-type']) || 'application/json';
  if (!accepted.includes(type)) throw unsupportedMediaType(accepted);
  if (type === 'application/vnd.kubernetes.protobuf' || isProtobuf(bytes)) return fromProtobuf(bytes);
  const text = new TextDecoder().decode(bytes);
  return asBody(type === 'application/yaml' ? parseYaml(text) : parseJson(text));
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

function asBody(json: Json): JsonObject {
  if (!isObject(json)) {
    throw badRequest(
      "couldn't get version/kind; json parse error: json: cannot unmarshal the body into a struct",
    );
  }
  return json;
}

/** Parses JSON; throws ApiError 400. */
export function parseJson(text: string): Json {
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch (error) {
    throw badRequest(`couldn't get version/kind; json parse error: ${messageOf(error)}`);
  }
  if (depthOf(json) > maxDepth) throw badRequest('the body is nested too deeply');
  return json;
}

/** Parses one YAML document (JSON is YAML, and faster read as JSON); throws ApiError 400. */
export function parseYaml(text: string): Json {
  if (text.trimStart().startsWith('{')) return parseJson(text);
  try {
    return parse(text, { maxAliasCount: 100 }) as Json;
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

/** Decodes the body of a create or an update into its kind. Throws ApiError 400. */
export function checkBody(kind: GroupVersionKind, body: JsonObject, query: URLSearchParams): CheckedBody {
  const bodyKind = body['kind'];
  const apiVersion = body['apiVersion'];
  if (typeof bodyKind === 'string' && bodyKind !== '' && bodyKind !== kind.kind) {
    const actual = `${typeof apiVersion === 'string' ? apiVersion : ''}, Kind=${bodyKind}`;
    const wanted = `${joinGroupVersion(kind)}, Kind=${kind.kind}`;
    throw badRequest(
      `the object provided is unrecognized (must be of type ${kind.kind}): ${actual} does not match ${wanted}`,
    );
  }
  const groupVersion = joinGroupVersion(kind);
  if (typeof apiVersion === 'string' && apiVersion !== '' && apiVersion !== groupVersion) {
    throw badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${groupVersion})`,
    );
  }
  return checkStrictly(kind, body, query);
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
