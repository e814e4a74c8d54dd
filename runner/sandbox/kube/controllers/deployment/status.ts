/** What a Deployment reports: counts, Available, and the progress of its rollout (progress.go, sync.go). */
import type { JsonObject, KubeObject } from '../../kube.ts';
import type { Again } from '../controller.ts';
import { integer, records, text } from '../fields.ts';
import { parseStamp } from '../times.ts';
import { conditionOf, withCondition, withoutCondition } from './conditions.ts';
import { replicasOf, statusCount, type DeploymentView } from './deployment-view.ts';

const TIMED_OUT = 'ProgressDeadlineExceeded';
const COMPLETE = 'NewReplicaSetAvailable';
/** Condition times are whole seconds: one more second is the only safe way to compare them. */
const GRANULARITY_MS = 1000;

/** Counts and the Available condition; the Progressing condition is left as it is. */
export function calculateStatus(
  view: DeploymentView,
  all: readonly KubeObject[],
  newSet: KubeObject | undefined,
): JsonObject {
  const { limits, status, object } = view;
  const sum = (field: string): number => all.reduce((count, set) => count + statusCount(set, field), 0);
  const available = sum('availableReplicas');
  const wanted = all.reduce((count, set) => count + replicasOf(set), 0);
  const enough = available >= limits.replicas - limits.maxUnavailable;
  const counts = {
    replicas: sum('replicas'),
    updatedReplicas: newSet === undefined ? 0 : statusCount(newSet, 'replicas'),
    readyReplicas: sum('readyReplicas'),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, wanted - available),
  };
  const collisionCount = status['collisionCount'];
  return {
    observedGeneration: object.metadata.generation,
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    conditions: withCondition(
      status['conditions'],
      {
        type: 'Available',
        status: enough ? 'True' : 'False',
        reason: enough ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
        message: enough
          ? 'Deployment has minimum availability.'
          : 'Deployment does not have minimum availability.',
      },
      view.context.cluster.clock.now(),
    ),
    ...(collisionCount === undefined ? {} : { collisionCount }),
  };
}

/** Writes counts, progress and failures of a rollout; asks to be called again when the deadline could be over. */
export function syncRolloutStatus(
  view: DeploymentView,
  all: readonly KubeObject[],
  newSet: KubeObject | undefined,
  again: Again,
): void {
  const next = calculateStatus(view, all, newSet);
  let conditions = records(next['conditions']);
  if (view.progressDeadline === undefined) conditions = withoutCondition(conditions, 'Progressing');
  else conditions = progressConditions(view, next, newSet, conditions);
  const failure = [newSet, ...all]
    .flatMap((set) => records(set?.status?.['conditions']))
    .find((condition) => condition['type'] === 'ReplicaFailure');
  conditions =
    failure === undefined
      ? withoutCondition(conditions, 'ReplicaFailure')
      : withCondition(
          conditions,
          {
            type: 'ReplicaFailure',
            status: 'True',
            reason: text(failure['reason']) ?? '',
            message: text(failure['message']) ?? '',
          },
          parseStamp(failure['lastTransitionTime']),
        );
  view.writeStatus({ ...next, conditions });
  const wait = untilTimeout(view, conditions);
  if (wait !== undefined && !isComplete(view, next)) again(wait);
}

function progressConditions(
  view: DeploymentView,
  next: JsonObject,
  newSet: KubeObject | undefined,
  conditions: JsonObject[],
): JsonObject[] {
  const now = view.context.cluster.clock.now();
  const current = conditionOf(view.status['conditions'], 'Progressing');
  const resting =
    count(next, 'replicas') === count(next, 'updatedReplicas') && current?.['reason'] === COMPLETE;
  if (resting) return conditions;
  const subject = newSet === undefined ? `Deployment "${view.name}"` : `ReplicaSet "${newSet.metadata.name}"`;
  const progressing = { type: 'Progressing', status: 'True' } as const;
  if (isComplete(view, next)) {
    const message = `${subject} has successfully progressed.`;
    return withCondition(conditions, { ...progressing, reason: COMPLETE, message }, now);
  }
  if (hasProgressed(view.status, next)) {
    const message = `${subject} is progressing.`;
    return withCondition(conditions, { ...progressing, reason: 'ReplicaSetUpdated', message }, now, true);
  }
  if (hasTimedOut(view, conditions)) {
    const message = `${subject} has timed out progressing.`;
    const timedOut = { type: 'Progressing', status: 'False', reason: TIMED_OUT, message } as const;
    return withCondition(conditions, timedOut, now);
  }
  return conditions;
}

function count(status: JsonObject, field: string): number {
  return integer(status[field], 0);
}

/** All pods are of the new template, available, and the newest spec has been seen. */
export function isComplete(view: DeploymentView, status: JsonObject): boolean {
  const { replicas } = view.limits;
  return (
    count(status, 'updatedReplicas') === replicas &&
    count(status, 'replicas') === replicas &&
    count(status, 'availableReplicas') === replicas &&
    count(status, 'observedGeneration') >= (view.object.metadata.generation ?? 0)
  );
}

function hasProgressed(before: JsonObject, next: JsonObject): boolean {
  const old = (status: JsonObject): number => count(status, 'replicas') - count(status, 'updatedReplicas');
  return (
    count(next, 'updatedReplicas') > count(before, 'updatedReplicas') ||
    old(next) < old(before) ||
    count(next, 'readyReplicas') > count(before, 'readyReplicas') ||
    count(next, 'availableReplicas') > count(before, 'availableReplicas')
  );
}

function hasTimedOut(view: DeploymentView, conditions: JsonObject[]): boolean {
  const reason = conditionOf(conditions, 'Progressing')?.['reason'];
  if (reason === TIMED_OUT) return true;
  const wait = untilTimeout(view, conditions);
  return wait !== undefined && wait <= 0;
}

/** Milliseconds until lack of progress counts as failure; undefined if that is not being watched. */
function untilTimeout(view: DeploymentView, conditions: JsonObject[]): number | undefined {
  const current = conditionOf(conditions, 'Progressing');
  const reason = current?.['reason'];
  if (view.progressDeadline === undefined || current === undefined) return undefined;
  if (reason === COMPLETE || reason === TIMED_OUT) return undefined;
  const deadline = view.progressDeadline * 1000 * view.context.options.speed + GRANULARITY_MS;
  return Math.max(0, parseStamp(current['lastUpdateTime']) + deadline - view.context.cluster.clock.now());
}
