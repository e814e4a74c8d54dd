/** The tables of jobs and cron jobs. */
import type { KubeObject } from '../kube.ts';
import { numberAt, objectAt, objectsAt, textAt, valueAt } from '../schema/read-json.ts';
import { ageColumn, column, nameColumn, orNone, renderAge } from './column.ts';
import type { Column } from './column.ts';
import { renderHumanDuration } from './human-duration.ts';
import { renderSelector } from './render-selector.ts';
import { templateColumns } from './workload-columns.ts';

export const jobColumns: readonly Column[] = [
  nameColumn,
  column('Status', 'What has become of the job.', renderStatus),
  column('Completions', 'Pods that succeeded, of the wanted.', renderCompletions),
  column('Duration', 'How long the job took, or has been running.', renderDuration),
  ageColumn,
  ...templateColumns((job) => orNone(renderSelector(objectAt(job, 'spec', 'selector')))),
];

export const cronJobColumns: readonly Column[] = [
  nameColumn,
  column('Schedule', 'When it runs.', (cronJob) => textAt(cronJob, 'spec', 'schedule')),
  column('Timezone', 'In which time zone.', (cronJob) => orNone(textAt(cronJob, 'spec', 'timeZone'))),
  {
    ...column('Suspend', 'Whether it is suspended.', (cronJob) =>
      valueAt(cronJob, 'spec', 'suspend') === true ? 'True' : 'False',
    ),
    type: 'boolean',
  },
  {
    ...column('Active', 'Jobs that are running.', (cronJob) => objectsAt(cronJob, 'status', 'active').length),
    type: 'integer',
  },
  column('Last Schedule', 'Time since it last ran.', (cronJob, now) => {
    const last = textAt(cronJob, 'status', 'lastScheduleTime');
    return last === '' ? '<none>' : renderAge(last, now);
  }),
  ageColumn,
  ...templateColumns(
    (cronJob) => orNone(renderSelector(objectAt(cronJob, 'spec', 'jobTemplate', 'spec', 'selector'))),
    'spec',
    'jobTemplate',
    'spec',
    'template',
  ),
];

/** The first of these conditions that holds names the status. */
const conditions: readonly (readonly [string, string])[] = [
  ['Complete', 'Complete'],
  ['Failed', 'Failed'],
  ['', 'Terminating'],
  ['Suspended', 'Suspended'],
  ['FailureTarget', 'FailureTarget'],
  ['SuccessCriteriaMet', 'SuccessCriteriaMet'],
];

function renderStatus(job: KubeObject): string {
  const held = new Set(
    objectsAt(job, 'status', 'conditions')
      .filter((condition) => textAt(condition, 'status') === 'True')
      .map((condition) => textAt(condition, 'type')),
  );
  if (job.metadata.deletionTimestamp !== undefined) held.add('');
  return conditions.find(([type]) => held.has(type))?.[1] ?? 'Running';
}

function renderCompletions(job: KubeObject): string {
  const succeeded = numberAt(job, 'status', 'succeeded');
  const wanted = valueAt(job, 'spec', 'completions');
  if (typeof wanted === 'number') return `${succeeded}/${wanted}`;
  const parallelism = numberAt(job, 'spec', 'parallelism');
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function renderDuration(job: KubeObject, now: number): string {
  const started = Date.parse(textAt(job, 'status', 'startTime'));
  if (Number.isNaN(started)) return '';
  const ended = Date.parse(textAt(job, 'status', 'completionTime'));
  return renderHumanDuration((Number.isNaN(ended) ? now : ended) - started);
}
