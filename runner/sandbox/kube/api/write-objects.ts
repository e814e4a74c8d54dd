/** POST and PUT: bodies checked, addressed by the URL, written through the same verbs as in process. */
import type { HttpResponse } from '../../http/http.ts';
import { badRequest } from '../errors.ts';
import { checkEscalation } from '../auth/escalation.ts';
import type { JsonObject, KubeObject } from '../kube.ts';
import type { WriteOptions } from '../objects/core.ts';
import { asObject, childObject, readText } from '../objects/fields.ts';
import { createObject, updateObject } from '../objects/write-object.ts';
import { collectWarnings } from '../warnings/collect-warnings.ts';
import { renderObject } from './read-objects.ts';
import { readChecked } from './read-body.ts';
import { isDryRun, type ResourceRequest } from './request.ts';
import { readForm, respond } from './respond.ts';
import type { ApiServer } from './server.ts';
import { refuseUnkept } from './refuse-unkept.ts';
import { readAs } from './views.ts';

/** POST to a collection. */
export async function postObject(server: ApiServer, request: ResourceRequest): Promise<HttpResponse> {
  const { http, kind } = request;
  const form = readForm(http);
  const { object, warnings } = await readChecked(http, kind);
  placeObject(request, object);
  const written = writeObject(
    server,
    request,
    asObject(readAs(kind, object)),
    createObject,
    writeOptions(request),
  );
  return respond(201, renderObject(server, request, written.object, form), [
    ...warnings,
    ...written.warnings,
  ]);
}

/** PUT of an object or of its status. */
export async function putObject(server: ApiServer, request: ResourceRequest): Promise<HttpResponse> {
  const { http, kind, name } = request;
  const form = readForm(http);
  const { object, warnings } = await readChecked(http, kind);
  placeObject(request, object);
  if (readText(object, 'metadata', 'name') === '') childObject(object, 'metadata')['name'] = name;
  const written = writeObject(
    server,
    request,
    asObject(readAs(kind, object)),
    updateObject,
    writeOptions(request),
  );
  return respond(200, renderObject(server, request, written.object, form), [
    ...warnings,
    ...written.warnings,
  ]);
}

/** Gives the object the URL's namespace; throws ApiError 400 where body and URL contradict. */
export function placeObject(request: ResourceRequest, object: JsonObject): void {
  const metadata = childObject(object, 'metadata');
  const { namespace, name } = request;
  const ofBody = readText(metadata, 'namespace');
  if (namespace !== undefined) {
    if (ofBody !== '' && ofBody !== namespace) {
      const words =
        request.verb !== 'update'
          ? 'the namespace of the provided object does not match the namespace sent on the request'
          : `the namespace of the object (${ofBody}) does not match the namespace on the request (${namespace})`;
      throw badRequest(words);
    }
    metadata['namespace'] = namespace;
  }
  const nameOfBody = readText(metadata, 'name');
  if (name !== '' && nameOfBody !== '' && nameOfBody !== name) {
    throw badRequest(`the name of the object (${nameOfBody}) does not match the name on the URL (${name})`);
  }
}

/** The manager that a request writes as: named by the client, else the first word of its user agent. */
export function managerOf(request: ResourceRequest): string {
  const named = request.http.query.get('fieldManager') ?? '';
  return named || ((request.http.headers['user-agent'] ?? '').split('/')[0] ?? '') || 'unknown';
}

/** How a request writes. */
export function writeOptions(request: ResourceRequest): WriteOptions {
  const manager = managerOf(request);
  const subresource = request.subresource?.name;
  return subresource === 'status' || subresource === 'finalize' || subresource === 'ephemeralcontainers'
    ? { manager, subresource }
    : { manager };
}

/** An object as written, and what the server says of it though it is no mistake. */
export interface Written {
  readonly object: KubeObject;
  readonly warnings: readonly string[];
}

/** Writes what a user may write; with `dryRun=All` nothing is kept. */
export function writeObject(
  server: ApiServer,
  request: ResourceRequest,
  object: KubeObject,
  write: typeof createObject,
  options: WriteOptions,
): Written {
  const isBuiltIn = request.entry.custom === undefined;
  if (isBuiltIn) refuseUnkept(request.kind.kind, object);
  checkEscalation(server.core, request.user, request.resource, object);
  const { namespace, name } = object.metadata;
  const before = server.core.objects.get(request.resource, namespace, name);
  const written = maybeDry(server, request, () => write(server.core, request.resource, object, options));
  const isWhole = options.subresource === undefined;
  return { object: written, warnings: isWhole && isBuiltIn ? collectWarnings(written, before) : [] };
}

class DryRun extends Error {
  readonly object: KubeObject;

  constructor(object: KubeObject) {
    super('dry run');
    this.object = object;
  }
}

/** Runs a write; with `dryRun=All` it is undone and only its result remains. */
export function maybeDry(server: ApiServer, request: ResourceRequest, write: () => KubeObject): KubeObject {
  if (!isDryRun(request.http.query)) return write();
  try {
    return server.core.objects.transaction(() => {
      throw new DryRun(write());
    });
  } catch (error) {
    if (!(error instanceof DryRun)) throw error;
    return withLiveVersion(server, request, error.object);
  }
}

/** What was not written has no version of its own: a new object none, a changed one that of before. */
function withLiveVersion(server: ApiServer, request: ResourceRequest, object: KubeObject): KubeObject {
  const { resourceVersion: _, ...metadata } = object.metadata;
  const live = server.core.objects.get(request.resource, metadata.namespace, metadata.name);
  const version = live?.metadata.resourceVersion;
  return {
    ...object,
    metadata: version === undefined ? metadata : { ...metadata, resourceVersion: version },
  };
}
