/** Which pod's change made a Service's addresses change, and when (endpointslice/util/trigger_time_tracker.go). */
import type { KubeObject } from '../../kube.ts';
import type { Key } from '../controller.ts';
import { condition, keyOf } from '../objects.ts';
import { parseStamp, stamp } from '../times.ts';

const TRIGGER_TIME = 'endpoints.kubernetes.io/last-change-trigger-time';

/** When each pod of a Service, by its name, last became ready or unready. */
type PodTimes = ReadonlyMap<string, number>;

/** What was seen of each Service at its last sync. */
export interface TriggerTimes {
  /** When the earliest change since the last call happened; a Service's first is its creation. */
  next(service: KubeObject, pods: readonly KubeObject[]): number | undefined;
  forget(service: Key): void;
}

export function trackTriggerTimes(): TriggerTimes {
  const seen = new Map<Key, PodTimes>();
  return {
    next: (service, pods) => {
      const key = keyOf(service);
      const before = seen.get(key);
      const times = readTimes(pods);
      seen.set(key, times);
      if (before === undefined) return parseStamp(service.metadata.creationTimestamp);
      const changed = [...times].filter(([name, time]) => time > (before.get(name) ?? 0));
      return changed.length === 0 ? undefined : Math.min(...changed.map(([, time]) => time));
    },
    forget: (service) => seen.delete(service),
  };
}

function readTimes(pods: readonly KubeObject[]): PodTimes {
  return new Map(
    pods.flatMap((pod): [string, number][] => {
      const ready = condition(pod, 'Ready');
      return ready === undefined ? [] : [[pod.metadata.name, parseStamp(ready['lastTransitionTime'])]];
    }),
  );
}

/** The annotations with the time of the trigger, or without one when no pod's change was it. */
export function withTriggerTime(
  annotations: Readonly<Record<string, string>> | undefined,
  time: number | undefined,
): { annotations?: Record<string, string> } {
  const next = { ...annotations };
  if (time === undefined) delete next[TRIGGER_TIME];
  else next[TRIGGER_TIME] = stamp(time);
  return Object.keys(next).length === 0 ? {} : { annotations: next };
}
