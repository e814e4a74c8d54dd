/** DELETE of one object and of collections, with options from the body or the query. */
import type { HttpResponse } from '../../http/http.ts';
import { badRequest } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import type { Deleted, DeleteOptions } from '../objects/core.ts';
import { deleteObject } from '../objects/delete-object.ts';
import { readNumber, readObject, readPath, readText } from '../objects/fields.ts';
import { joinGroupVersion } from '../objects/resources.ts';
import { showAs } from './views.ts';
import { invalidOptions } from './check-options.ts';
import { readBody } from './read-body.ts';
import { renderObject } from './read-objects.ts';
import { unsupported } from '../validation/problems.ts';
import type { ResourceRequest } from './request.ts';
import { readForm, respond } from './respond.ts';
import { readSelectors } from './selectors.ts';
import type { ApiServer } from './server.ts';
import { maybeDry } from './write-objects.ts';

const returnsObject = new Set(['Pod', 'Namespace', 'Service', 'ServiceAccount']);

/** DELETE of one object: the object where it is still there (or its kind always says so), else a Status. */
export async function deleteOne(server: ApiServer, request: ResourceRequest): Promise<HttpResponse> {
  const options = readOptions(request, await readBody(request.http));
  const { resource, namespace, name } = request;
  let deleted: Deleted | undefined;
  const object = maybeDry(server, request, () => {
    deleted = deleteObject(server.core, { resource, namespace, name }, options);
    return deleted.object;
  });
  if (deleted?.gone === false || returnsObject.has(request.kind.kind)) {
    return respond(200, renderObject(server, request, object, readForm(request.http)));
  }
  const { group } = resource;
  const details: JsonObject = {
    name,
    ...(group === '' ? {} : { group }),
    kind: resource.resource,
    uid: object.metadata.uid,
  };
  return respond(200, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details });
}

/** DELETE of a collection: what the selectors match. */
export async function deleteCollection(server: ApiServer, request: ResourceRequest): Promise<HttpResponse> {
  const options = readOptions(request, await readBody(request.http));
  const { resource, namespace, kind, http } = request;
  const matching = server.core.objects.list(resource, namespace).filter(readSelectors(kind, http.query));
  for (const { metadata } of matching) {
    const address = { resource, namespace: metadata.namespace, name: metadata.name };
    maybeDry(server, request, () => deleteObject(server.core, address, options).object);
  }
  return respond(200, {
    kind: `${kind.kind}List`,
    apiVersion: joinGroupVersion(kind),
    metadata: { resourceVersion: String(server.core.objects.version()) },
    items: matching.map((object) => showAs(kind, object)),
  });
}

function readOptions(request: ResourceRequest, body: JsonObject | undefined): DeleteOptions {
  const { query } = request.http;
  const given = body ?? {};
  const queryGrace = query.get('gracePeriodSeconds');
  const graceSeconds =
    readNumber(given, 'gracePeriodSeconds') ?? (queryGrace === null ? undefined : Number(queryGrace));
  const propagation = readText(given, 'propagationPolicy') || (query.get('propagationPolicy') ?? '');
  if (propagation !== '' && !isPropagation(propagation)) {
    const known = ['Foreground', 'Background', 'Orphan', 'nil'];
    throw invalidOptions('DeleteOptions', [unsupported('propagationPolicy', propagation, known)]);
  }
  if (readPath(given, 'orphanDependents') !== undefined) {
    throw badRequest('orphanDependents is not supported: use propagationPolicy');
  }
  if (readText(given['dryRun'], 0) === 'All') query.set('dryRun', 'All');
  const preconditions = readObject(given, 'preconditions');
  const uid = readText(preconditions, 'uid');
  const resourceVersion = readText(preconditions, 'resourceVersion');
  return {
    ...(graceSeconds === undefined ? {} : { graceSeconds }),
    ...(isPropagation(propagation) ? { propagation } : {}),
    ...(uid === '' ? {} : { uid }),
    ...(resourceVersion === '' ? {} : { resourceVersion }),
  };
}

function isPropagation(text: string): text is 'Background' | 'Foreground' | 'Orphan' {
  return text === 'Background' || text === 'Foreground' || text === 'Orphan';
}
