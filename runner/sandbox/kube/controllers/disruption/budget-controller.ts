/** Keeps count of how many pods each PodDisruptionBudget can spare (pkg/controller/disruption). */
import type { JsonObject, KubeObject, ResourceName } from '../../kube.ts';
import type { Context, Controller, Key } from '../controller.ts';
import { integer, records, same } from '../fields.ts';
import { controllerOf, getByKey, isBeingDeleted, isReady, keyOf } from '../objects.ts';
import { report } from '../refusals.ts';
import {
  BUDGETS,
  DEPLOYMENTS,
  PODS,
  REPLICATION_CONTROLLERS,
  REPLICA_SETS,
  STATEFUL_SETS,
  isResource,
} from '../resources.ts';
import { matchesSelector } from '../selectors.ts';
import { stamp } from '../times.ts';

const MANAGER = 'kube-controller-manager';
const COMPONENT = 'controllermanager';

export function budgetController(context: Context): Controller {
  const { cluster } = context;
  const keysIn = (namespace: string | undefined): Key[] =>
    cluster.list(BUDGETS, namespace).map((budget) => keyOf(budget));
  return {
    name: 'disruption',
    initial: () => keysIn(undefined),
    keys: ({ resource, object }) => {
      if (isResource(resource, BUDGETS)) return [keyOf(object)];
      const counts = [PODS, DEPLOYMENTS, STATEFUL_SETS, REPLICATION_CONTROLLERS].some((one) =>
        isResource(resource, one),
      );
      return counts ? keysIn(object.metadata.namespace) : [];
    },
    sync: (key) => {
      const budget = getByKey(cluster, BUDGETS, key);
      if (budget !== undefined) syncBudget(context, budget);
    },
  };
}

function syncBudget(context: Context, budget: KubeObject): void {
  const { cluster } = context;
  const selector = budget.spec?.['selector'];
  const pods = cluster
    .list(PODS, budget.metadata.namespace)
    .filter((pod) => selector !== undefined && matchesSelector(selector, pod.metadata.labels));
  if (pods.length === 0 && integer(budget.status?.['observedGeneration'], 0) !== budget.metadata.generation) {
    const event = { type: 'Normal', reason: 'NoPods', component: COMPONENT } as const;
    report(cluster, budget, { ...event, message: 'No matching pods found' });
  }
  const { expected, desired } = expectation(context, budget, pods);
  const healthy = pods.filter((pod) => isReady(pod) && !isBeingDeleted(pod)).length;
  const allowed = expected === 0 ? 0 : Math.max(0, healthy - desired);
  const status: JsonObject = {
    conditions: [conditionOf(context, budget, allowed)],
    currentHealthy: healthy,
    desiredHealthy: desired,
    disruptionsAllowed: allowed,
    expectedPods: expected,
    observedGeneration: budget.metadata.generation,
  };
  if (!same(budget.status, status)) cluster.updateStatus(BUDGETS, { ...budget, status }, MANAGER);
}

/** How many pods there should be, and how many of them must be healthy. */
function expectation(
  context: Context,
  budget: KubeObject,
  pods: readonly KubeObject[],
): { readonly expected: number; readonly desired: number } {
  const { minAvailable: least, maxUnavailable: most } = budget.spec ?? {};
  if (most !== undefined) {
    const expected = scales(context, pods);
    return { expected, desired: Math.max(0, expected - share(most, expected)) };
  }
  if (typeof least === 'string') {
    const expected = scales(context, pods);
    return { expected, desired: share(least, expected) };
  }
  return { expected: pods.length, desired: integer(least, 0) };
}

function share(amount: unknown, of: number): number {
  if (typeof amount === 'number') return amount;
  return Math.ceil((Number.parseInt(String(amount), 10) / 100) * of);
}

/** Controllers of pods that say how many they want. */
const scaled: Readonly<Record<string, ResourceName>> = {
  ReplicaSet: REPLICA_SETS,
  ReplicationController: REPLICATION_CONTROLLERS,
  StatefulSet: STATEFUL_SETS,
};

/** The sum of what the pods' controllers want. */
function scales({ cluster }: Context, pods: readonly KubeObject[]): number {
  const found = new Map<string, number>();
  for (const pod of pods) {
    const { namespace } = pod.metadata;
    const owner = controllerOf(pod);
    if (owner === undefined) continue;
    const resource = scaled[owner.kind];
    const direct = resource && cluster.get(resource, namespace, owner.name);
    if (direct === undefined) continue;
    const above = controllerOf(direct);
    const deployment =
      above?.kind === 'Deployment' ? cluster.get(DEPLOYMENTS, namespace, above.name) : undefined;
    const top = deployment ?? direct;
    found.set(top.metadata.uid ?? '', integer(top.spec?.['replicas'], 1));
  }
  return [...found.values()].reduce((sum, replicas) => sum + replicas, 0);
}

function conditionOf({ cluster }: Context, budget: KubeObject, allowed: number): JsonObject {
  const status = allowed > 0 ? 'True' : 'False';
  const [known] = records(budget.status?.['conditions']);
  const since = known?.['status'] === status ? known['lastTransitionTime'] : stamp(cluster.clock.now());
  return {
    type: 'DisruptionAllowed',
    status,
    observedGeneration: budget.metadata.generation,
    lastTransitionTime: since,
    reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods',
    message: '',
  };
}
