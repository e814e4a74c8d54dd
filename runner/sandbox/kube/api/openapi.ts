/** Serves the OpenAPI documents that kubectl insists on before it creates anything. */
import type { HttpRequest, HttpResponse } from '../../http/http.ts';
import { noSuchPath } from '../errors.ts';
import type { ServedResource } from '../custom/custom.ts';
import type { Core } from '../objects/core.ts';
import { allResources, joinGroupVersion } from '../objects/resources.ts';
import { openapiV2Type, renderOpenapiV2 } from '../openapi/v2.ts';
import { hashOpenapi, renderOpenapi, renderOpenapiIndex } from '../openapi/v3.ts';
import { respond } from './respond.ts';

const YEAR_MS = 365 * 24 * 3_600_000;

/** Answers `/openapi/v2` and `/openapi/v3[/…]`. Throws ApiError 404. */
export function serveOpenApi({ objects, clock }: Core, http: HttpRequest): HttpResponse {
  if (http.path === '/openapi/v2') {
    return { status: 200, headers: { 'content-type': openapiV2Type }, body: renderOpenapiV2() };
  }
  const [, , version, ...parts] = http.path.replace(/\/$/, '').split('/');
  if (version !== 'v3') throw noSuchPath();
  if (parts.length === 0) return respond(200, renderOpenapiIndex(allResources(objects)));
  const groupVersion = parts.slice(1).join('/');
  const resources = allResources(objects);
  const found = resources.find((of) => joinGroupVersion(of) === groupVersion);
  if (found === undefined || parts[0] !== (found.group === '' ? 'api' : 'apis')) throw noSuchPath();
  return documentOf(resources, http, groupVersion, clock.now());
}

/** A URL with the document's hash never changes its content. */
function documentOf(
  resources: readonly ServedResource[],
  http: HttpRequest,
  groupVersion: string,
  now: number,
): HttpResponse {
  const response = respond(200, renderOpenapi(resources, groupVersion));
  const hash = hashOpenapi(resources, groupVersion);
  const isFixed = http.query.get('hash') === hash;
  const cache = isFixed
    ? { 'cache-control': 'public, immutable', expires: new Date(now + YEAR_MS).toUTCString() }
    : {};
  return { ...response, headers: { ...response.headers, ...cache, etag: `"${hash}"` } };
}
