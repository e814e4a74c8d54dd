/** Recording events as client-go's two recorders do: what happens again counts up instead of piling up. */
import { trackUpdate } from '../fields/track-update.ts';
import type { GroupVersionKind, JsonObject, KubeObject } from '../kube.ts';
import type { Core } from './core.ts';
import type { EventCorrelator, NewEvent, Observation } from './event-correlator.ts';
import { viewEvent } from './event-names.ts';
import { asJson, asObject, copyObject, readNumber, timestamp } from './fields.ts';
import { events, namespaces } from './resources.ts';
import { createObject, updateObject } from './write-object.ts';

const newKind: GroupVersionKind = { group: 'events.k8s.io', version: 'v1', kind: 'Event' };

/** The programs behind the components; all others are loops of the controller manager. */
const programs: Readonly<Record<string, string>> = {
  kubelet: 'kubelet',
  'default-scheduler': 'kube-scheduler',
};

/** Creates the event or counts it up. An event in a namespace that is going or gone is dropped. */
export function recordEvent(
  core: Core,
  correlator: EventCorrelator,
  about: KubeObject,
  event: NewEvent,
): void {
  const home = core.objects.get(namespaces, undefined, namespaceOf(about));
  if (home === undefined || home.metadata.deletionTimestamp !== undefined) return;
  if (event.action === undefined) recordCounted(core, correlator, about, event);
  else recordTimed(core, correlator, about, event, event.action);
}

/** How client-go's older recorder reports: by whole seconds, with a source, counted in the event itself. */
function recordCounted(core: Core, correlator: EventCorrelator, about: KubeObject, event: NewEvent): void {
  const seen = correlator.observe(about, event, nameEvent(core, about));
  if (seen === undefined) return;
  const { message, count } = seen;
  const held = core.objects.get(events, namespaceOf(about), seen.name);
  if (held === undefined) {
    write(core, draftEvent(about, { ...event, message }, seen.name, countedFields(core, event, seen)), event);
    return;
  }
  const counted = copyObject(held);
  Object.assign(counted, { count, message, lastTimestamp: timestamp(core.clock.now()) });
  write(core, counted, event, held);
}

/** How the newer one reports, through `events.k8s.io/v1`: to the microsecond, with an action, counted in a series. */
function recordTimed(
  core: Core,
  correlator: EventCorrelator,
  about: KubeObject,
  event: NewEvent,
  action: string,
): void {
  const name = correlator.nameTimed(about, event, nameEvent(core, about));
  const held = core.objects.get(events, namespaceOf(about), name);
  if (held === undefined) {
    write(core, draftEvent(about, event, name, timedFields(core, event, action)), event);
    return;
  }
  const counted = copyObject(held);
  const count = (readNumber(asJson(held), 'series', 'count') ?? 1) + 1;
  Object.assign(counted, { series: { count, lastObservedTime: microTime(core) } });
  write(core, counted, event, held);
}

/** An event about an object of the cluster lives in `default`. */
function namespaceOf({ metadata }: KubeObject): string {
  return metadata.namespace ?? 'default';
}

function draftEvent(about: KubeObject, event: NewEvent, name: string, fields: JsonObject): KubeObject {
  return asObject({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace: namespaceOf(about) },
    involvedObject: involvedObject(about, event),
    reason: event.reason,
    message: event.message,
    type: event.type,
    ...fields,
  });
}

function countedFields({ clock }: Core, { component, host }: NewEvent, seen: Observation): JsonObject {
  return {
    source: { component, ...(host === undefined ? {} : { host }) },
    reportingComponent: seen.combined ? '' : component,
    reportingInstance: seen.combined ? '' : (host ?? ''),
    count: seen.count,
    firstTimestamp: timestamp(seen.firstAt),
    lastTimestamp: timestamp(clock.now()),
    eventTime: null,
  };
}

function timedFields(core: Core, { component, host = component }: NewEvent, action: string): JsonObject {
  return {
    source: {},
    reportingComponent: component,
    reportingInstance: host,
    action,
    firstTimestamp: null,
    lastTimestamp: null,
    eventTime: microTime(core),
  };
}

/** Stores it, tracked under the names of the API that the component reports through. */
function write(core: Core, object: KubeObject, event: NewEvent, before?: KubeObject): void {
  const manager = programs[event.component] ?? 'kube-controller-manager';
  const view = (held: KubeObject): KubeObject =>
    event.action === undefined ? held : asObject(viewEvent(asJson(held)));
  object.metadata.managedFields = trackUpdate({
    kind: event.action === undefined ? { group: '', version: 'v1', kind: 'Event' } : newKind,
    ...(before === undefined ? {} : { before: withoutNulls(view(before)) }),
    after: withoutNulls(view(object)),
    manager,
    time: timestamp(core.clock.now()),
  });
  const options = { manager, managed: true };
  if (before === undefined) createObject(core, events, object, options);
  else updateObject(core, events, object, options);
}

/** A null time is one that nobody set, and so nobody owns it. */
function withoutNulls(object: KubeObject): KubeObject {
  return asObject(Object.fromEntries(Object.entries(asJson(object)).filter(([, value]) => value !== null)));
}

function microTime({ clock }: Core): string {
  return new Date(clock.now()).toISOString().replace('Z', '000Z');
}

/** The time as client-go puts it into an event's name, so that events sort by age; the store's version tells ties apart. */
function nameEvent({ clock, objects }: Core, about: KubeObject): string {
  const nanoseconds = BigInt(clock.now()) * 1_000_000n + BigInt(objects.version() % 1_000_000);
  return `${about.metadata.name}.${nanoseconds.toString(16)}`;
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
