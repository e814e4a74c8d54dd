/** PATCH in its four kinds. A patched object is decoded and checked like a body, then written like a PUT. */
import type { HttpResponse } from '../../http/http.ts';
import { ApiError, badRequest, invalid, notFound, notImplemented, unsupportedMediaType } from '../errors.ts';
import { applyServerSide } from '../fields/apply.ts';
import { findDuplicates } from '../fields/find-duplicates.ts';
import type { GroupVersionKind, Json, JsonObject, KubeObject } from '../kube.ts';
import type { WriteOptions } from '../objects/core.ts';
import { asObject, copyObject, timestamp } from '../objects/fields.ts';
import { createObject, updateObject } from '../objects/write-object.ts';
import { applyJsonPatch } from '../patch/json-patch.ts';
import { applyMergePatch } from '../patch/merge-patch.ts';
import { PatchError } from '../patch/patch-error.ts';
import { applyStrategicPatch } from '../patch/strategic-patch.ts';
import { isObject } from '../schema/json-value.ts';
import { invalidValue, required } from '../validation/problems.ts';
import { conversionWords, showSpentPatch } from './patch-words.ts';
import {
  checkStrictly,
  decodeUtf8,
  mediaType,
  parseConfig,
  parsePatch,
  type CheckedBody,
} from './read-body.ts';
import { renderObject } from './read-objects.ts';
import { readFlag, type ResourceRequest } from './request.ts';
import { invalidOptions } from './check-options.ts';
import { readForm, respond } from './respond.ts';
import type { ApiServer } from './server.ts';
import { isView, readAs, showAs } from './views.ts';
import { managerOf, placeObject, writeObject, writeOptions } from './write-objects.ts';

const jsonPatch = 'application/json-patch+json';
const mergePatch = 'application/merge-patch+json';
const strategicPatch = 'application/strategic-merge-patch+json';
const applyPatch = 'application/apply-patch+yaml';

/** PATCH of an object or of its status. */
export async function patchObject(server: ApiServer, request: ResourceRequest): Promise<HttpResponse> {
  const type = patchType(request);
  const form = readForm(request.http);
  const text = decodeUtf8(await request.http.body());
  if (type === applyPatch) return serverSideApply(server, request, parseConfig(text));
  const patch = readPatch(type, text);
  const live = server.core.objects.get(request.resource, request.namespace, request.name);
  if (live === undefined) throw notFound(request.resource, request.name);
  const patched = patchJson(request.kind, type, showAs(request.kind, live), patch);
  const { object, warnings } = checkPatched(request, patched, type === strategicPatch ? patch : undefined);
  placeObject(request, object);
  const wanted = asObject(readAs(request.kind, object));
  const written = writeObject(server, request, wanted, updateObject, writeOptions(request));
  return respond(200, renderObject(server, request, written.object, form), [
    ...warnings,
    ...written.warnings,
  ]);
}

/** A body that is no stored object (a Scale), patched by the request. Throws ApiError. */
export async function patchedBody(
  request: ResourceRequest,
  kind: GroupVersionKind,
  live: JsonObject,
): Promise<JsonObject> {
  const type = patchType(request);
  if (type === applyPatch) throw notImplemented(`server-side apply of ${kind.kind}`);
  const text = decodeUtf8(await request.http.body());
  return patchJson(kind, type, live, readPatch(type, text));
}

function readPatch(type: string, text: string): Json {
  return parsePatch(text, type === mergePatch ? 'error decoding patch: ' : '');
}

function patchType(request: ResourceRequest): string {
  const type = mediaType(request.http.headers['content-type']);
  const all = [jsonPatch, mergePatch, strategicPatch, applyPatch];
  const known = request.entry.custom === undefined ? all : all.filter((one) => one !== strategicPatch);
  if (!known.includes(type)) throw unsupportedMediaType(known);
  return type;
}

/** What a patch must not make of an object is blamed on the patch: shown whole, as Go prints it. */
function checkPatched(
  request: ResourceRequest,
  patched: JsonObject,
  strategic: Json | undefined,
): CheckedBody {
  try {
    return checkStrictly(request.kind, patched, request.http.query);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const words = error.message.replace(/^.*? cannot be handled as a \w+: /, '');
    const shown = strategic === undefined ? JSON.stringify(patched) : showSpentPatch(strategic);
    const why = strategic === undefined ? words : conversionWords(words);
    throw invalid({ group: '', version: '', kind: '' }, '', [invalidValue('patch', shown, why)]);
  }
}

