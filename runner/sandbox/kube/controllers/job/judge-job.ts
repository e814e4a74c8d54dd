/** Whether a Job is at its end, and why: the conditions that syncJob in pkg/controller/job sets. */
import type { JsonObject } from '../../kube.ts';
import { integer, record, text } from '../fields.ts';
import { parseStamp } from '../times.ts';
import { restartsOf } from './job-pods.ts';
import { holds, type JobView } from './job-view.ts';

/** The end of a Job: `Complete` or `Failed`, with the words of its condition. */
export interface Judgement {
  readonly type: 'Complete' | 'Failed';
  readonly reason: string;
  readonly message: string;
}

const judgement = (type: Judgement['type'], reason: string, message: string): Judgement => ({
  type,
  reason,
  message,
});

/** Undefined while the Job goes on. What was judged before stays so. */
export function judgeJob(view: JobView): Judgement | undefined {
  const { job } = view;
  const failing = holds(job, 'FailureTarget');
  if (failing !== undefined) return repeat('Failed', failing);
  const done = holds(job, 'SuccessCriteriaMet');
  if (done !== undefined) return repeat('Complete', done);
  if (isBackOffOver(view))
    return judgement('Failed', 'BackoffLimitExceeded', 'Job has reached the specified backoff limit');
  if (isLate(view))
    return judgement('Failed', 'DeadlineExceeded', 'Job was active longer than specified deadline');
  return isDone(view)
    ? judgement('Complete', 'CompletionsReached', 'Reached expected number of succeeded pods')
    : undefined;
}

function repeat(type: Judgement['type'], { reason, message }: JsonObject): Judgement {
  return judgement(type, text(reason) ?? '', text(message) ?? '');
}

function isBackOffOver({ job, failed, active }: JobView): boolean {
  const limit = integer(job.spec?.['backoffLimit'], 6);
  if (failed > limit) return true;
  const template = record(record(job.spec?.['template'])['spec']);
  if (template['restartPolicy'] !== 'OnFailure') return false;
  const restarts = restartsOf(active);
  return limit === 0 ? restarts > 0 : restarts >= limit;
}

function isLate(view: JobView): boolean {
  const left = timeLeft(view);
  return left !== undefined && left <= 0;
}

/** Milliseconds of the clock until the Job's deadline. */
export function timeLeft({ job, context }: JobView): number | undefined {
  const seconds = job.spec?.['activeDeadlineSeconds'];
  const started = parseStamp(job.status?.['startTime']);
  if (typeof seconds !== 'number' || started === 0 || job.spec?.['suspend'] === true) return undefined;
  return started + seconds * 1000 * context.options.speed - context.cluster.clock.now();
}

/** Without a number of completions, one success is enough once no pod runs any more. */
function isDone({ job, succeeded, active }: JobView): boolean {
  const wanted = job.spec?.['completions'];
  if (typeof wanted === 'number') return succeeded >= wanted;
  return succeeded > 0 && active.length === 0;
}
