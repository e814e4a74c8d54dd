/** Responses: JSON objects, `Status` for errors, and the three forms in which clients ask for objects. */
import type { HttpRequest, HttpResponse } from '../../http/http.ts';
import { ApiError } from '../errors.ts';
import type { ApiStatus, JsonObject, KubeObject } from '../kube.ts';
import { asJson } from '../objects/fields.ts';
import { renderJson } from './render-json.ts';

/** How a client wants objects: as they are, as table rows, or only their metadata. */
export type ObjectForm = 'object' | 'table' | 'metadata';

/** A JSON response; `warnings` become `Warning: 299` headers, which kubectl prints. */
export function respond(status: number, body: JsonObject, warnings: readonly string[] = []): HttpResponse {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'cache-control': 'no-cache, private',
  };
  if (warnings.length > 0) headers['warning'] = warningHeader(warnings);
  return { status, headers, body: `${renderJson(body)}\n` };
}

/** JSON that people read: the server's version. */
export function respondIndented(body: JsonObject): HttpResponse {
  return { ...respond(200, body), body: JSON.stringify(body, undefined, 2) };
}

/** The value of a `Warning` header. */
export function warningHeader(warnings: readonly string[]): string {
  return warnings.map((text) => `299 - ${JSON.stringify(headerSafe(text))}`).join(', ');
}

function headerSafe(text: string): string {
  return text.replaceAll(/[^\u0020-\u007e]/g, '?');
}

/** Plain text, for /healthz and logs. */
export function respondText(status: number, text: string): HttpResponse {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: text };
}

/** A `Status` object of an error. */
export function statusBody(status: ApiStatus): JsonObject {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: status.message,
    ...(status.reason === '' ? {} : { reason: status.reason }),
    ...(status.details === undefined ? {} : { details: status.details }),
    code: status.code,
  };
}

/** The response to something thrown; what is no ApiError is the emulator's own fault and says so. */
export function respondError(error: unknown): HttpResponse {
  if (error instanceof ApiError) return respond(error.status.code, statusBody(error.status));
  const message = error instanceof Error ? error.message : String(error);
  const status = { code: 500, reason: 'InternalError', message: `Internal error occurred: ${message}` };
  return respond(500, statusBody(status));
}

/** Which form the Accept header asks for. Throws ApiError 406 where this server speaks none of what is asked. */
export function readForm(http: HttpRequest): ObjectForm {
  const accept = http.headers['accept'] ?? '*/*';
  for (const option of accept.split(',')) {
    const [type = '', ...parameters] = option.split(';').map((part) => part.trim());
    const isJson = ['application/json', 'application/*', '*/*', ''].includes(type);
    if (!isJson) continue;
    const kind = parameters.find((parameter) => parameter.startsWith('as='))?.slice(3);
    if (kind === undefined) return 'object';
    const isMeta = parameters.includes('g=meta.k8s.io') && parameters.includes('v=v1');
    if (kind === 'Table' && isMeta) return 'table';
    if (kind.startsWith('PartialObjectMetadata') && isMeta) return 'metadata';
  }
  const message = 'only the following media types are accepted: application/json';
  throw new ApiError(406, 'NotAcceptable', message);
}

/** Metadata alone. */
export function partialMetadata(object: KubeObject): JsonObject {
  const { metadata } = asJson(object);
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata };
}
