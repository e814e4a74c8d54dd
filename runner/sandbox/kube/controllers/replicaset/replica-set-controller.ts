/** Keeps as many pods as a ReplicaSet wants. Follows k8s.io/kubernetes pkg/controller/replicaset, texts included. */
import type { ApiStatus, KubeObject, JsonObject } from '../../kube.ts';
import type { Again, Context, Controller, Key } from '../controller.ts';
import { integer, record, same, textMap } from '../fields.ts';
import {
  condition,
  controllerOf,
  controllerReference,
  getByKey,
  isActive,
  isBeingDeleted,
  isControlledBy,
  isReady,
  keyOf,
} from '../objects.ts';
import { PODS, REPLICA_SETS, isResource } from '../resources.ts';
import { matchesLabels, matchesSelector } from '../selectors.ts';
import { parseStamp, stamp } from '../times.ts';
import { attempt, refusalOf, report } from '../refusals.ts';
import { podsToDelete } from './deletion-order.ts';

const MANAGER = 'kube-controller-manager';
const COMPONENT = 'replicaset-controller';
const RETRY_MS = 50;

export function replicaSetController(context: Context): Controller {
  const { cluster } = context;
  return {
    name: 'replicaset',
    initial: () => cluster.list(REPLICA_SETS).map((set) => keyOf(set)),
    keys: ({ resource, object }) => {
      if (isResource(resource, REPLICA_SETS)) return [keyOf(object)];
      return isResource(resource, PODS) ? keysOfPod(context, object) : [];
    },
    sync: (key, again) => syncReplicaSet(context, key, again),
  };
}

function keysOfPod({ cluster }: Context, pod: KubeObject): Key[] {
  const { namespace } = pod.metadata;
  const owner = controllerOf(pod);
  if (owner !== undefined) return owner.kind === 'ReplicaSet' ? [`${namespace}/${owner.name}`] : [];
  return cluster
    .list(REPLICA_SETS, namespace)
    .filter((set) => matchesSelector(set.spec?.['selector'], pod.metadata.labels))
    .map((set) => keyOf(set));
}

function syncReplicaSet(context: Context, key: Key, again: Again): void {
  const { cluster } = context;
  const set = getByKey(cluster, REPLICA_SETS, key);
  if (set === undefined) return;
  const pods = claimPods(context, set);
  const failure = isBeingDeleted(set) ? undefined : attempt(() => manageReplicas(context, set, pods));
  const active = claimPods(context, set);
  writeStatus(context, set, active, failure);
  const minReady = integer(set.spec?.['minReadySeconds'], 0) * 1000 * context.options.speed;
  if (minReady > 0 && active.some((pod) => isReady(pod) && !isAvailable(context, pod, minReady)))
    again(minReady);
  if (failure !== undefined) again(RETRY_MS);
}

/** The set's active pods: orphans that match are adopted, own pods that no longer match are released. */
function claimPods({ cluster }: Context, set: KubeObject): KubeObject[] {
  const claimed: KubeObject[] = [];
  for (const pod of cluster.list(PODS, set.metadata.namespace)) {
    if (!isActive(pod)) continue;
    const matches = matchesSelector(set.spec?.['selector'], pod.metadata.labels);
    const owners = pod.metadata.ownerReferences ?? [];
    if (isControlledBy(pod, set)) {
      if (matches) claimed.push(pod);
      else {
        const left = owners.filter(({ uid }) => uid !== set.metadata.uid);
        cluster.update(PODS, { ...pod, metadata: { ...pod.metadata, ownerReferences: left } }, MANAGER);
      }
    } else if (matches && controllerOf(pod) === undefined && !isBeingDeleted(set)) {
      const ownerReferences = [...owners, controllerReference(set)];
      claimed.push(cluster.update(PODS, { ...pod, metadata: { ...pod.metadata, ownerReferences } }, MANAGER));
    }
  }
  return claimed;
}

function manageReplicas(context: Context, set: KubeObject, active: readonly KubeObject[]): void {
  const wanted = integer(set.spec?.['replicas'], 1);
  for (let missing = wanted - active.length; missing > 0; missing -= 1) createPod(context, set);
  for (const pod of podsToDelete(active, Math.max(0, active.length - wanted))) {
    const { namespace, name } = pod.metadata;
    context.cluster.delete(PODS, namespace, name);
    tell(context, set, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`);
  }
}

function createPod(context: Context, set: KubeObject): void {
  const { metadata, spec } = record(set.spec?.['template']);
  const { namespace } = set.metadata;
  const annotations = textMap(record(metadata)['annotations']);
  const pod: KubeObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: '',
      generateName: `${set.metadata.name}-`,
      ...(namespace === undefined ? {} : { namespace }),
      labels: textMap(record(metadata)['labels']),
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
      ownerReferences: [controllerReference(set)],
    },
    spec: record(spec),
  };
  try {
    const created = context.cluster.create(PODS, pod, MANAGER);
    tell(context, set, 'Normal', 'SuccessfulCreate', `Created pod: ${created.metadata.name}`);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal !== undefined && !isTerminating(refusal))
      tell(context, set, 'Warning', 'FailedCreate', `Error creating: ${refusal.message}`);
    throw error;
  }
}

/** The namespace is going away: not worth an event. */
function isTerminating({ message }: ApiStatus): boolean {
  return message.includes('because it is being terminated');
}

function isAvailable({ cluster }: Context, pod: KubeObject, minReadyMs: number): boolean {
  if (!isReady(pod)) return false;
  return (
    minReadyMs === 0 ||
    parseStamp(condition(pod, 'Ready')?.['lastTransitionTime']) + minReadyMs <= cluster.clock.now()
  );
}

function writeStatus(
  context: Context,
  set: KubeObject,
  active: readonly KubeObject[],
  failure: ApiStatus | undefined,
): void {
  const { cluster, options } = context;
  const labels = textMap(record(record(set.spec?.['template'])['metadata'])['labels']);
  const minReady = integer(set.spec?.['minReadySeconds'], 0) * 1000 * options.speed;
  const conditions = failureConditions(context, set, active.length, failure);
  const count = (name: string, test: (pod: KubeObject) => boolean): JsonObject => {
    const found = active.filter((pod) => test(pod)).length;
    return found > 0 ? { [name]: found } : {};
  };
  const status: JsonObject = {
    replicas: active.length,
    ...count('fullyLabeledReplicas', (pod) => matchesLabels(labels, pod.metadata.labels)),
    ...count('readyReplicas', (pod) => isReady(pod)),
    ...count('availableReplicas', (pod) => isAvailable(context, pod, minReady)),
    observedGeneration: set.metadata.generation,
    ...(conditions.length > 0 ? { conditions } : {}),
  };
  const { terminatingReplicas: _, ...before } = record(set.status);
  if (!same(before, status)) cluster.updateStatus(REPLICA_SETS, { ...set, status }, MANAGER);
}

function failureConditions(
  { cluster }: Context,
  set: KubeObject,
  active: number,
  failure: ApiStatus | undefined,
): JsonObject[] {
  if (failure === undefined) return [];
  const known = condition(set, 'ReplicaFailure');
  if (known !== undefined) return [known as JsonObject];
  return [
    {
      type: 'ReplicaFailure',
      status: 'True',
      lastTransitionTime: stamp(cluster.clock.now()),
      reason: active < integer(set.spec?.['replicas'], 1) ? 'FailedCreate' : 'FailedDelete',
      message: failure.message,
    },
  ];
}

function tell(
  { cluster }: Context,
  set: KubeObject,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
): void {
  report(cluster, set, { type, reason, message, component: COMPONENT });
}
