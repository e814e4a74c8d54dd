/** `events.k8s.io/v1` shows the same stored events as the core group, with newer names for their fields. */
import { notImplemented } from '../errors.ts';
import type { GroupVersionKind, JsonObject, KubeObject } from '../kube.ts';
import { asJson } from '../objects/fields.ts';
import { events } from '../objects/resources.ts';
import { viewEvent } from '../objects/event-names.ts';
import type { ResourceRequest } from './request.ts';

const group = 'events.k8s.io';

/** The request as one for the stored events, which keeps its own kind. Only reading and deleting go through the view. */
export function readThroughView(request: ResourceRequest): ResourceRequest {
  if (request.resource.group !== group) return request;
  if (['create', 'update', 'patch'].includes(request.verb)) {
    throw notImplemented(`${request.verb} of events.${group} (write core events instead)`);
  }
  return { ...request, resource: events };
}

/** A stored object as the requested kind shows it. */
export function showAs(kind: GroupVersionKind, object: KubeObject): JsonObject {
  return kind.group === group ? viewEvent(asJson(object)) : asJson(object);
}
