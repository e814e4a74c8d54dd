/**
 * The least OpenAPI that kubectl works with: which kinds take which query parameters. No patch content types and no
 * schemas are listed on purpose: kubectl then computes its patches from its own types, which are right.
 */
import type { HttpRequest, HttpResponse } from '../../http/http.ts';
import { noSuchPath } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { isStored, servedResources } from '../objects/resources.ts';
import { groupVersions } from './discovery.ts';
import { respond } from './respond.ts';

/** Answers `/openapi/v2` and `/openapi/v3[/…]`. Throws ApiError 404. */
export function serveOpenApi(http: HttpRequest, version: string): HttpResponse {
  if (http.path === '/openapi/v2') return openApiV2(http, version);
  if (http.path === '/openapi/v3' || http.path === '/openapi/v3/') return openApiIndex(version);
  const found = groupVersions.find((of) => http.path === `/openapi/v3/${rootOf(of)}`);
  if (found === undefined) throw noSuchPath();
  return respond(200, { ...header(version), paths: pathsOf(found.group), components: {} });
}

function header(version: string): JsonObject {
  return { openapi: '3.0.0', info: { title: 'Kubernetes', version } };
}

function rootOf({ group, version }: { group: string; version: string }): string {
  return group === '' ? `api/${version}` : `apis/${group}/${version}`;
}

function openApiIndex(version: string): HttpResponse {
  const hash = encodeURIComponent(version);
  const paths = groupVersions.map((of): [string, JsonObject] => [
    rootOf(of),
    { serverRelativeURL: `/openapi/v3/${rootOf(of)}?hash=${hash}` },
  ]);
  return respond(200, { paths: Object.fromEntries(paths) });
}

const parameters = ['dryRun', 'fieldManager', 'fieldValidation'].map((name) => ({
  name,
  in: 'query',
  schema: { type: 'string', uniqueItems: true },
}));

function pathsOf(group: string): JsonObject {
  const paths: JsonObject = {};
  for (const entry of servedResources.filter(
    (candidate) => candidate.group === group && isStored(candidate),
  )) {
    const scope = entry.namespaced ? '/namespaces/{namespace}' : '';
    const { version, kind } = entry;
    const operation = { 'x-kubernetes-group-version-kind': { group, version, kind }, parameters };
    paths[`/${rootOf(entry)}${scope}/${entry.resource}/{name}`] = {
      patch: { ...operation, 'x-kubernetes-action': 'patch' },
    };
  }
  return paths;
}

/** As protobuf where it is asked for: fields swagger (1), info (2: title 1, version 2), paths (8), definitions (9). */
function openApiV2(http: HttpRequest, version: string): HttpResponse {
  if (!(http.headers['accept'] ?? '').includes('proto')) {
    return respond(200, {
      swagger: '2.0',
      info: { title: 'Kubernetes', version },
      paths: {},
      definitions: {},
    });
  }
  const info = [...field(1, bytesOf('Kubernetes')), ...field(2, bytesOf(version))];
  const body = [...field(1, bytesOf('2.0')), ...field(2, info), ...field(8, []), ...field(9, [])];
  return {
    status: 200,
    headers: { 'content-type': 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf' },
    body: Uint8Array.from(body),
  };
}

function bytesOf(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}

/** A length-delimited field of fewer than 128 bytes. */
function field(number: number, bytes: readonly number[]): number[] {
  return [number * 8 + 2, bytes.length, ...bytes];
}
