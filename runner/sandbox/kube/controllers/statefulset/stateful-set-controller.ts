/** Keeps the numbered pods of StatefulSets (pkg/controller/statefulset): pods in order, revisions, claims, status. */
import type { JsonObject, KubeObject } from '../../kube.ts';
import type { Again, Context, Controller, Key } from '../controller.ts';
import { integer, record, same, text } from '../fields.ts';
import { getByKey, isAvailable, isBeingDeleted, isReady, keyOf } from '../objects.ts';
import { claimPods, keysOfPod } from '../pods/claim-pods.ts';
import { attempt } from '../refusals.ts';
import { PODS, STATEFUL_SETS, isResource } from '../resources.ts';
import { listRevisions, saveRevision, trimRevisions } from '../revisions.ts';
import { revisionOf, stepSet, type SetView } from './ordered-update.ts';
import { ordinalOf } from './stateful-pod.ts';

const MANAGER = 'kube-controller-manager';
const HASH_LABEL = 'controller.kubernetes.io/hash';

export function statefulSetController(context: Context): Controller {
  const { cluster } = context;
  return {
    name: 'statefulset',
    initial: () => cluster.list(STATEFUL_SETS).map((set) => keyOf(set)),
    keys: ({ resource, object }) => {
      if (isResource(resource, STATEFUL_SETS)) return [keyOf(object)];
      return isResource(resource, PODS) ? keysOfPod(context, object, 'StatefulSet', STATEFUL_SETS) : [];
    },
    sync: (key, again) => syncSet(context, key, again),
  };
}

function syncSet(context: Context, key: Key, again: Again): void {
  const set = getByKey(context.cluster, STATEFUL_SETS, key);
  if (set === undefined) return;
  const view = viewSet(context, set);
  const failure = isBeingDeleted(set) ? undefined : attempt(() => stepSet(view));
  const after = { ...view, pods: members(context, set) };
  writeStatus(after);
  trim(after);
  const unripe = after.pods.some(
    (pod) => isReady(pod) && !isAvailable(context.cluster, pod, view.minReadyMs),
  );
  if (unripe) again(view.minReadyMs);
  if (failure !== undefined) throw failure;
}

function viewSet(context: Context, set: KubeObject): SetView {
  const { cluster, options } = context;
  const revisions = listRevisions(cluster, set);
  const update = saveRevision(cluster, set, revisions, HASH_LABEL);
  const name = text(set.status?.['currentRevision']);
  const current = revisions.find((revision) => revision.metadata.name === name) ?? update;
  const minReadyMs = integer(set.spec?.['minReadySeconds'], 0) * 1000 * options.speed;
  return { context, set, pods: members(context, set), current, update, minReadyMs };
}

function members(context: Context, set: KubeObject): KubeObject[] {
  return claimPods(context, set, (pod) => ordinalOf(set, pod) !== undefined);
}

function writeStatus(view: SetView): void {
  const { context, set, pods, current, update, minReadyMs } = view;
  const { cluster } = context;
  const isOf =
    ({ metadata }: KubeObject) =>
    (pod: KubeObject): boolean =>
      !isBeingDeleted(pod) && revisionOf(pod) === metadata.name;
  const count = (test: (pod: KubeObject) => boolean): number => pods.filter((pod) => test(pod)).length;
  const counted = {
    ready: count(isReady),
    current: count(isOf(current)),
    updated: count(isOf(update)),
  };
  const rolling = record(set.spec?.['updateStrategy'])['type'] === 'RollingUpdate';
  const isRolledOut = rolling && counted.updated === pods.length && counted.ready === pods.length;
  const status: JsonObject = {
    observedGeneration: set.metadata.generation,
    replicas: pods.length,
    ...omitZero('readyReplicas', counted.ready),
    ...omitZero('currentReplicas', isRolledOut ? counted.updated : counted.current),
    ...omitZero('updatedReplicas', counted.updated),
    currentRevision: isRolledOut ? update.metadata.name : current.metadata.name,
    updateRevision: update.metadata.name,
    collisionCount: 0,
    availableReplicas: count((pod) => isAvailable(cluster, pod, minReadyMs)),
  };
  if (!same(set.status, status)) cluster.updateStatus(STATEFUL_SETS, { ...set, status }, MANAGER);
}

function omitZero(field: string, count: number): JsonObject {
  return count > 0 ? { [field]: count } : {};
}

function trim({ context, set, pods, current, update }: SetView): void {
  const used = new Set([current.metadata.name, update.metadata.name, ...pods.map((pod) => revisionOf(pod))]);
  trimRevisions(context.cluster, set, ({ metadata }) => used.has(metadata.name));
}
