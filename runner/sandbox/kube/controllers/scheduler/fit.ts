/** Whether a pod fits a node, and what the scheduler says if it does not (scheduler plugins noderesources, nodeaffinity, tainttoleration). */
import type { JsonObject, KubeObject } from '../../kube.ts';
import { record, records, text, textMap, texts } from '../fields.ts';
import { amount } from '../quantities.ts';
import { matchesExpression, matchesLabels } from '../selectors.ts';

/** Whether preempting other pods could help: they, and not the node, are in the way. */
export function couldPreempt(pod: KubeObject, node: KubeObject): boolean {
  return misfits(pod, node).length === 0;
}

/** Why `pod` cannot run on `node`, whose other pods are `placed`. Empty: it can. */
export function misfits(pod: KubeObject, node: KubeObject, placed: readonly KubeObject[] = []): string[] {
  const cordoned = node.spec?.['unschedulable'] === true && !tolerates(pod, UNSCHEDULABLE);
  if (cordoned) return ['node(s) were unschedulable'];
  const taint = records(node.spec?.['taints']).find(
    (candidate) =>
      ['NoSchedule', 'NoExecute'].includes(text(candidate['effect']) ?? '') && !tolerates(pod, candidate),
  );
  if (taint !== undefined) return ['node(s) had untolerated taint(s)'];
  if (!matchesNode(pod, node)) return ["node(s) didn't match Pod's node affinity/selector"];
  return insufficient(pod, node, placed);
}

/** The message of FailedScheduling and of the PodScheduled condition. */
export function unschedulableMessage(reasons: readonly (readonly string[])[], resolvable: boolean): string {
  const nodes = reasons.length;
  const counts = new Map<string, number>();
  for (const reason of reasons.flat()) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const list = [...counts].map(([reason, count]) => `${count} ${reason}`).toSorted();
  const head = `0/${nodes} nodes are available: ${list.join(', ')}.`;
  if (nodes === 0) return 'no nodes available to schedule pods';
  const why = resolvable
    ? 'No preemption victims found for incoming pod.'
    : 'Preemption is not helpful for scheduling.';
  return `${head} no new claims to deallocate, preemption: 0/${nodes} nodes are available: ${nodes} ${why}`;
}

const UNSCHEDULABLE: JsonObject = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

function tolerates(pod: KubeObject, taint: JsonObject): boolean {
  return records(pod.spec?.['tolerations']).some((toleration) => {
    const { key, operator, value, effect } = toleration;
    if (effect !== undefined && effect !== '' && effect !== taint['effect']) return false;
    if (key !== undefined && key !== '' && key !== taint['key']) return false;
    return operator === 'Exists' || (value ?? '') === (taint['value'] ?? '');
  });
}

function matchesNode(pod: KubeObject, node: KubeObject): boolean {
  const labels = node.metadata.labels ?? {};
  if (!matchesLabels(textMap(pod.spec?.['nodeSelector']), labels)) return false;
  const affinity = record(record(pod.spec?.['affinity'])['nodeAffinity']);
  const required = affinity['requiredDuringSchedulingIgnoredDuringExecution'];
  if (required === undefined) return true;
  const name = { 'metadata.name': node.metadata.name };
  return records(record(required)['nodeSelectorTerms']).some(
    (term) => meets(term['matchExpressions'], labels) && meets(term['matchFields'], name),
  );
}

function meets(requirements: unknown, held: Readonly<Record<string, string>>): boolean {
  return records(requirements).every(({ key, operator, values }) =>
    matchesExpression(held[text(key) ?? ''], text(operator) ?? '', texts(values)),
  );
}

const COUNTED = ['cpu', 'memory', 'ephemeral-storage'] as const;

function insufficient(pod: KubeObject, node: KubeObject, placed: readonly KubeObject[]): string[] {
  const allocatable = record(node.status?.['allocatable']);
  const reasons: string[] = [];
  if (placed.length + 1 > amount(allocatable['pods'])) reasons.push('Too many pods');
  for (const resource of COUNTED) {
    const wanted = requested(pod, resource);
    if (wanted === 0) continue;
    const used = placed.reduce((sum, other) => sum + requested(other, resource), 0);
    if (used + wanted > amount(allocatable[resource]) + 1e-9) reasons.push(`Insufficient ${resource}`);
  }
  return reasons;
}

/** The sum over containers, or the largest init container if that is more. */
function requested(pod: KubeObject, resource: string): number {
  const request = (container: JsonObject): number => {
    const { requests, limits } = record(container['resources']);
    return amount(record(requests)[resource] ?? record(limits)[resource]);
  };
  const main = records(pod.spec?.['containers']).reduce((sum, container) => sum + request(container), 0);
  const init = records(pod.spec?.['initContainers']).map((container) => request(container));
  return Math.max(main, ...init);
}
