/** What a StatefulSet does next with its pods, one step at a time (updateStatefulSet in stateful_set_control.go). */
import type { KubeObject } from '../../kube.ts';
import type { Context } from '../controller.ts';
import { integer, record, text } from '../fields.ts';
import { isAvailable, isBeingDeleted } from '../objects.ts';
import {
  REVISION_LABEL,
  createClaims,
  createStatefulPod,
  deleteStatefulPod,
  draftStatefulPod,
  ordinalOf,
} from './stateful-pod.ts';

/** A StatefulSet with its pods and the two revisions that matter. */
export interface SetView {
  readonly context: Context;
  readonly set: KubeObject;
  readonly pods: readonly KubeObject[];
  readonly current: KubeObject;
  readonly update: KubeObject;
  /** Milliseconds of the clock that a pod must have been ready. */
  readonly minReadyMs: number;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Takes the next step. In order (unless `Parallel`): grow from the lowest number, shrink and update from the highest. */
export function stepSet(view: SetView): void {
  const { set } = view;
  const start = integer(record(set.spec?.['ordinals'])['start'], 0);
  const range = { start, end: start + integer(set.spec?.['replicas'], 1) };
  const isOrdered = set.spec?.['podManagementPolicy'] !== 'Parallel';
  if (!keepReplicas(view, range, isOrdered)) return;
  if (!shrink(view, range, isOrdered)) return;
  if (record(set.spec?.['updateStrategy'])['type'] !== 'OnDelete') updateNext(view, range);
}

/** Creates what is missing; true once every replica is there and available (or order does not matter). */
function keepReplicas(view: SetView, { start, end }: Range, isOrdered: boolean): boolean {
  const { context, set } = view;
  for (let ordinal = start; ordinal < end; ordinal += 1) {
    const pod = podAt(view, ordinal);
    if (pod !== undefined && isOver(pod)) {
      if (!isBeingDeleted(pod)) deleteStatefulPod(context, set, pod);
      if (isOrdered) return false;
      continue;
    }
    if (pod === undefined) {
      createStatefulPod(context, set, draftStatefulPod(set, ordinal, revisionFor(view, ordinal)));
      if (isOrdered) return false;
      continue;
    }
    if (text(pod.status?.['phase']) === 'Pending') createClaims(context, set, pod.metadata.name);
    if (isOrdered && !isHealthy(view, pod)) return false;
  }
  return true;
}

/** Below the partition pods stay of the current revision. */
function revisionFor({ set, current, update }: SetView, ordinal: number): KubeObject {
  const strategy = record(set.spec?.['updateStrategy']);
  if (strategy['type'] !== 'RollingUpdate') return update;
  const start = integer(record(set.spec?.['ordinals'])['start'], 0);
  const partition = integer(record(strategy['rollingUpdate'])['partition'], 0);
  return ordinal < start + partition ? current : update;
}

/** Deletes what is beyond the range; true once nothing is. */
function shrink(view: SetView, { start, end }: Range, isOrdered: boolean): boolean {
  const numberOf = (pod: KubeObject): number => ordinalOf(view.set, pod) ?? 0;
  const condemned = view.pods
    .filter((pod) => numberOf(pod) < start || numberOf(pod) >= end)
    .toSorted((one, other) => numberOf(other) - numberOf(one));
  const firstUnhealthy = view.pods
    .toSorted((one, other) => numberOf(one) - numberOf(other))
    .find((pod) => !isHealthy(view, pod));
  for (const pod of condemned) {
    const blocks = isBeingDeleted(pod) || (!isHealthy(view, pod) && pod !== firstUnhealthy);
    if (isOrdered && blocks) return false;
    if (!isBeingDeleted(pod)) deleteStatefulPod(view.context, view.set, pod);
    if (isOrdered) return false;
  }
  return true;
}

/** Deletes the highest pod of an old revision, once all above it are well. */
function updateNext(view: SetView, { start, end }: Range): void {
  const rolling = record(record(view.set.spec?.['updateStrategy'])['rollingUpdate']);
  const least = start + integer(rolling['partition'], 0);
  for (let ordinal = end - 1; ordinal >= least; ordinal -= 1) {
    const pod = podAt(view, ordinal);
    if (pod === undefined) return;
    if (revisionOf(pod) !== view.update.metadata.name && !isBeingDeleted(pod)) {
      deleteStatefulPod(view.context, view.set, pod);
      return;
    }
    if (!isHealthy(view, pod)) return;
  }
}

function podAt({ set, pods }: SetView, ordinal: number): KubeObject | undefined {
  return pods.find((pod) => ordinalOf(set, pod) === ordinal);
}

/** The name of the revision that the pod was made of. */
export function revisionOf(pod: KubeObject): string | undefined {
  return pod.metadata.labels?.[REVISION_LABEL];
}

function isHealthy({ context, minReadyMs }: SetView, pod: KubeObject): boolean {
  return !isBeingDeleted(pod) && isAvailable(context.cluster, pod, minReadyMs);
}

function isOver(pod: KubeObject): boolean {
  const phase = text(pod.status?.['phase']);
  return phase === 'Succeeded' || phase === 'Failed';
}
