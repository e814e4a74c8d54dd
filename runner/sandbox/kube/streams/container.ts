/** Which container a stream leads to, and what its kubelet says where that does not run. */
import { chooseContainer } from '../api/pod-log.ts';
import type { ResourceRequest } from '../api/request.ts';
import type { ApiServer } from '../api/server.ts';
import { badRequest, notFound } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { asJson, readObject, readObjects, readText } from '../objects/fields.ts';

/** A container that a request names. */
export interface NamedContainer {
  readonly pod: JsonObject;
  readonly namespace: string;
  /** The pod's name. */
  readonly podName: string;
  readonly container: string;
  readonly isRunning: boolean;
}

/** The pod of a request, which has a node. Throws ApiError (registry/core/pod, streamLocation). */
export function findPod(server: ApiServer, request: ResourceRequest): JsonObject {
  const { resource, namespace = '', name } = request;
  const pod = server.core.objects.get(resource, namespace, name);
  if (pod === undefined) throw notFound(resource, name);
  return asJson(pod);
}

/** Throws ApiError where a pod has no node yet. */
export function requireNode(pod: JsonObject): void {
  if (readText(pod, 'spec', 'nodeName') !== '') return;
  throw badRequest(`pod ${readText(pod, 'metadata', 'name')} does not have a host assigned`);
}

/** The container that a request names, or the only one. Throws ApiError. */
export function findContainer(server: ApiServer, request: ResourceRequest): NamedContainer {
  const pod = findPod(server, request);
  const container = chooseContainer(pod, request.http.query.get('container') ?? '');
  requireNode(pod);
  const status = [
    ...readObjects(pod, 'status', 'containerStatuses'),
    ...readObjects(pod, 'status', 'initContainerStatuses'),
  ].find((candidate) => readText(candidate, 'name') === container);
  const isRunning = readObject(status, 'state')['running'] !== undefined;
  return { pod, namespace: request.namespace ?? '', podName: request.name, container, isRunning };
}
