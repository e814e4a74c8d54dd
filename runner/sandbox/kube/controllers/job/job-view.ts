/** A Job with its pods, counted: what the controller decides on. */
import type { JsonObject, KubeObject } from '../../kube.ts';
import type { Context } from '../controller.ts';
import { integer, records, text } from '../fields.ts';
import { isBeingDeleted } from '../objects.ts';
import { claimPods } from '../pods/claim-pods.ts';
import { parseIndexes } from './indexes.ts';
import { endOf, indexOf, isIndexed, isRunning, isTracked } from './job-pods.ts';

export interface JobView {
  readonly context: Context;
  readonly job: KubeObject;
  readonly pods: readonly KubeObject[];
  readonly active: readonly KubeObject[];
  /** Tracked pods that have ended, or (as failed) are being deleted. */
  readonly ended: readonly KubeObject[];
  readonly succeeded: number;
  readonly failed: number;
  /** Of an Indexed Job. */
  readonly completed: ReadonlySet<number>;
}

/** Counts the Job's pods over what its status has counted before. */
export function viewJob(context: Context, job: KubeObject): JobView {
  const pods = claimPods(context, job, () => true);
  const ended = pods.filter((pod) => isTracked(pod) && countsAs(job, pod) !== undefined);
  const completed = parseIndexes(text(job.status?.['completedIndexes']) ?? '');
  const succeededNow = ended.filter((pod) => countsAs(job, pod) === 'Succeeded');
  for (const pod of succeededNow) {
    const index = indexOf(pod);
    if (isIndexed(job) && index !== undefined) completed.add(index);
  }
  const failedNow = ended.length - succeededNow.length;
  return {
    context,
    job,
    pods,
    active: pods.filter((pod) => isRunning(pod)),
    ended,
    succeeded: isIndexed(job) ? completed.size : integer(job.status?.['succeeded'], 0) + succeededNow.length,
    failed: integer(job.status?.['failed'], 0) + failedNow,
    completed,
  };
}

/** A pod that is being deleted has failed, unless the Job waits for its end; one of a suspended Job does not count. */
function countsAs(job: KubeObject, pod: KubeObject): 'Succeeded' | 'Failed' | undefined {
  const end = endOf(pod);
  if (end !== undefined || !isBeingDeleted(pod)) return end;
  return job.spec?.['podReplacementPolicy'] === 'Failed' ? undefined : 'Failed';
}

/** The condition of that type that holds. */
export function holds(job: KubeObject, type: string): JsonObject | undefined {
  return records(job.status?.['conditions']).find(
    (condition) => condition['type'] === type && condition['status'] === 'True',
  );
}

/** Complete or Failed: nothing will change any more. */
export function isFinished(job: KubeObject): boolean {
  return holds(job, 'Complete') !== undefined || holds(job, 'Failed') !== undefined;
}
