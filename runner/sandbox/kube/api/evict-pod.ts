/** Evictions: deletions that a PodDisruptionBudget may refuse (pkg/registry/core/pod/storage/eviction.go). */
import type { HttpResponse } from '../../http/http.ts';
import { ApiError, notFound } from '../errors.ts';
import type { JsonObject, KubeObject, ResourceName } from '../kube.ts';
import { deleteObject } from '../objects/delete-object.ts';
import {
  asJson,
  copyObject,
  readMap,
  readNumber,
  readObject,
  readObjects,
  readPath,
  readText,
  timestamp,
} from '../objects/fields.ts';
import { updateObject } from '../objects/write-object.ts';
import { selects } from '../validation/label-selector.ts';
import { readBody } from './read-body.ts';
import type { ResourceRequest } from './request.ts';
import { respond } from './respond.ts';
import type { ApiServer } from './server.ts';
import { managerOf, maybeDry } from './write-objects.ts';

const budgets: ResourceName = { group: 'policy', version: 'v1', resource: 'poddisruptionbudgets' };

/** POST of an Eviction. Throws ApiError 429 where a budget has nothing to spare. */
export async function evictPod(server: ApiServer, request: ResourceRequest): Promise<HttpResponse> {
  const { resource, namespace, name, http } = request;
  const body = (await readBody(http)) ?? {};
  const seconds = readNumber(body, 'deleteOptions', 'gracePeriodSeconds');
  const options = seconds === undefined ? {} : { graceSeconds: seconds };
  maybeDry(server, request, () =>
    server.core.objects.transaction(() => {
      const pod = server.core.objects.get(resource, namespace, name);
      if (pod === undefined) throw notFound(resource, name);
      if (!isPastBudgets(pod)) spend(server, pod);
      markTarget(server, request, pod);
      return deleteObject(server.core, { resource, namespace, name }, options).object;
    }),
  );
  return respond(201, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 });
}

function isPastBudgets(pod: KubeObject): boolean {
  const phase = readText(asJson(pod), 'status', 'phase');
  return ['Succeeded', 'Failed', 'Pending'].includes(phase) || pod.metadata.deletionTimestamp !== undefined;
}

/** Takes one disruption from the pod's budget. */
function spend(server: ApiServer, pod: KubeObject): void {
  const labels = readMap(asJson(pod), 'metadata', 'labels');
  const [budget, ...more] = server.core.objects
    .list(budgets, pod.metadata.namespace)
    .filter((candidate) => selects(readPath(asJson(candidate), 'spec', 'selector'), labels));
  if (budget === undefined) return;
  if (more.length > 0) {
    const words =
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
    throw new ApiError(500, '', words);
  }
  const spec = readObject(asJson(budget), 'spec');
  const status = readObject(asJson(budget), 'status');
  const healthy = readNumber(status, 'currentHealthy') ?? 0;
  const desired = readNumber(status, 'desiredHealthy') ?? 0;
  const isFree =
    readText(spec, 'unhealthyPodEvictionPolicy') === 'AlwaysAllow' || (healthy >= desired && desired > 0);
  if (!isReady(pod) && isFree) return;
  const { name, generation = 0 } = budget.metadata;
  if ((readNumber(status, 'observedGeneration') ?? 0) < generation)
    throw refuse(`The disruption budget ${name} is still being processed by the server.`, 10);
  const allowed = readNumber(status, 'disruptionsAllowed') ?? 0;
  if (allowed === 0)
    throw refuse(
      `The disruption budget ${name} needs ${desired} healthy pods and has ${healthy} currently`,
      0,
    );
  const spent = copyObject(budget);
  spent.status = { ...spent.status, disruptionsAllowed: allowed - 1 };
  updateObject(server.core, budgets, spent, { manager: 'kube-apiserver', subresource: 'status' });
}

function isReady(pod: KubeObject): boolean {
  return readObjects(asJson(pod), 'status', 'conditions').some(
    ({ type, status }) => type === 'Ready' && status === 'True',
  );
}

function refuse(message: string, retryAfterSeconds: number): ApiError {
  const words = "Cannot evict pod as it would violate the pod's disruption budget.";
  const causes = [{ reason: 'DisruptionBudget', message }];
  const details: JsonObject = retryAfterSeconds === 0 ? { causes } : { causes, retryAfterSeconds };
  return new ApiError(429, 'TooManyRequests', words, details);
}

/** The pod says why it goes. */
function markTarget(server: ApiServer, request: ResourceRequest, pod: KubeObject): void {
  const target: JsonObject = {
    type: 'DisruptionTarget',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: timestamp(server.core.clock.now()),
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  };
  const marked = copyObject(pod);
  const others = readObjects(asJson(pod), 'status', 'conditions').filter(
    ({ type }) => type !== target['type'],
  );
  marked.status = { ...marked.status, conditions: [...others, target] };
  updateObject(server.core, request.resource, marked, { manager: managerOf(request), subresource: 'status' });
}
