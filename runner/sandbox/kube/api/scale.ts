/** The scale subresource of what keeps a number of pods: one number in a shape of its own. */
import type { HttpResponse } from '../../http/http.ts';
import { badRequest, invalid, notFound } from '../errors.ts';
import type { CustomKind } from '../custom/custom.ts';
import type { GroupVersionKind, Json, JsonObject, KubeObject } from '../kube.ts';
import {
  asJson,
  childObject,
  copyObject,
  readMap,
  readNumber,
  readObject,
  readPath,
  readText,
} from '../objects/fields.ts';
import { updateObject } from '../objects/write-object.ts';
import { invalidValue } from '../validation/problems.ts';
import { patchedBody } from './patch-object.ts';
import { checkBody, readBody } from './read-body.ts';
import type { ResourceRequest } from './request.ts';
import { respond } from './respond.ts';
import type { ApiServer } from './server.ts';
import { managerOf, maybeDry } from './write-objects.ts';

const scaleKind: GroupVersionKind = { group: 'autoscaling', version: 'v1', kind: 'Scale' };

/** GET, PUT and PATCH of `/scale`. Throws ApiError. */
export async function serveScale(server: ApiServer, request: ResourceRequest): Promise<HttpResponse> {
  const { resource, namespace, name, http } = request;
  const held = server.core.objects.get(resource, namespace, name);
  if (held === undefined) throw notFound(resource, name);
  if (request.verb === 'get') return respond(200, scaleOf(request, held));
  const wanted =
    request.verb === 'patch'
      ? await patchedBody(request, scaleKind, scaleOf(request, held))
      : await readBody(http);
  if (wanted === undefined) throw badRequest('the request body is empty');
  const { object } = checkBody(scaleKind, wanted, http.query);
  return respond(200, scaleOf(request, writeScale(server, request, held, object)));
}

function writeScale(
  server: ApiServer,
  request: ResourceRequest,
  held: KubeObject,
  scale: JsonObject,
): KubeObject {
  const replicas = readNumber(scale, 'spec', 'replicas') ?? 0;
  if (replicas < 0) {
    const problem = invalidValue('spec.replicas', replicas, 'must be greater than or equal to 0');
    throw invalid(scaleKind, held.metadata.name, [problem]);
  }
  const scaled = copyObject(held);
  const { custom } = request.entry;
  if (custom === undefined) scaled.spec = { ...scaled.spec, replicas };
  else writeAt(asJson(scaled), pathIn(custom, 'specReplicasPath'), replicas);
  const version = readText(scale, 'metadata', 'resourceVersion');
  scaled.metadata.resourceVersion = version;
  const options = { manager: managerOf(request), subresource: 'scale' } as const;
  return maybeDry(server, request, () => updateObject(server.core, request.resource, scaled, options));
}

/** The field names of one of a custom resource's scale paths. */
function pathIn({ scale }: CustomKind, name: string): string[] {
  return readText(scale, name)
    .split('.')
    .filter((part) => part !== '');
}

function writeAt(object: JsonObject, path: readonly string[], value: Json): void {
  const parent = path.slice(0, -1).reduce((current, name) => childObject(current, name), object);
  parent[path.at(-1) ?? ''] = value;
}

function scaleOf({ entry: { custom } }: ResourceRequest, object: KubeObject): JsonObject {
  const source = asJson(object);
  if (custom !== undefined) return customScale(custom, object);
  const selector = object.kind === 'ReplicationController' ? ['selector'] : ['selector', 'matchLabels'];
  const labels = readMap(source, 'spec', ...selector);
  return {
    kind: scaleKind.kind,
    apiVersion: 'autoscaling/v1',
    metadata: scaleMetadata(object),
    spec: { replicas: readNumber(source, 'spec', 'replicas') ?? 0 },
    status: {
      replicas: readNumber(readObject(source, 'status'), 'replicas') ?? 0,
      selector: Object.entries(labels)
        .map(([key, value]) => `${key}=${value}`)
        .sort()
        .join(','),
    },
  };
}

function scaleMetadata({ metadata }: KubeObject): JsonObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  return { name, namespace, uid, resourceVersion, creationTimestamp };
}

function customScale(custom: CustomKind, object: KubeObject): JsonObject {
  const at = (name: string): Json | undefined => readPath(asJson(object), ...pathIn(custom, name));
  const selector = readText(custom.scale, 'labelSelectorPath') === '' ? undefined : at('labelSelectorPath');
  return {
    kind: scaleKind.kind,
    apiVersion: 'autoscaling/v1',
    metadata: scaleMetadata(object),
    spec: { replicas: at('specReplicasPath') ?? 0 },
    status: {
      replicas: at('statusReplicasPath') ?? 0,
      ...(selector === undefined ? {} : { selector }),
    },
  };
}
