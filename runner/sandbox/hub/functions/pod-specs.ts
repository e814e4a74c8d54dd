/** Where the built-in workloads keep their pods and containers. */
import type { ConfigDocument } from './nodes.ts';
import { resourceInfo } from './resource.ts';
import { Failures } from './failure.ts';

const POD_SPECS: Readonly<Record<string, string>> = {
  'apps/v1/Deployment': 'spec.template.spec',
  'apps/v1/ReplicaSet': 'spec.template.spec',
  'apps/v1/DaemonSet': 'spec.template.spec',
  'apps/v1/StatefulSet': 'spec.template.spec',
  'batch/v1/Job': 'spec.template.spec',
  'batch/v1/CronJob': 'spec.jobTemplate.spec.template.spec',
  'v1/Pod': 'spec',
};

/** The keys of a pod spec under which containers are listed. */
export const CONTAINER_LISTS: readonly string[] = ['containers', 'initContainers', 'ephemeralContainers'];

/** The path of the resource's pod spec, or undefined if it has none. */
export function podSpecPath(doc: ConfigDocument): readonly string[] | undefined {
  const types: string[] = [];
  new Failures().attempt(() => types.push(resourceInfo(doc).ResourceType));
  return POD_SPECS[types[0] ?? '']?.split('.');
}

/** The paths of the lists in which containers may be. */
export function containerLists(doc: ConfigDocument): string[][] {
  const pod = podSpecPath(doc);
  return pod === undefined ? [] : CONTAINER_LISTS.map((list) => [...pod, list]);
}
