/** Executes a plan for commands that want more than its report: what each block printed, whole. */
import { tmpdir } from 'node:os';
import { execute } from '../execution/execute.ts';
import type { ExecutionOptions } from '../execution/execution-options.ts';
import type { BlockResult, ExecutionEvent } from '../execution/execution.ts';
import { systemClock } from '../execution/system-clock.ts';
import type { Plan } from '../plan/plan.ts';
import type { Report } from '../report/report.ts';
import { addEvent, startReport } from '../report/summarise.ts';
import type { Host } from './host.ts';
import type { Progress } from './progress.ts';
import { repositoryOf } from './repository.ts';

export interface Observed {
  readonly report: Report;
  /** Results by chain, chapter and block: see `resultKey`. */
  readonly results: ReadonlyMap<string, BlockResult>;
}

/** The key of a block's result. A chapter that two chains need is executed twice. */
export function resultKey(chain: string, chapter: string, block: string): string {
  return JSON.stringify([chain, chapter, block]);
}

/** Runs to the end and shows the progress. */
export async function observeRun(
  plan: Plan,
  host: Host,
  progress: Progress,
  options: Pick<ExecutionOptions, 'jobs' | 'openWorld' | 'signal' | 'hurry'>,
): Promise<Observed> {
  let report = startReport({ tool: host.version, plan });
  const results = new Map<string, BlockResult>();
  const emit = (event: ExecutionEvent): void => {
    report = addEvent(report, event);
    if (event.kind === 'block-finished') {
      results.set(resultKey(event.chain, event.chapter, event.result.block), event.result);
    }
    progress.show(event, report);
  };
  await execute(plan, {
    clock: systemClock,
    repository: repositoryOf(plan, host.cwd).root,
    tempRoot: host.env['TMPDIR'] || tmpdir(),
    environment: host.env,
    ...options,
    emit,
  });
  return { report, results };
}
