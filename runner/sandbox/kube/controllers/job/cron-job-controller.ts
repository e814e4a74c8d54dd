/** Starts Jobs when their schedule is due (pkg/controller/cronjob). The schedule goes by the wall clock, whatever the speed. */
import type { JsonObject, KubeObject } from '../../kube.ts';
import { nextTime } from '../../schedule/next-time.ts';
import { parseSchedule } from '../../schedule/parse-schedule.ts';
import type { Schedule } from '../../schedule/schedule.ts';
import type { Again, Context, Controller, Key } from '../controller.ts';
import { integer, record, records, same, text, textMap } from '../fields.ts';
import {
  controllerOf,
  controllerReference,
  getByKey,
  isBeingDeleted,
  isControlledBy,
  keyOf,
} from '../objects.ts';
import { refusalOf, report } from '../refusals.ts';
import { CRON_JOBS, JOBS, isResource } from '../resources.ts';
import { parseStamp, stamp } from '../times.ts';
import { holds, isFinished } from './job-view.ts';

const MANAGER = 'kube-controller-manager';
const COMPONENT = 'cronjob-controller';
const SCHEDULED = 'batch.kubernetes.io/cronjob-scheduled-timestamp';
/** So many missed times are looked through at most. */
const MOST_MISSED = 1000;

export function cronJobController(context: Context): Controller {
  const { cluster } = context;
  return {
    name: 'cronjob',
    initial: () => cluster.list(CRON_JOBS).map((cronJob) => keyOf(cronJob)),
    keys: ({ resource, object }) => {
      if (isResource(resource, CRON_JOBS)) return [keyOf(object)];
      const owner = isResource(resource, JOBS) ? controllerOf(object) : undefined;
      return owner?.kind === 'CronJob' ? [`${object.metadata.namespace}/${owner.name}`] : [];
    },
    sync: (key, again) => syncCronJob(context, key, again),
  };
}

/** A CronJob, its Jobs, and its status as it becomes. */
interface CronView {
  readonly context: Context;
  readonly cronJob: KubeObject;
  jobs: readonly KubeObject[];
  active: JsonObject[];
  lastSchedule: number;
  lastSuccess: number;
}

function syncCronJob(context: Context, key: Key, again: Again): void {
  const { cluster } = context;
  const cronJob = getByKey(cluster, CRON_JOBS, key);
  if (cronJob === undefined) return;
  const { metadata, spec, status } = cronJob;
  const view: CronView = {
    context,
    cronJob,
    jobs: cluster.list(JOBS, metadata.namespace).filter((job) => isControlledBy(job, cronJob)),
    active: records(status?.['active']),
    lastSchedule: parseStamp(status?.['lastScheduleTime']),
    lastSuccess: parseStamp(status?.['lastSuccessfulTime']),
  };
  look(view);
  const schedule = parseSchedule(text(spec?.['schedule']) ?? '');
  if (schedule !== undefined && spec?.['suspend'] !== true && !isBeingDeleted(cronJob)) {
    startDue(view, schedule);
    const next = nextTime(schedule, cluster.clock.now(), zoneOf(cronJob));
    if (next !== undefined) again(Math.min(next - cluster.clock.now(), 3_600_000));
  }
  for (const [type, field] of [
    ['Complete', 'successfulJobsHistoryLimit'],
    ['Failed', 'failedJobsHistoryLimit'],
  ] as const)
    forget(view, type, integer(spec?.[field], 1));
  writeStatus(view);
}

function zoneOf(cronJob: KubeObject): string | undefined {
  return text(cronJob.spec?.['timeZone']);
}

/** Takes note of Jobs that ended or went missing. */
function look(view: CronView): void {
  for (const job of view.jobs) {
    const { uid, name } = job.metadata;
    const isKnown = view.active.some((reference) => reference['uid'] === uid);
    if (!isFinished(job)) {
      const why = `Saw a job that the controller did not create or forgot: ${name}`;
      if (!isKnown) tell(view, 'Warning', 'UnexpectedJob', why);
      continue;
    }
    if (isKnown) {
      view.active = view.active.filter((reference) => reference['uid'] !== uid);
      const condition = holds(job, 'Complete') === undefined ? 'Failed' : 'Complete';
      tell(view, 'Normal', 'SawCompletedJob', `Saw completed job: ${name}, condition: ${condition}`);
    }
    const completed = parseStamp(job.status?.['completionTime']);
    view.lastSuccess = Math.max(view.lastSuccess, completed);
  }
  for (const reference of view.active) {
    if (view.jobs.some((job) => job.metadata.uid === reference['uid'])) continue;
    view.active = view.active.filter((other) => other !== reference);
    tell(view, 'Normal', 'MissingJob', `Active job went missing: ${text(reference['name']) ?? ''}`);
  }
}

