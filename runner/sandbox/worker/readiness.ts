/** How far an applied object is: the rules of kstatus (sigs.k8s.io/cli-utils), by which the original worker waits. */
import type { Manifest } from './worker.ts';

/** As the original's messages name it; only `Current` is ready. */
export type Status = 'Current' | 'InProgress' | 'Failed' | 'Terminating' | 'NotFound';

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
}

/** What the rules ask an object for. */
interface View {
  number(path: string, otherwise: number): number;
  text(path: string): string;
  condition(type: string): Condition | undefined;
  isTrue(type: string): boolean;
}

/** The status of what the API server has for an object. */
export function statusOf(live: Manifest | undefined): Status {
  if (live === undefined) return 'NotFound';
  const view = viewOf(live);
  if (view.text('metadata.deletionTimestamp') !== '') return 'Terminating';
  const generation = view.number('metadata.generation', 0);
  if (view.number('status.observedGeneration', generation) !== generation) return 'InProgress';
  if (view.isTrue('Reconciling')) return 'InProgress';
  if (view.isTrue('Stalled')) return 'Failed';
  const group = live.apiVersion.includes('/') ? `${live.apiVersion.split('/')[0]}/` : '';
  const rule = RULES[group + live.kind] ?? ready;
  const status = rule(view);
  return typeof status === 'string' ? status : status ? 'Current' : 'InProgress';
}

/** True is ready, false still on the way. */
type Rule = (view: View) => boolean | 'Failed';

const RULES: Readonly<Record<string, Rule>> = {
  Service: (view) => view.text('spec.type') !== 'LoadBalancer' || view.text('spec.clusterIP') !== '',
  Pod: pod,
  PersistentVolumeClaim: (view) => view.text('status.phase') === 'Bound',
  Secret: () => true,
  ConfigMap: () => true,
  'apps/Deployment': deployment,
  'apps/ReplicaSet': replicaSet,
  'apps/StatefulSet': statefulSet,
  'apps/DaemonSet': daemonSet,
  'policy/PodDisruptionBudget': () => true,
  'batch/CronJob': () => true,
  'batch/Job': (view) =>
    view.isTrue('Complete') || (view.isTrue('Failed') ? 'Failed' : view.text('status.startTime') !== ''),
  'apiextensions.k8s.io/CustomResourceDefinition': (view) => view.isTrue('Established'),
};

/** For all other types: `Ready`, if there is such a condition. */
function ready(view: View): boolean {
  return !['False', 'Unknown'].includes(view.condition('Ready')?.status ?? '');
}

function pod(view: View): boolean {
  const phase = view.text('status.phase');
  return phase === 'Succeeded' || phase === 'Failed' || (phase === 'Running' && view.isTrue('Ready'));
}

function deployment(view: View): boolean | 'Failed' {
  const progressing = view.condition('Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') return 'Failed';
  const hasNoDeadline = view.number('spec.progressDeadlineSeconds', 2 ** 31 - 1) === 2 ** 31 - 1;
  const { replicas, updated, available, isComplete } = counts(view);
  return (
    isComplete &&
    updated >= replicas &&
    available >= updated &&
    (hasNoDeadline || (view.isTrue('Progressing') && progressing?.reason === 'NewReplicaSetAvailable')) &&
    view.isTrue('Available')
  );
}

function replicaSet(view: View): boolean {
  const { replicas, available, isComplete } = counts(view);
  const labelled = view.number('status.fullyLabeledReplicas', 0);
  return !view.isTrue('ReplicaFailure') && isComplete && labelled >= replicas && available >= replicas;
}

function statefulSet(view: View): boolean {
  if (view.text('spec.updateStrategy.type') === 'OnDelete') return true;
  const { replicas, updated, isComplete } = counts(view);
  const partition = view.number('spec.updateStrategy.rollingUpdate.partition', -1);
  if (partition !== -1) return isComplete && updated >= replicas - partition;
  const isOneRevision = view.text('status.currentRevision') === view.text('status.updateRevision');
  return isComplete && view.number('status.currentReplicas', 0) >= replicas && isOneRevision;
}

function daemonSet(view: View): boolean {
  const desired = view.number('status.desiredNumberScheduled', Infinity);
  const parts = ['currentNumberScheduled', 'updatedNumberScheduled', 'numberAvailable', 'numberReady'];
  const isSeen = view.number('status.observedGeneration', -1) !== -1;
  return isSeen && parts.every((part) => view.number(`status.${part}`, 0) >= desired);
}

interface Counts {
  readonly replicas: number;
  readonly updated: number;
  readonly available: number;
  /** As many pods as wanted, all of them ready, and none too many. */
  readonly isComplete: boolean;
}

function counts(view: View): Counts {
  const replicas = view.number('spec.replicas', 1);
  const isReady = view.number('status.readyReplicas', 0) >= replicas;
  return {
    replicas,
    updated: view.number('status.updatedReplicas', 0),
    available: view.number('status.availableReplicas', 0),
    isComplete: isReady && view.number('status.replicas', 0) === replicas,
  };
}

function viewOf(live: Manifest): View {
  const at = (path: string): unknown => path.split('.').reduce<unknown>(fieldOf, live);
  const conditions = at('status.conditions');
  const condition = (type: string): Condition | undefined =>
    (Array.isArray(conditions) ? (conditions as readonly Condition[]) : []).find((one) => one.type === type);
  return {
    number: (path, otherwise) => {
      const value = at(path);
      return typeof value === 'number' ? value : otherwise;
    },
    text: (path) => {
      const value = at(path);
      return typeof value === 'string' ? value : '';
    },
    condition,
    isTrue: (type) => condition(type)?.status === 'True',
  };
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
