/** The pods of a DaemonSet: one for a node, bound to it by affinity, that few things keep away (daemonset_util.go). */
import type { JsonObject, KubeObject } from '../../kube.ts';
import { record, records, text, texts } from '../fields.ts';
import { draftPod, withSpec } from '../pods/create-pod.ts';
import { misfits } from '../scheduler/fit.ts';

export const HASH_LABEL = 'controller-revision-hash';
const GENERATION = 'deprecated.daemonset.template.generation';
const TOLERATED: readonly (readonly [string, string])[] = [
  ['not-ready', 'NoExecute'],
  ['unreachable', 'NoExecute'],
  ['disk-pressure', 'NoSchedule'],
  ['memory-pressure', 'NoSchedule'],
  ['pid-pressure', 'NoSchedule'],
  ['unschedulable', 'NoSchedule'],
];

/** The pod for that node. */
export function draftDaemonPod(set: KubeObject, node: string, hash: string): KubeObject {
  const draft = draftPod(set, set.spec?.['template']);
  const generation = set.metadata.annotations?.[GENERATION] ?? '1';
  const labels = { ...draft.metadata.labels, [HASH_LABEL]: hash, 'pod-template-generation': generation };
  const labelled = { ...draft, metadata: { ...draft.metadata, labels } };
  return withSpec(labelled, {
    affinity: boundTo(record(draft.spec?.['affinity']), node),
    tolerations: tolerations(records(draft.spec?.['tolerations']), draft.spec?.['hostNetwork'] === true),
  });
}

function boundTo(affinity: JsonObject, node: string): JsonObject {
  const matchFields = [{ key: 'metadata.name', operator: 'In', values: [node] }];
  const required = { nodeSelectorTerms: [{ matchFields }] };
  const nodeAffinity = record(affinity['nodeAffinity']);
  return {
    ...affinity,
    nodeAffinity: { ...nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: required },
  };
}

function tolerations(held: readonly JsonObject[], isOnHost: boolean): JsonObject[] {
  const wanted = isOnHost ? [...TOLERATED, ['network-unavailable', 'NoSchedule'] as const] : TOLERATED;
  const made = wanted.map(([name, effect]) => ({
    key: `node.kubernetes.io/${name}`,
    operator: 'Exists',
    effect,
  }));
  const isHeld = ({ key, effect }: JsonObject): boolean =>
    held.some((toleration) => toleration['key'] === key && toleration['effect'] === effect);
  return [...held, ...made.filter((toleration) => !isHeld(toleration))];
}

/** Whether the set wants a pod on that node; room plays no part. */
export function wantsNode(set: KubeObject, node: KubeObject): boolean {
  const draft = draftDaemonPod(set, node.metadata.name, '');
  const template = record(record(set.spec?.['template'])['spec']);
  const unbound = withSpec(draft, { affinity: template['affinity'] });
  return misfits(unbound, node).length === 0;
}

/** The node that the pod is for, also before it is placed. */
export function nodeOf(pod: KubeObject): string {
  const placed = text(pod.spec?.['nodeName']);
  if (placed !== undefined) return placed;
  const affinity = record(record(pod.spec?.['affinity'])['nodeAffinity']);
  const required = record(affinity['requiredDuringSchedulingIgnoredDuringExecution']);
  const [term = {}] = records(required['nodeSelectorTerms']);
  const [field = {}] = records(term['matchFields']);
  return texts(field['values'])[0] ?? '';
}
