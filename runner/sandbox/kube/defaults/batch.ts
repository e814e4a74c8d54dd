/** What the API server fills into Jobs and CronJobs (pkg/apis/batch/v1/defaults.go). */
import type { JsonObject } from '../kube.ts';
import { childObject, readMap, setDefault } from '../objects/fields.ts';
import { defaultTemplate } from './workloads.ts';

const noLimit = 2_147_483_647;

/** A Job. */
export function defaultJob(object: JsonObject): void {
  const spec = childObject(object, 'spec');
  if (spec['completions'] === undefined && spec['parallelism'] === undefined) spec['completions'] = 1;
  setDefault(spec, 'parallelism', 1);
  setDefault(spec, 'backoffLimit', spec['backoffLimitPerIndex'] === undefined ? 6 : noLimit);
  const labels = readMap(spec, 'template', 'metadata', 'labels');
  const metadata = childObject(object, 'metadata');
  if (Object.keys(labels).length > 0 && Object.keys(readMap(metadata, 'labels')).length === 0)
    metadata['labels'] = labels;
  setDefault(spec, 'completionMode', 'NonIndexed');
  setDefault(spec, 'suspend', false);
  const replacement = spec['podFailurePolicy'] === undefined ? 'TerminatingOrFailed' : 'Failed';
  setDefault(spec, 'podReplacementPolicy', replacement);
  setDefault(spec, 'manualSelector', false);
  defaultTemplate(spec);
}

/** A CronJob; the Jobs that it makes get their own defaults when they are made. */
export function defaultCronJob(object: JsonObject): void {
  const spec = childObject(object, 'spec');
  setDefault(spec, 'concurrencyPolicy', 'Allow');
  setDefault(spec, 'suspend', false);
  setDefault(spec, 'successfulJobsHistoryLimit', 3);
  setDefault(spec, 'failedJobsHistoryLimit', 1);
  const template = childObject(spec, 'jobTemplate');
  childObject(template, 'metadata');
  defaultTemplate(childObject(template, 'spec'));
}
