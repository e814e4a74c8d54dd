/**
 * Keeps as many pods as a ReplicaSet wants, or a ReplicationController, which is the same with another selector. Follows
 * k8s.io/kubernetes pkg/controller/replicaset, texts included.
 */
import type { ApiStatus, JsonObject, KubeObject, ResourceName } from '../../kube.ts';
import type { Again, Context, Controller, Key } from '../controller.ts';
import { integer, record, same, textMap } from '../fields.ts';
import { condition, getByKey, isActive, isAvailable, isBeingDeleted, isReady, keyOf } from '../objects.ts';
import { claimPods, keysOfPod } from '../pods/claim-pods.ts';
import { createInBatches } from '../pods/create-in-batches.ts';
import { createPod, deletePod, draftPod } from '../pods/create-pod.ts';
import { attempt } from '../refusals.ts';
import { PODS, REPLICATION_CONTROLLERS, REPLICA_SETS, isResource } from '../resources.ts';
import { matchesLabels } from '../selectors.ts';
import { stamp } from '../times.ts';
import { podsToDelete } from './deletion-order.ts';

const MANAGER = 'kube-controller-manager';

interface ReplicatingKind {
  readonly kind: string;
  readonly resource: ResourceName;
  /** The controller's own name, and what its events come from. */
  readonly name: string;
  readonly component: string;
}

export function replicaSetController(context: Context): Controller {
  const component = 'replicaset-controller';
  return replicatingController(context, {
    kind: 'ReplicaSet',
    resource: REPLICA_SETS,
    name: 'replicaset',
    component,
  });
}

export function replicationController(context: Context): Controller {
  const component = 'replication-controller';
  return replicatingController(context, {
    kind: 'ReplicationController',
    resource: REPLICATION_CONTROLLERS,
    name: 'replicationcontroller',
    component,
  });
}

function replicatingController(context: Context, of: ReplicatingKind): Controller {
  const { cluster } = context;
  return {
    name: of.name,
    initial: () => cluster.list(of.resource).map((set) => keyOf(set)),
    keys: ({ resource, object }) => {
      if (isResource(resource, of.resource)) return [keyOf(object)];
      return isResource(resource, PODS) ? keysOfPod(context, object, of.kind, of.resource) : [];
    },
    sync: (key, again) => syncSet(context, of, key, again),
  };
}

function syncSet(context: Context, of: ReplicatingKind, key: Key, again: Again): void {
  const { cluster } = context;
  const set = getByKey(cluster, of.resource, key);
  if (set === undefined) return;
  const pods = claimPods(context, set, isActive);
  const failure = isBeingDeleted(set) ? undefined : attempt(() => manageReplicas(context, of, set, pods));
  const active = claimPods(context, set, isActive);
  writeStatus(context, of, set, active, failure?.status);
  const minReady = integer(set.spec?.['minReadySeconds'], 0) * 1000 * context.options.speed;
  if (minReady > 0 && active.some((pod) => isReady(pod) && !isAvailable(context.cluster, pod, minReady)))
    again(minReady);
  if (failure !== undefined) throw failure;
}

function manageReplicas(
  context: Context,
  { component }: ReplicatingKind,
  set: KubeObject,
  active: readonly KubeObject[],
): void {
  const wanted = integer(set.spec?.['replicas'], 1);
  const draft = (): KubeObject => draftPod(set, set.spec?.['template']);
  createInBatches(wanted - active.length, () => createPod(context, set, draft(), component));
  for (const pod of podsToDelete(active, Math.max(0, active.length - wanted)))
    deletePod(context, set, pod, component);
}

function writeStatus(
  context: Context,
  of: ReplicatingKind,
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
    ...count('availableReplicas', (pod) => isAvailable(context.cluster, pod, minReady)),
    observedGeneration: set.metadata.generation,
    ...(conditions.length > 0 ? { conditions } : {}),
  };
  const { terminatingReplicas: _, ...before } = record(set.status);
  if (!same(before, status)) cluster.updateStatus(of.resource, { ...set, status }, MANAGER);
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
