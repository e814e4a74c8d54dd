/** Recording events as client-go does: the same thing about the same object counts up instead of piling up. */
import type { Cluster, JsonObject, KubeObject } from '../kube.ts';
import type { Core } from './core.ts';
import { asJson, asObject, copyObject, readNumber, readObject, readText, timestamp } from './fields.ts';
import { events, namespaces } from './resources.ts';
import { createObject, updateObject } from './write-object.ts';

export type NewEvent = Parameters<Cluster['event']>[1];

/** Creates the event or counts it up. An event in a namespace that is going or gone is dropped. */
export function recordEvent(core: Core, about: KubeObject, event: NewEvent): void {
  const namespace = about.metadata.namespace ?? 'default';
  const home = core.objects.get(namespaces, undefined, namespace);
  if (home === undefined || home.metadata.deletionTimestamp !== undefined) return;
  const time = timestamp(core.clock.now());
  const same = core.objects.list(events, namespace).find((held) => isSame(asJson(held), about, event));
  if (same === undefined) {
    createEvent(core, namespace, about, event, time);
    return;
  }
  const counted = copyObject(same);
  Object.assign(counted, { count: (readNumber(asJson(same), 'count') ?? 1) + 1, lastTimestamp: time });
  updateObject(core, events, counted, { manager: event.component });
}

function createEvent(core: Core, namespace: string, about: KubeObject, event: NewEvent, time: string): void {
  const name = `${about.metadata.name}.${nanoseconds(core)}`;
  const object: JsonObject = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace },
    involvedObject: involvedObject(about, event),
    reason: event.reason,
    message: event.message,
    type: event.type,
    source: { component: event.component },
    reportingComponent: event.component,
    reportingInstance: '',
    count: 1,
    firstTimestamp: time,
    lastTimestamp: time,
    eventTime: null,
  };
  createObject(core, events, asObject(object), { manager: event.component });
}

/** The time as client-go puts it into an event's name, so that events sort by age; the store's version tells ties apart. */
function nanoseconds({ clock, objects }: Core): string {
  return (BigInt(clock.now()) * 1_000_000n + BigInt(objects.version() % 1_000_000)).toString(16);
}

function involvedObject(about: KubeObject, event: NewEvent): JsonObject {
  const { namespace, name, uid, resourceVersion } = about.metadata;
  return {
    apiVersion: about.apiVersion,
    kind: about.kind,
    ...(namespace === undefined ? {} : { namespace }),
    name,
    ...(uid === undefined ? {} : { uid }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
    ...(event.fieldPath === undefined ? {} : { fieldPath: event.fieldPath }),
  };
}

function isSame(held: JsonObject, about: KubeObject, event: NewEvent): boolean {
  const involved = readObject(held, 'involvedObject');
  return (
    readText(involved, 'uid') === (about.metadata.uid ?? '') &&
    readText(involved, 'name') === about.metadata.name &&
    readText(involved, 'fieldPath') === (event.fieldPath ?? '') &&
    readText(held, 'reason') === event.reason &&
    readText(held, 'message') === event.message &&
    readText(held, 'type') === event.type &&
    readText(held, 'source', 'component') === event.component
  );
}
