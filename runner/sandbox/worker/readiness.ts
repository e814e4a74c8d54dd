/** When an applied object counts as ready: the rules of kstatus (sigs.k8s.io/cli-utils) for the kinds that units hold. */
import type { Manifest } from './worker.ts';

/** Undefined when ready, else what is waited for. */
export function describeUnready(live: Manifest | undefined): string | undefined {
  if (live === undefined) return 'not found';
  if (number(live, 'metadata', 'generation') > number(live, 'status', 'observedGeneration', Infinity)) {
    return 'generation not observed';
  }
  switch (live.kind) {
    case 'Deployment':
      return deployment(live);
    case 'ReplicaSet':
    case 'StatefulSet':
      return counts(live, ['replicas', 'readyReplicas']);
    case 'DaemonSet':
      return field(live, 'status', 'numberReady') === field(live, 'status', 'desiredNumberScheduled')
        ? undefined
        : 'not all pods ready';
    case 'Namespace':
      return field(live, 'status', 'phase') === 'Active' ? undefined : 'not active';
    case 'Pod':
      return field(live, 'status', 'phase') === 'Running' || field(live, 'status', 'phase') === 'Succeeded'
        ? undefined
        : 'not running';
    default:
      return undefined;
  }
}

function deployment(live: Manifest): string | undefined {
  const wanted = number(live, 'spec', 'replicas', 1);
  if (number(live, 'status', 'updatedReplicas') < wanted)
    return `updated: ${number(live, 'status', 'updatedReplicas')}/${wanted}`;
  if (number(live, 'status', 'replicas') > wanted) return 'old replicas pending termination';
  if (number(live, 'status', 'availableReplicas') < wanted)
    return `available: ${number(live, 'status', 'availableReplicas')}/${wanted}`;
  return counts(live, ['readyReplicas']);
}

function counts(live: Manifest, names: readonly string[]): string | undefined {
  const wanted = number(live, 'spec', 'replicas', 1);
  const short = names.find((name) => number(live, 'status', name) < wanted);
  return short === undefined ? undefined : `${short}: ${number(live, 'status', short)}/${wanted}`;
}

function number(live: Manifest, part: string, name: string, otherwise = 0): number {
  const value = field(live, part, name);
  return typeof value === 'number' ? value : otherwise;
}

function field(live: Manifest, part: string, name: string): unknown {
  const holder = live[part];
  return typeof holder === 'object' && holder !== null
    ? (holder as Record<string, unknown>)[name]
    : undefined;
}
