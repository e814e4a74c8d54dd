/** GET of one object and of lists, in each form, with limits and continue tokens. */
import type { HttpResponse } from '../../http/http.ts';
import { badRequest, expired, notFound } from '../errors.ts';
import type { JsonObject, KubeObject } from '../kube.ts';
import { customColumns } from '../custom/custom-columns.ts';
import { joinGroupVersion } from '../objects/resources.ts';
import { renderTable } from '../tables/render-table.ts';
import { showAs } from './views.ts';
import type { ResourceRequest } from './request.ts';
import { partialMetadata, readForm, respond, type ObjectForm } from './respond.ts';
import { readSelectors } from './selectors.ts';
import type { ApiServer } from './server.ts';

/** GET of one object. */
export function getObject(server: ApiServer, request: ResourceRequest): HttpResponse {
  const { resource, namespace, name, http } = request;
  const held = server.core.objects.get(resource, namespace, name);
  if (held === undefined) throw notFound(resource, name);
  return respond(200, renderObject(server, request, held, readForm(http)));
}

/** One object in the form that the client asked for. */
export function renderObject(
  server: ApiServer,
  request: ResourceRequest,
  object: KubeObject,
  form: ObjectForm,
): JsonObject {
  switch (form) {
    case 'object':
      return showAs(request.kind, object);
    case 'metadata':
      return partialMetadata(object);
    case 'table': {
      const { resourceVersion = '' } = object.metadata;
      return tableOf(server, request, [object], { resourceVersion });
    }
  }
}

/** A table with list metadata. */
export function tableOf(
  server: ApiServer,
  request: ResourceRequest,
  objects: readonly KubeObject[],
  metadata: JsonObject,
): JsonObject {
  const wanted = request.http.query.get('includeObject') ?? 'Metadata';
  const includeObject = wanted === 'None' || wanted === 'Object' ? wanted : 'Metadata';
  const { custom } = request.entry;
  const columns = custom === undefined ? undefined : customColumns(custom.columns);
  const now = server.core.clock.now();
  const table = renderTable(request.resource, objects, { now, includeObject, columns });
  return { ...table, metadata };
}

/** GET of a collection. */
export function listObjects(server: ApiServer, request: ResourceRequest): HttpResponse {
  const { resource, namespace, kind, http } = request;
  const filter = readSelectors(kind, http.query);
  const matching = server.core.objects.list(resource, namespace).filter(filter);
  const page = paginate(server, http.query, matching);
  const form = readForm(http);
  if (form === 'table') return respond(200, tableOf(server, request, page.objects, page.metadata));
  const isMetadata = form === 'metadata';
  return respond(200, {
    kind: isMetadata ? 'PartialObjectMetadataList' : `${kind.kind}List`,
    apiVersion: isMetadata ? 'meta.k8s.io/v1' : joinGroupVersion(kind),
    metadata: page.metadata,
    items: page.objects.map((object) =>
      isMetadata ? partialMetadata(object) : listItem(request, showAs(kind, object)),
    ),
  });
}

/** Custom objects say in lists too what they are. */
function listItem(request: ResourceRequest, object: JsonObject): JsonObject {
  if (request.entry.custom !== undefined) return object;
  const { kind: _, apiVersion: __, ...rest } = object;
  return rest;
}

interface Page {
  readonly objects: readonly KubeObject[];
  readonly metadata: JsonObject;
}

/** A continue token names the version of the first page and the last object that was shown. */
function paginate(server: ApiServer, query: URLSearchParams, all: readonly KubeObject[]): Page {
  const limit = Math.max(0, Number(query.get('limit') ?? 0));
  const token = query.get('continue') ?? '';
  const from = token === '' ? undefined : readContinue(server, token);
  const rest = from === undefined ? all : all.filter((object) => positionOf(object) > from.after);
  const resourceVersion = from?.version ?? String(server.core.objects.version());
  const last = limit === 0 ? undefined : rest[limit - 1];
  if (last === undefined || rest.length <= limit) return { objects: rest, metadata: { resourceVersion } };
  const next = btoa(encodeURIComponent(JSON.stringify([resourceVersion, positionOf(last)])));
  const metadata = { resourceVersion, continue: next, remainingItemCount: rest.length - limit };
  return { objects: rest.slice(0, limit), metadata };
}

function positionOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function readContinue(server: ApiServer, token: string): { version: string; after: string } {
  let decoded: unknown;
  try {
    decoded = JSON.parse(decodeURIComponent(atob(token)));
  } catch {
    throw badRequest('invalid continue token: continue key is not valid: the token cannot be decoded');
  }
  const [version, after] = Array.isArray(decoded) ? (decoded as unknown[]) : [];
  if (typeof version !== 'string' || typeof after !== 'string') throw badRequest('continue key is not valid');
  if (Number(version) < server.core.objects.oldest()) {
    throw expired('The provided continue parameter is too old to display a consistent list result.');
  }
  return { version, after };
}
