/**
 * Rolls Deployments out through ReplicaSets. Follows k8s.io/kubernetes pkg/controller/deployment, so that revisions,
 * conditions, events and the order of steps are those of a real cluster.
 */
import type { KubeObject } from '../../kube.ts';
import type { Again, Context, Controller, Key } from '../controller.ts';
import {
  controllerOf,
  controllerReference,
  getByKey,
  isActive,
  isBeingDeleted,
  isControlledBy,
  keyOf,
} from '../objects.ts';
import { DEPLOYMENTS, PODS, REPLICA_SETS, isResource } from '../resources.ts';
import { matchesSelector } from '../selectors.ts';
import { conditionOf } from './conditions.ts';
import {
  DESIRED_REPLICAS,
  DeploymentView,
  MANAGER,
  sizesOf,
  statusCount,
  replicasOf,
} from './deployment-view.ts';
import { findSets, writeProgress } from './new-replica-set.ts';
import { newSetReplicas, shrinkOldSets } from './rollout-arithmetic.ts';
import { cleanUp, isUsed, resizeSets, scale, scaleSet } from './scale.ts';
import { calculateStatus, isComplete, syncRolloutStatus } from './status.ts';

export function deploymentController(context: Context): Controller {
  const { cluster } = context;
  return {
    name: 'deployment',
    initial: () => cluster.list(DEPLOYMENTS).map((deployment) => keyOf(deployment)),
    keys: ({ type, resource, object }) => {
      if (isResource(resource, DEPLOYMENTS)) return [keyOf(object)];
      if (isResource(resource, REPLICA_SETS)) return keysOfSet(context, object);
      return isResource(resource, PODS) && type === 'DELETED' ? keysOfPod(context, object) : [];
    },
    sync: (key, again) => syncDeployment(context, key, again),
  };
}

function keysOfSet({ cluster }: Context, set: KubeObject): Key[] {
  const { namespace } = set.metadata;
  const owner = controllerOf(set);
  if (owner !== undefined) return owner.kind === 'Deployment' ? [`${namespace}/${owner.name}`] : [];
  return cluster
    .list(DEPLOYMENTS, namespace)
    .filter((deployment) => matchesSelector(deployment.spec?.['selector'], set.metadata.labels))
    .map((deployment) => keyOf(deployment));
}

/** A Recreate rollout waits for the last old pod. */
function keysOfPod(context: Context, pod: KubeObject): Key[] {
  const owner = controllerOf(pod);
  if (owner?.kind !== 'ReplicaSet') return [];
  const set = context.cluster.get(REPLICA_SETS, pod.metadata.namespace, owner.name);
  return set === undefined ? [] : keysOfSet(context, set);
}

function syncDeployment(context: Context, key: Key, again: Again): void {
  const deployment = getByKey(context.cluster, DEPLOYMENTS, key);
  if (deployment === undefined) return;
  const view = new DeploymentView(context, deployment);
  const sets = claimSets(view);
  if (isBeingDeleted(deployment)) {
    const found = findSets(view, sets, false);
    view.writeStatus(calculateStatus(view, sets, found.newSet));
    return;
  }
  markPaused(view);
  if (view.paused || isScaled(view, sets)) {
    syncScale(view, sets);
    return;
  }
  if (view.strategy === 'Recreate') rolloutRecreate(view, sets, again);
  else rolloutRolling(view, sets, again);
}

/** The Deployment's ReplicaSets; orphans that match its selector are adopted. */
function claimSets(view: DeploymentView): KubeObject[] {
  const { cluster } = view.context;
  const claimed: KubeObject[] = [];
  for (const set of cluster.list(REPLICA_SETS, view.namespace)) {
    if (isControlledBy(set, view.object)) claimed.push(set);
    else if (controllerOf(set) === undefined && !isBeingDeleted(set) && !isBeingDeleted(view.object)) {
      if (!matchesSelector(view.spec['selector'], set.metadata.labels)) continue;
      const ownerReferences = [...(set.metadata.ownerReferences ?? []), controllerReference(view.object)];
      const adopted = { ...set, metadata: { ...set.metadata, ownerReferences } };
      claimed.push(cluster.update(REPLICA_SETS, adopted, MANAGER));
    }
  }
  return claimed;
}

/** Pausing stops the deadline; resuming starts it anew. */
function markPaused(view: DeploymentView): void {
  if (view.progressDeadline === undefined) return;
  const reason = conditionOf(view.status['conditions'], 'Progressing')?.['reason'];
  if (reason === 'ProgressDeadlineExceeded') return;
  if (view.paused && reason !== 'DeploymentPaused')
    writeProgress(view, 'Unknown', 'DeploymentPaused', 'Deployment is paused');
  else if (!view.paused && reason === 'DeploymentPaused')
    writeProgress(view, 'Unknown', 'DeploymentResumed', 'Deployment is resumed');
}

function isScaled(view: DeploymentView, sets: readonly KubeObject[]): boolean {
  findSets(view, sets, false);
  return sets.filter(isUsed).some((set) => {
    const desired = set.metadata.annotations?.[DESIRED_REPLICAS];
    return desired !== undefined && Number(desired) !== view.limits.replicas;
  });
}

function syncScale(view: DeploymentView, sets: readonly KubeObject[]): void {
  const found = findSets(view, sets, false);
  scale(view, found);
  if (view.paused) cleanUp(view, found.old);
  const current = claimSets(view);
  const newSet = current.find((set) => set.metadata.uid === found.newSet?.metadata.uid);
  view.writeStatus(calculateStatus(view, current, newSet));
}

function rolloutRolling(view: DeploymentView, sets: readonly KubeObject[], again: Again): void {
  const { newSet: found, old } = findSets(view, sets, true);
  if (found === undefined) return;
  const wanted = newSetReplicas(view.limits, replicasOf(found), sizesOf(old));
  if (wanted !== replicasOf(found)) {
    const newSet = scaleSet(view, found, wanted);
    syncRolloutStatus(view, [...old, newSet], newSet, again);
    return;
  }
  const [size] = sizesOf([found]);
  const steps = size === undefined ? [] : shrinkOldSets(view.limits, size, sizesOf(old));
  const shrunk = resizeSets(view, old, steps);
  if (steps.length === 0 && isComplete(view, view.status)) cleanUp(view, old);
  syncRolloutStatus(view, [...shrunk, found], found, again);
}

function rolloutRecreate(view: DeploymentView, sets: readonly KubeObject[], again: Again): void {
  const { newSet: existing, old } = findSets(view, sets, false);
  const steps = old.filter(isUsed).map((set) => ({ name: set.metadata.name, replicas: 0 }));
  const shrunk = resizeSets(view, old, steps);
  const all = existing === undefined ? shrunk : [...shrunk, existing];
  if (steps.length > 0 || oldPodsRun(view, old)) {
    syncRolloutStatus(view, all, existing, again);
    return;
  }
  const found = existing ?? findSets(view, sets, true).newSet;
  if (found === undefined) return;
  const newSet = scaleSet(view, found, view.limits.replicas);
  if (isComplete(view, view.status)) cleanUp(view, old);
  syncRolloutStatus(view, [...old, newSet], newSet, again);
}

function oldPodsRun(view: DeploymentView, old: readonly KubeObject[]): boolean {
  if (old.some((set) => statusCount(set, 'replicas') > 0)) return true;
  const owners = new Set(old.map((set) => set.metadata.uid));
  return view.context.cluster
    .list(PODS, view.namespace)
    .some((pod) => owners.has(controllerOf(pod)?.uid) && (isActive(pod) || isBeingDeleted(pod)));
}
