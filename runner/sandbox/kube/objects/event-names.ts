/** The fields of an event in `events.k8s.io/v1`, which renames those of the core group (pkg/apis/events/v1/conversion.go). */
import type { JsonObject } from '../kube.ts';

const newNames: Readonly<Record<string, string>> = {
  involvedObject: 'regarding',
  message: 'note',
  reportingComponent: 'reportingController',
  source: 'deprecatedSource',
  firstTimestamp: 'deprecatedFirstTimestamp',
  lastTimestamp: 'deprecatedLastTimestamp',
  count: 'deprecatedCount',
};

const coreNames = new Map(Object.entries(newNames).map(([core, name]) => [name, core]));

/** A core event under the newer names. */
export function viewEvent(event: JsonObject): JsonObject {
  const renamed = Object.entries(event).map(([name, value]) => [newNames[name] ?? name, value] as const);
  return { ...Object.fromEntries(renamed), apiVersion: 'events.k8s.io/v1' };
}

/** The core group's path of a field that is named as in `events.k8s.io/v1`; undefined for what only the core group knows. */
export function coreEventField(field: string): string | undefined {
  const [first = '', ...rest] = field.split('.');
  if (newNames[first] !== undefined) return undefined;
  return [coreNames.get(first) ?? first, ...rest].join('.');
}
