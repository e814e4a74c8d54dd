/** Changes the size of ReplicaSets and says so (sync.go). */
import type { KubeObject } from '../../kube.ts';
import { REPLICA_SETS } from '../resources.ts';
import { isBeingDeleted } from '../objects.ts';
import { integer } from '../fields.ts';
import {
  DESIRED_REPLICAS,
  MANAGER,
  MAX_REPLICAS,
  byAge,
  replicasOf,
  revisionOf,
  sizesOf,
  statusCount,
  type DeploymentView,
} from './deployment-view.ts';
import type { ReplicaSets } from './new-replica-set.ts';
import { proportionalReplicas, type Resize } from './rollout-arithmetic.ts';

export const isUsed = (set: KubeObject): boolean => replicasOf(set) > 0;

/** Changes the size, if it is another. Returns the set as it now is. */
export function scaleSet(view: DeploymentView, set: KubeObject, replicas: number): KubeObject {
  return replicasOf(set) === replicas ? set : writeSize(view, set, replicas);
}

/** Writes the size and its annotations; reports a change of size. */
function writeSize(view: DeploymentView, set: KubeObject, replicas: number): KubeObject {
  const before = replicasOf(set);
  const { limits } = view;
  const wanted = {
    [DESIRED_REPLICAS]: String(limits.replicas),
    [MAX_REPLICAS]: String(limits.replicas + limits.maxSurge),
  };
  const annotations = { ...set.metadata.annotations, ...wanted };
  const annotated = Object.entries(wanted).every(([key, value]) => set.metadata.annotations?.[key] === value);
  if (before === replicas && annotated) return set;
  const written = view.context.cluster.update(
    REPLICA_SETS,
    { ...set, metadata: { ...set.metadata, annotations }, spec: { ...set.spec, replicas } },
    MANAGER,
  );
  if (before !== replicas) {
    const direction = before < replicas ? 'up' : 'down';
    const message = `Scaled ${direction} replica set ${set.metadata.name} from ${before} to ${replicas}`;
    view.report('Normal', 'ScalingReplicaSet', message);
  }
  return written;
}

/** Applies the steps in order. Returns all `sets`, current. */
export function resizeSets(
  view: DeploymentView,
  sets: readonly KubeObject[],
  steps: readonly Resize[],
): KubeObject[] {
  const current = new Map(sets.map((set) => [set.metadata.name, set]));
  for (const { name, replicas } of steps) {
    const set = current.get(name);
    if (set !== undefined) current.set(name, scaleSet(view, set, replicas));
  }
  return [...current.values()];
}

/** `spec.replicas` changed, or the Deployment is paused: sizes follow, but nothing is rolled out. */
export function scale(view: DeploymentView, { newSet, old }: ReplicaSets): void {
  const { limits } = view;
  const all = newSet === undefined ? [...old] : [...old, newSet];
  const single = activeOrLatest(newSet, old);
  if (single !== undefined) {
    if (replicasOf(single) !== limits.replicas) scaleSet(view, single, limits.replicas);
    return;
  }
  if (newSet !== undefined && isSaturated(view, newSet)) {
    for (const set of old.filter(isUsed)) scaleSet(view, set, 0);
    return;
  }
  if (view.strategy === 'Recreate') return;
  const active = all.filter(isUsed);
  const steps = proportionalReplicas(limits, sizesOf(active), integer(view.status['replicas'], 0));
  for (const { name, replicas } of steps) {
    const set = active.find(({ metadata }) => metadata.name === name);
    if (set !== undefined) writeSize(view, set, replicas);
  }
}

/** The only set in use, or the newest if none is; undefined in the middle of a rollout. */
function activeOrLatest(newSet: KubeObject | undefined, old: readonly KubeObject[]): KubeObject | undefined {
  const all = newSet === undefined ? [...old] : [newSet, ...old];
  const active = all.filter(isUsed);
  if (active.length === 0) return newSet ?? byAge(old).at(-1);
  return active.length === 1 ? active[0] : undefined;
}

function isSaturated(view: DeploymentView, set: KubeObject): boolean {
  const { replicas } = view.limits;
  return (
    replicasOf(set) === replicas &&
    Number(set.metadata.annotations?.[DESIRED_REPLICAS]) === replicas &&
    statusCount(set, 'availableReplicas') === replicas
  );
}

/** Deletes the oldest unused sets beyond the revision history limit. */
export function cleanUp(view: DeploymentView, old: readonly KubeObject[]): void {
  const limit = integer(view.spec['revisionHistoryLimit'], 2_147_483_647);
  const alive = old.filter((set) => !isBeingDeleted(set));
  const byRevision = alive.toSorted((one, other) => revisionOf(one) - revisionOf(other));
  for (const set of byRevision.slice(0, Math.max(0, alive.length - limit))) {
    const settled = statusCount(set, 'observedGeneration') >= (set.metadata.generation ?? 0);
    if (isUsed(set) || statusCount(set, 'replicas') > 0 || !settled) continue;
    view.context.cluster.delete(REPLICA_SETS, set.metadata.namespace, set.metadata.name);
  }
}