/** The last time that was due and is not done yet. */
function dueTime({ cronJob, context, lastSchedule }: CronView, schedule: Schedule): number | undefined {
  const now = context.cluster.clock.now();
  let due: number | undefined;
  let from = Math.max(lastSchedule, parseStamp(cronJob.metadata.creationTimestamp));
  for (let missed = 0; missed < MOST_MISSED; missed += 1) {
    const next = nextTime(schedule, from, zoneOf(cronJob));
    if (next === undefined || next > now) return due;
    due = next;
    from = next;
  }
  return due;
}

function startDue(view: CronView, schedule: Schedule): void {
  const { cronJob, context } = view;
  const { cluster } = context;
  const due = dueTime(view, schedule);
  if (due === undefined) return;
  const deadline = cronJob.spec?.['startingDeadlineSeconds'];
  if (typeof deadline === 'number' && due + deadline * 1000 < cluster.clock.now()) {
    const time = new Date(due).toUTCString().replace('GMT', '+0000');
    tell(view, 'Warning', 'MissSchedule', `Missed scheduled time to start a job: ${time}`);
    return;
  }
  const policy = cronJob.spec?.['concurrencyPolicy'];
  if (policy === 'Forbid' && view.active.length > 0) {
    const why = 'Not starting job because prior execution is running and concurrency policy is Forbid';
    tell(view, 'Normal', 'JobAlreadyActive', why);
    return;
  }
  if (policy === 'Replace') for (const { name } of view.active) removeJob(view, text(name) ?? '');
  try {
    const job = cluster.create(JOBS, draftJob(cronJob, due), MANAGER);
    view.active = [...view.active, referenceTo(job)];
    view.jobs = [...view.jobs, job];
    view.lastSchedule = due;
    tell(view, 'Normal', 'SuccessfulCreate', `Created job ${job.metadata.name}`);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined || refusal.reason === 'AlreadyExists') throw error;
    tell(view, 'Warning', 'FailedCreate', `Error creating job: ${refusal.message}`);
    throw error;
  }
}

function draftJob(cronJob: KubeObject, due: number): KubeObject {
  const { metadata, spec } = record(cronJob.spec?.['jobTemplate']);
  const { namespace, name } = cronJob.metadata;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: `${name}-${Math.floor(due / 60_000)}`,
      ...(namespace === undefined ? {} : { namespace }),
      labels: textMap(record(metadata)['labels']),
      annotations: { ...textMap(record(metadata)['annotations']), [SCHEDULED]: stamp(due) },
      ownerReferences: [controllerReference(cronJob)],
    },
    spec: record(spec),
  };
}

function referenceTo({ apiVersion, kind, metadata }: KubeObject): JsonObject {
  const { name, namespace, uid, resourceVersion } = metadata;
  return { kind, namespace, name, uid, apiVersion, resourceVersion };
}

function removeJob(view: CronView, name: string): void {
  const { namespace } = view.cronJob.metadata;
  const { cluster } = view.context;
  if (cluster.get(JOBS, namespace, name) !== undefined)
    cluster.delete(JOBS, namespace, name, { propagation: 'Background' });
  view.active = view.active.filter((reference) => reference['name'] !== name);
  view.jobs = view.jobs.filter((job) => job.metadata.name !== name);
  tell(view, 'Normal', 'SuccessfulDelete', `Deleted job ${name}`);
}

/** Keeps the youngest finished Jobs. */
function forget(view: CronView, type: string, limit: number): void {
  const finished = view.jobs
    .filter((job) => holds(job, type) !== undefined && !isBeingDeleted(job))
    .toSorted(
      (one, other) => parseStamp(one.status?.['startTime']) - parseStamp(other.status?.['startTime']),
    );
  for (const job of finished.slice(0, Math.max(0, finished.length - limit)))
    removeJob(view, job.metadata.name);
}

function writeStatus({ context, cronJob, active, lastSchedule, lastSuccess }: CronView): void {
  const status: JsonObject = {
    ...(active.length > 0 ? { active } : {}),
    ...(lastSchedule > 0 ? { lastScheduleTime: stamp(lastSchedule) } : {}),
    ...(lastSuccess > 0 ? { lastSuccessfulTime: stamp(lastSuccess) } : {}),
  };
  if (!same(cronJob.status ?? {}, status))
    context.cluster.updateStatus(CRON_JOBS, { ...cronJob, status }, MANAGER);
}

function tell(
  { context, cronJob }: CronView,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
): void {
  report(context.cluster, cronJob, { type, reason, message, component: COMPONENT });
}
