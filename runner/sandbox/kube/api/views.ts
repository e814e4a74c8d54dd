/** Kinds that are served under another name than they are stored: the same objects, with other names for their fields. */
import { notImplemented } from '../errors.ts';
import type { GroupVersionKind, JsonObject, KubeObject, ResourceName } from '../kube.ts';
import { readAutoscaler, viewAutoscaler } from '../objects/autoscaler-versions.ts';
import { viewEvent } from '../objects/event-names.ts';
import { asJson } from '../objects/fields.ts';
import { events, joinGroupVersion } from '../objects/resources.ts';
import type { ResourceRequest } from './request.ts';

interface View {
  readonly stored: ResourceName;
  show(object: JsonObject): JsonObject;
  /** The stored form of what a client writes; absent where only reading and deleting go through the view. */
  readonly read?: (object: JsonObject) => JsonObject;
}

const autoscalers = { group: 'autoscaling', version: 'v2', resource: 'horizontalpodautoscalers' };

/** By `group/version/Kind`. */
const views: Readonly<Record<string, View>> = {
  'events.k8s.io/v1/Event': { stored: events, show: viewEvent },
  'autoscaling/v1/HorizontalPodAutoscaler': {
    stored: autoscalers,
    show: viewAutoscaler,
    read: readAutoscaler,
  },
};

function viewOf({ group, version, kind }: GroupVersionKind): View | undefined {
  return views[`${group}/${version}/${kind}`];
}

/** The request as one for the stored objects, which keeps its own kind. Throws ApiError 501. */
export function readThroughView(request: ResourceRequest): ResourceRequest {
  const view = viewOf(request.kind);
  if (view === undefined) return request;
  const { resource, group } = request.resource;
  if (view.read === undefined && ['create', 'update', 'patch'].includes(request.verb)) {
    throw notImplemented(`${request.verb} of ${resource}.${group} (write core events instead)`);
  }
  return { ...request, resource: view.stored };
}

/** A stored object as the requested kind shows it. */
export function showAs(kind: GroupVersionKind, object: KubeObject): JsonObject {
  const shown = viewOf(kind)?.show(asJson(object));
  if (shown !== undefined) return shown;
  const apiVersion = joinGroupVersion(kind);
  return object.apiVersion === apiVersion ? asJson(object) : { ...asJson(object), apiVersion };
}

/** What a client wrote of that kind, as it is stored. */
export function readAs(kind: GroupVersionKind, object: JsonObject): JsonObject {
  return viewOf(kind)?.read?.(object) ?? object;
}

/** Whether objects of that kind are stored under another. Server-side apply does not go through a view. */
export function isView(kind: GroupVersionKind): boolean {
  return viewOf(kind) !== undefined;
}
