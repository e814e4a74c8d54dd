/** Runs Jobs to completion (pkg/controller/job): pods, counts, back-off, deadlines, suspension. */
import type { JsonObject, KubeObject } from '../../kube.ts';
import type { Again, Context, Controller, Key } from '../controller.ts';
import { integer, records, same } from '../fields.ts';
import { controllerOf, getByKey, isBeingDeleted, isReady, keyOf } from '../objects.ts';
import { keysOfPod } from '../pods/claim-pods.ts';
import { createInBatches } from '../pods/create-in-batches.ts';
import { createPod, deletePod } from '../pods/create-pod.ts';
import { attempt, report } from '../refusals.ts';
import { JOBS, PODS, isResource } from '../resources.ts';
import { stamp } from '../times.ts';
import { renderIndexes } from './indexes.ts';
import { COMPONENT, MANAGER, draftJobPod, endOf, indexOf, isIndexed, untrack } from './job-pods.ts';
import { isFinished, viewJob, type JobView } from './job-view.ts';
import { judgeJob, timeLeft, type Judgement } from './judge-job.ts';

/** After a refusal of the API; failed pods are waited for longer. */
const API_BACK_OFF = { first: 1000, last: 60_000 };
const FIRST_BACK_OFF_MS = 10_000;
const LAST_BACK_OFF_MS = 600_000;

export function jobController(context: Context): Controller {
  const { cluster } = context;
  const failedAt = new Map<string, { readonly failures: number; readonly since: number }>();
  return {
    name: 'job',
    backOff: API_BACK_OFF,
    initial: () => cluster.list(JOBS).map((job) => keyOf(job)),
    keys: ({ resource, object }) => {
      if (isResource(resource, JOBS)) return [keyOf(object)];
      return isResource(resource, PODS) ? keysOfPod(context, object, 'Job', JOBS) : [];
    },
    sync: (key, again) => {
      const job = getByKey(cluster, JOBS, key);
      if (job === undefined || isBeingDeleted(job)) release(context, key);
      if (job === undefined) failedAt.delete(key);
      else syncJob(viewJob(context, job), again, failedAt);
    },
  };
}

/** Nobody counts the pods of a Job that goes away. */
function release(context: Context, key: Key): void {
  const [namespace, name] = key.split('/');
  for (const pod of context.cluster.list(PODS, namespace)) {
    const owner = controllerOf(pod);
    if (owner?.kind === 'Job' && owner.name === name) untrack(context, pod);
  }
}

type Failures = Map<string, { readonly failures: number; readonly since: number }>;

function syncJob(view: JobView, again: Again, failures: Failures): void {
  const { job, context } = view;
  if (isFinished(job) || isBeingDeleted(job)) {
    for (const pod of view.ended) untrack(context, pod);
    return;
  }
  const started = start(view);
  const judged = judgeJob(started);
  const isSuspended = job.spec?.['suspend'] === true;
  const wait = backOff(started, failures);
  const failure = attempt(() => {
    if (judged !== undefined || isSuspended)
      for (const pod of view.active) deletePod(context, job, pod, COMPONENT);
    else manage(started, wait);
  });
  writeStatus(started, judged);
  for (const pod of view.ended) untrack(context, pod);
  const left = judged === undefined ? timeLeft(started) : undefined;
  if (left !== undefined) again(Math.max(1, left));
  if (wait > 0) again(wait);
  if (failure !== undefined) throw failure;
}

/** Notes when the Job began; a suspended one begins when it is resumed. */
function start(view: JobView): JobView {
  const { job, context } = view;
  const { cluster } = context;
  if (job.spec?.['suspend'] === true || job.status?.['startTime'] !== undefined) return view;
  return { ...view, job: { ...job, status: { ...job.status, startTime: stamp(cluster.clock.now()) } } };
}

/** Milliseconds of the clock before a failed pod is replaced: 10 s after the first failure, then twice as long each time. */
function backOff({ job, context, ended }: JobView, failures: Failures): number {
  const key = keyOf(job);
  const now = context.cluster.clock.now();
  for (const pod of ended) {
    const before = failures.get(key)?.failures ?? 0;
    if (endOf(pod) === 'Succeeded') failures.delete(key);
    else failures.set(key, { failures: before + 1, since: now });
  }
  const last = failures.get(key);
  if (last === undefined) return 0;
  const length = Math.min(FIRST_BACK_OFF_MS * 2 ** (last.failures - 1), LAST_BACK_OFF_MS);
  return Math.max(0, last.since + length * context.options.speed - now);
}

