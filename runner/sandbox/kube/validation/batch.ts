/** Jobs and CronJobs (pkg/apis/batch/validation). */
import { cronProblem } from '../schedule/parse-schedule.ts';
import { isTimeZone } from '../schedule/time-zone.ts';
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readMap, readNumber, readObject, readObjects, readPath, readText } from '../objects/fields.ts';
import { sameJson } from '../schema/json-value.ts';
import { checkCount } from './amounts.ts';
import { checkLabelSelector, selects } from './label-selector.ts';
import { checkLabels } from './names.ts';
import { checkPodSpec } from './pod-spec.ts';
import { invalidValue, required, unsupported } from './problems.ts';

const modes = ['NonIndexed', 'Indexed'];
const counts = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
];
const longestCronName = 52;

/** The problems of a Job. */
export function checkJob(object: JsonObject): FieldProblem[] {
  const spec = readObject(object, 'spec');
  return [
    ...(spec['manualSelector'] === true ? [] : checkGenerated(object, spec)),
    ...checkJobSpec('spec', spec),
    ...checkSelection(spec),
  ];
}

/** A selector that the server made must select what the server labelled. */
function checkGenerated(object: JsonObject, spec: JsonObject): FieldProblem[] {
  const uid = readText(object, 'metadata', 'uid');
  const name = readText(object, 'metadata', 'name');
  const labels = {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
  const selector = readObject(spec, 'selector');
  if (selects(selector, labels)) return [];
  return [invalidValue('spec.selector', selector, '`selector` not auto-generated')];
}

function checkSelection(spec: JsonObject): FieldProblem[] {
  const labels = readMap(spec, 'template', 'metadata', 'labels');
  const words = '`selector` does not match template `labels`';
  const selector = spec['selector'];
  return [
    ...(selector === undefined ? [required('spec.selector')] : []),
    ...checkLabelSelector('spec.selector', readObject(spec, 'selector')),
    ...(selects(selector, labels) ? [] : [invalidValue('spec.template.metadata.labels', labels, words)]),
  ];
}

function checkJobSpec(field: string, spec: JsonObject): FieldProblem[] {
  const mode = readText(spec, 'completionMode') || 'NonIndexed';
  const isIndexed = mode === 'Indexed';
  const template = `${field}.template`;
  return [
    ...counts.flatMap((count) => checkCount(spec, count, field)),
    ...(spec['maxFailedIndexes'] !== undefined && spec['backoffLimitPerIndex'] === undefined
      ? [required(`${field}.backoffLimitPerIndex`, 'when maxFailedIndexes is specified')]
      : []),
    ...(modes.includes(mode) ? [] : [unsupported(`${field}.completionMode`, mode, modes)]),
    ...(isIndexed && readNumber(spec, 'completions') === undefined
      ? [required(`${field}.completions`, 'when completion mode is Indexed')]
      : []),
    ...(isIndexed ? [] : refuseIndexed(field, spec)),
    ...checkLabels(`${template}.labels`, readMap(spec, 'template', 'metadata', 'labels')),
    ...checkPodSpec(`${template}.spec`, readObject(spec, 'template', 'spec')),
    ...checkRestart(`${template}.spec.restartPolicy`, readText(spec, 'template', 'spec', 'restartPolicy')),
  ];
}

/** What is counted by index needs indexes. */
function refuseIndexed(field: string, spec: JsonObject): FieldProblem[] {
  const words = 'requires indexed completion mode';
  const limits = ['backoffLimitPerIndex', 'maxFailedIndexes'].flatMap((name) => {
    const limit = readNumber(spec, name);
    return limit === undefined ? [] : [invalidValue(`${field}.${name}`, limit, words)];
  });
  if (spec['successPolicy'] === undefined) return limits;
  const rules = readObjects(spec, 'successPolicy', 'rules').map(({ succeededIndexes, succeededCount }) => ({
    SucceededIndexes: succeededIndexes ?? null,
    SucceededCount: succeededCount ?? null,
  }));
  return [...limits, invalidValue(`${field}.successPolicy`, { Rules: rules }, words)];
}

function checkRestart(field: string, policy: string): FieldProblem[] {
  return policy === 'Always' ? [required(field, 'valid values: "OnFailure", "Never"')] : [];
}

/** Parallelism, deadlines and limits may move; what makes the pods may not, unless the Job has never started. */
export function checkJobUpdate(before: JsonObject, after: JsonObject): FieldProblem[] {
  const held = readObject(before, 'spec');
  const wanted = readObject(after, 'spec');
  const moved = (field: string): boolean => !sameJson(held[field], wanted[field]);
  const canMoveCompletions =
    held['completionMode'] === 'Indexed' && wanted['completions'] === wanted['parallelism'];
  return ['completions', 'selector', 'template', 'completionMode', 'backoffLimitPerIndex']
    .filter((field) => moved(field) && !(field === 'completions' && canMoveCompletions))
    .map((field) => invalidValue(`spec.${field}`, wanted[field] ?? null, 'field is immutable'));
}

/** The problems of a CronJob. */
export function checkCronJob(object: JsonObject): FieldProblem[] {
  const spec = readObject(object, 'spec');
  const name = readText(object, 'metadata', 'name');
  return [
    ...checkSchedule(spec),
    ...checkCount(spec, 'startingDeadlineSeconds'),
    ...checkTimeZone(readPath(spec, 'timeZone')),
    ...checkConcurrency(readText(spec, 'concurrencyPolicy')),
    ...checkJobSpec('spec.jobTemplate.spec', readObject(spec, 'jobTemplate', 'spec')),
    ...checkCount(spec, 'successfulJobsHistoryLimit'),
    ...checkCount(spec, 'failedJobsHistoryLimit'),
    ...(name.length > longestCronName
      ? [invalidValue('metadata.name', name, `must be no more than ${longestCronName} characters`)]
      : []),
  ];
}

function checkSchedule(spec: JsonObject): FieldProblem[] {
  const schedule = readText(spec, 'schedule');
  if (schedule === '') return [required('spec.schedule')];
  const problem = cronProblem(schedule);
  const words = 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead';
  return [
    ...(problem === undefined ? [] : [invalidValue('spec.schedule', schedule, problem)]),
    ...(schedule.includes('TZ') ? [invalidValue('spec.schedule', schedule, words)] : []),
  ];
}

function checkTimeZone(zone: unknown): FieldProblem[] {
  if (typeof zone !== 'string') return [];
  if (zone === '') return [invalidValue('spec.timeZone', zone, 'timeZone must be nil or non-empty string')];
  if (zone.toLowerCase() === 'local') {
    const words = 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones';
    return [invalidValue('spec.timeZone', zone, words)];
  }
  return isTimeZone(zone) ? [] : [invalidValue('spec.timeZone', zone, `unknown time zone ${zone}`)];
}

function checkConcurrency(policy: string): FieldProblem[] {
  const policies = ['Allow', 'Forbid', 'Replace'];
  return policies.includes(policy) ? [] : [unsupported('spec.concurrencyPolicy', policy, policies)];
}
