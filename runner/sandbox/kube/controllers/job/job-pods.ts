/** The pods of a Job: how they are made, by index where the Job is Indexed, and which of them have ended. */
import type { JsonObject, KubeObject } from '../../kube.ts';
import type { Context } from '../controller.ts';
import { integer, records, text } from '../fields.ts';
import { isBeingDeleted } from '../objects.ts';
import { draftPod, withSpec } from '../pods/create-pod.ts';
import { PODS } from '../resources.ts';

export const MANAGER = 'kube-controller-manager';
export const COMPONENT = 'job-controller';
const TRACKING = 'batch.kubernetes.io/job-tracking';
const INDEX = 'batch.kubernetes.io/job-completion-index';

/** Whether the Job's pods are numbered. */
export function isIndexed(job: KubeObject): boolean {
  return job.spec?.['completionMode'] === 'Indexed';
}

/** A pod of the Job, with its index where it is Indexed. */
export function draftJobPod(job: KubeObject, index: number | undefined): KubeObject {
  const { name } = job.metadata;
  const generateName = index === undefined ? `${name}-` : `${name}-${index}-`;
  const draft = draftPod(job, job.spec?.['template'], generateName);
  const tracked = { ...draft, metadata: { ...draft.metadata, finalizers: [TRACKING] } };
  if (index === undefined) return tracked;
  const { metadata } = tracked;
  const mark = { [INDEX]: String(index) };
  const labels = { ...metadata.labels, ...mark };
  const annotations = { ...metadata.annotations, ...mark };
  const indexed = { ...tracked, metadata: { ...metadata, labels, annotations } };
  const containers = records(draft.spec?.['containers']).map(withIndex);
  return withSpec(indexed, { hostname: `${name}-${index}`, containers });
}

function withIndex(container: JsonObject): JsonObject {
  const variable = {
    name: 'JOB_COMPLETION_INDEX',
    valueFrom: { fieldRef: { fieldPath: `metadata.labels['${INDEX}']` } },
  };
  return { ...container, env: [...records(container['env']), variable] };
}

/** The pod's index; undefined where it has none. */
export function indexOf(pod: KubeObject): number | undefined {
  const mark = pod.metadata.annotations?.[INDEX];
  return mark === undefined ? undefined : Number(mark);
}

/** Whether the pod has not been counted yet: its Job holds it until then. */
export function isTracked(pod: KubeObject): boolean {
  return pod.metadata.finalizers?.includes(TRACKING) ?? false;
}

/** Lets go of a pod that was counted, or whose Job is gone. */
export function untrack({ cluster }: Context, pod: KubeObject): void {
  const held = cluster.get(PODS, pod.metadata.namespace, pod.metadata.name);
  if (held === undefined || held.metadata.uid !== pod.metadata.uid || !isTracked(held)) return;
  const { finalizers = [], ...metadata } = held.metadata;
  const left = finalizers.filter((finalizer) => finalizer !== TRACKING);
  const kept = left.length === 0 ? metadata : { ...metadata, finalizers: left };
  cluster.update(PODS, { ...held, metadata: kept }, MANAGER);
}

/** `Succeeded`, `Failed`, or undefined while it may still run. */
export function endOf(pod: KubeObject): 'Succeeded' | 'Failed' | undefined {
  const phase = text(pod.status?.['phase']);
  return phase === 'Succeeded' || phase === 'Failed' ? phase : undefined;
}

/** Neither ended nor on its way out. */
export function isRunning(pod: KubeObject): boolean {
  return endOf(pod) === undefined && !isBeingDeleted(pod);
}

/** Restarts of all containers, which count as failures where pods restart on failure. */
export function restartsOf(pods: readonly KubeObject[]): number {
  return pods
    .flatMap(({ status }) => [
      ...records(status?.['initContainerStatuses']),
      ...records(status?.['containerStatuses']),
    ])
    .reduce((sum, status) => sum + integer(status['restartCount'], 0), 0);
}
