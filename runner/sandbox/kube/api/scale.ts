/** The scale subresource of what keeps a number of pods: one number in a shape of its own. */
import type { HttpResponse } from '../../http/http.ts';
import { badRequest, invalid, notFound } from '../errors.ts';
import type { GroupVersionKind, JsonObject, KubeObject } from '../kube.ts';
import { asJson, copyObject, readMap, readNumber, readObject, readText } from '../objects/fields.ts';
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
  if (request.verb === 'get') return respond(200, scaleOf(held));
  const wanted =
    request.verb === 'patch' ? await patchedBody(request, scaleKind, scaleOf(held)) : await readBody(http);
  if (wanted === undefined) throw badRequest('the request body is empty');
  const { object } = checkBody(scaleKind, wanted, http.query);
  return respond(200, scaleOf(writeScale(server, request, held, object)));
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
  scaled.spec = { ...scaled.spec, replicas };
  const version = readText(scale, 'metadata', 'resourceVersion');
  scaled.metadata.resourceVersion = version;
  const options = { manager: managerOf(request), subresource: 'scale' } as const;
  return maybeDry(server, request, () => updateObject(server.core, request.resource, scaled, options));
}

function scaleOf(object: KubeObject): JsonObject {
  const source = asJson(object);
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const selector = object.kind === 'ReplicationController' ? ['selector'] : ['selector', 'matchLabels'];
  const labels = readMap(source, 'spec', ...selector);
  return {
    kind: scaleKind.kind,
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
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
