/** Which pods go first when a ReplicaSet shrinks: the order of k8s.io/kubernetes pkg/controller (ActivePodsWithRanks). */
import type { KubeObject } from '../../kube.ts';
import { integer, records, text } from '../fields.ts';
import { condition, isReady } from '../objects.ts';
import { parseStamp } from '../times.ts';

const PHASES: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

/** The `count` pods to delete, the most dispensable first. */
export function podsToDelete(pods: readonly KubeObject[], count: number): KubeObject[] {
  const ranks = colocation(pods);
  const questions: readonly ((pod: KubeObject) => number)[] = [
    (pod) => (text(pod.spec?.['nodeName']) === undefined ? 0 : 1),
    (pod) => PHASES[text(pod.status?.['phase']) ?? 'Pending'] ?? 0,
    (pod) => (isReady(pod) ? 1 : 0),
    (pod) => Number(pod.metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost'] ?? 0),
    (pod) => -(ranks.get(text(pod.spec?.['nodeName']) ?? '') ?? 0),
    (pod) => -readySince(pod),
    (pod) => -mostRestarts(pod),
    (pod) => -parseStamp(pod.metadata.creationTimestamp),
  ];
  return pods
    .toSorted((one, other) => {
      for (const question of questions) {
        const difference = question(one) - question(other);
        if (difference !== 0) return difference;
      }
      return one.metadata.name < other.metadata.name ? -1 : 1;
    })
    .slice(0, count);
}

/** Ready pods per node: a pod among many is worth less. */
function colocation(pods: readonly KubeObject[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const pod of pods) {
    const node = text(pod.spec?.['nodeName']);
    if (node !== undefined && isReady(pod)) counts.set(node, (counts.get(node) ?? 0) + 1);
  }
  return counts;
}

function readySince(pod: KubeObject): number {
  return isReady(pod) ? parseStamp(condition(pod, 'Ready')?.['lastTransitionTime']) : 0;
}

function mostRestarts(pod: KubeObject): number {
  return Math.max(
    0,
    ...records(pod.status?.['containerStatuses']).map((status) => integer(status['restartCount'], 0)),
  );
}