function patchJson(kind: GroupVersionKind, type: string, live: JsonObject, patch: Json): JsonObject {
  try {
    if (type === jsonPatch) {
      if (!Array.isArray(patch)) throw undecodable(patch, '[]handlers.jsonPatchOp', type);
      return applyJsonPatch(live, patch);
    }
    if (!isObject(patch)) throw undecodable(patch, 'map[string]interface {}', type);
    if (type === strategicPatch) return applyStrategicPatch(kind, live, patch);
    const merged = applyMergePatch(live, patch);
    if (!isObject(merged)) throw badRequest('the patch must give an object');
    return merged;
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    if (error.reason === 'malformed') throw badRequest(error.message);
    if (error.reason === 'contradictory') throw new ApiError(500, '', error.message);
    const message = 'the server rejected our request due to an error in our request';
    throw new ApiError(422, 'Invalid', message, {});
  }
}

function undecodable(patch: Json, wanted: string, type: string): ApiError {
  const kind = Array.isArray(patch) ? 'array' : typeof patch;
  const context = type === strategicPatch ? '' : 'error decoding patch: ';
  return badRequest(`${context}json: cannot unmarshal ${kind} into Go value of type ${wanted}`);
}

function serverSideApply(server: ApiServer, request: ResourceRequest, body: Json): HttpResponse {
  const { resource, namespace, name, kind, http } = request;
  if (isView(kind))
    throw notImplemented(`server-side apply of ${kind.kind} as ${kind.group}/${kind.version}`);
  if (!isObject(body)) throw badRequest('the apply configuration must be an object');
  if ((http.query.get('fieldManager') ?? '') === '') {
    throw invalidOptions('PatchOptions', [required('fieldManager', 'is required for apply patch')]);
  }
  const { object: config, warnings } = checkStrictly(kind, body, http.query);
  placeObject(request, config);
  config['metadata'] = { ...(isObject(config['metadata']) ? config['metadata'] : {}), name };
  if (namespace !== undefined && isObject(config['metadata'])) config['metadata']['namespace'] = namespace;
  refuseDuplicates(request, config);
  const live = server.core.objects.get(resource, namespace, name);
  const applied = applyConfig(server, request, live, asObject(config));
  const options: WriteOptions = { ...writeOptions(request), managed: true };
  const write = live === undefined ? createObject : updateObject;
  const written = writeObject(server, request, applied, write, options);
  const status = live === undefined ? 201 : 200;
  return respond(status, renderObject(server, request, written.object, readForm(http)), [
    ...warnings,
    ...written.warnings,
  ]);
}

function refuseDuplicates({ kind, namespace, name }: ResourceRequest, config: JsonObject): void {
  const found = findDuplicates(kind, config);
  if (found === undefined) return;
  const what = `${namespace ?? ''}/${name}; ${kind.group}/${kind.version}, Kind=${kind.kind}`;
  throw new ApiError(500, '', `failed to create typed patch object (${what}): ${found}`);
}

function applyConfig(
  server: ApiServer,
  request: ResourceRequest,
  live: KubeObject | undefined,
  config: KubeObject,
): KubeObject {
  const { kind, subresource, http } = request;
  const result = applyServerSide({
    kind,
    ...(live === undefined ? {} : { live: copyObject(live) }),
    config,
    manager: managerOf(request),
    force: readFlag(http.query, 'force'),
    time: timestamp(server.core.clock.now()),
    ...(subresource === undefined ? {} : { subresource: subresource.name }),
  });
  if ('object' in result) return result.object;
  throw applyConflict(result.conflicts);
}

interface Conflict {
  readonly manager: string;
  readonly field: string;
  readonly message: string;
}

function applyConflict(conflicts: readonly Conflict[]): ApiError {
  const [first] = conflicts;
  const message =
    first !== undefined && conflicts.length === 1
      ? `Apply failed with 1 conflict: ${first.message}: ${first.field}`
      : `Apply failed with ${conflicts.length} conflicts: ${groupConflicts(conflicts).join('\n')}`;
  return new ApiError(409, 'Conflict', message, {
    causes: conflicts.map(({ field, message: words }) => ({
      reason: 'FieldManagerConflict',
      message: words,
      field,
    })),
  });
}

function groupConflicts(conflicts: readonly Conflict[]): string[] {
  const groups = [...Map.groupBy(conflicts, ({ message }) => message)].sort(([left], [right]) =>
    left < right ? -1 : 1,
  );
  return groups.map(([message, fields]) =>
    [`${message.replace('conflict ', 'conflicts ')}:`, ...fields.map(({ field }) => `- ${field}`)].join('\n'),
  );
}