/** Starts pods that are missing, unless a failure is too recent, and removes those that are too many. */
function manage(view: JobView, wait: number): void {
  const { job, context, active } = view;
  const wanted = wantedPods(view);
  for (const pod of active.slice(wanted)) deletePod(context, job, pod, COMPONENT);
  if (wait > 0) return;
  const missing = wanted - active.length;
  const indexes = isIndexed(job) ? freeIndexes(view, missing) : [];
  createInBatches(missing, (number) => createPod(context, job, draftJobPod(job, indexes[number]), COMPONENT));
}

function wantedPods({ job, succeeded, active }: JobView): number {
  const parallelism = integer(job.spec?.['parallelism'], 1);
  const completions = job.spec?.['completions'];
  if (typeof completions === 'number') return Math.min(parallelism, completions - succeeded);
  return succeeded > 0 ? active.length : parallelism;
}

function freeIndexes({ job, completed, active }: JobView, count: number): number[] {
  const taken = new Set([...completed, ...active.map((pod) => indexOf(pod))]);
  const all = integer(job.spec?.['completions'], 0);
  const free: number[] = [];
  for (let index = 0; index < all && free.length < count; index += 1) if (!taken.has(index)) free.push(index);
  return free;
}

function writeStatus(view: JobView, judged: Judgement | undefined): void {
  const { context, job } = view;
  const { cluster } = context;
  const after = viewJob(context, job);
  const isOver = judged !== undefined && after.active.length === 0 && !after.pods.some(isTerminating);
  const conditions = conditionsOf(view, judged, isOver);
  const { startTime, completedIndexes: _ } = job.status ?? {};
  const ready = after.active.filter((pod) => isReady(pod)).length;
  const isSuspended = job.spec?.['suspend'] === true;
  const indexes = renderIndexes(view.completed);
  const status: JsonObject = {
    ...(conditions.length > 0 ? { conditions } : {}),
    ...(startTime === undefined || isSuspended ? {} : { startTime }),
    ...(isOver && judged.type === 'Complete' ? { completionTime: stamp(cluster.clock.now()) } : {}),
    ...positive('active', after.active.length),
    ...positive('succeeded', view.succeeded),
    ...positive('failed', view.failed),
    terminating: after.pods.filter(isTerminating).length,
    ...(isIndexed(job) && indexes !== '' ? { completedIndexes: indexes } : {}),
    uncountedTerminatedPods: {},
    ready,
  };
  const held = cluster.get(JOBS, job.metadata.namespace, job.metadata.name);
  if (held === undefined || same(held.status, status)) return;
  const written = cluster.updateStatus(JOBS, { ...held, status }, MANAGER);
  if (isOver) tellEnd(view, written, judged);
}

function tellEnd({ context }: JobView, job: KubeObject, { type, reason, message }: Judgement): void {
  const event =
    type === 'Complete'
      ? ({ type: 'Normal', reason: 'Completed', message: 'Job completed' } as const)
      : ({ type: 'Warning', reason, message } as const);
  report(context.cluster, job, { ...event, component: COMPONENT });
}

function isTerminating(pod: KubeObject): boolean {
  return isBeingDeleted(pod) && endOf(pod) === undefined;
}

function positive(field: string, count: number): JsonObject {
  return count > 0 ? { [field]: count } : {};
}

/** First the criterion is met, then, with no pod left, the Job is over. */
function conditionsOf(view: JobView, judged: Judgement | undefined, isOver: boolean): JsonObject[] {
  const { job, context } = view;
  const now = stamp(context.cluster.clock.now());
  const conditions = [...records(job.status?.['conditions'])];
  const put = (type: string, status: string, reason: string, message: string): boolean => {
    const at = conditions.findIndex((condition) => condition['type'] === type);
    if (at >= 0 && conditions[at]?.['status'] === status) return false;
    const made = { type, status, lastProbeTime: now, lastTransitionTime: now, reason, message };
    if (at < 0) conditions.push(made);
    else conditions[at] = made;
    return true;
  };
  const tell = (reason: string, message: string): void =>
    report(context.cluster, job, { type: 'Normal', reason, message, component: COMPONENT });
  if (judged === undefined) {
    const suspended = conditions.some(({ type }) => type === 'Suspended');
    if (job.spec?.['suspend'] === true) {
      if (put('Suspended', 'True', 'JobSuspended', 'Job suspended')) tell('Suspended', 'Job suspended');
    } else if (suspended && put('Suspended', 'False', 'JobResumed', 'Job resumed'))
      tell('Resumed', 'Job resumed');
    return conditions;
  }
  const first = judged.type === 'Complete' ? 'SuccessCriteriaMet' : 'FailureTarget';
  put(first, 'True', judged.reason, judged.message);
  if (isOver) put(judged.type, 'True', judged.reason, judged.message);
  return conditions;
}
