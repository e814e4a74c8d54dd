/** `mtx-doc run`: the stages joined. Report files are opened first and worlds last; every sink gets the same report. */
import { tmpdir } from 'node:os';
import { execute } from '../execution/execute.ts';
import type { ExecutionEvent } from '../execution/execution.ts';
import { systemClock } from '../execution/system-clock.ts';
import type { Plan } from '../plan/plan.ts';
import type { Report } from '../report/report.ts';
import { addEvent, startReport } from '../report/summarise.ts';
import type { CommandInput, RunCommand } from './command.ts';
import { digestChapter } from './digest-chapter.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import type { Host } from './host.ts';
import { openInterrupts } from './interrupt.ts';
import { loadPlan } from './load-plan.ts';
import { openWorldFor } from './open-world-for.ts';
import { openProgress, type Progress } from './progress.ts';
import { requireMachine } from './require-machine.ts';
import { openReportFiles } from './report-files.ts';
import { repositoryOf, type Repository } from './repository.ts';
import { chooseDisplay, showReport } from './run-output.ts';

export const run: RunCommand = async (input, host) => {
  const display = chooseDisplay(input, host);
  const files = openReportFiles({ report: input.text('report'), junit: input.text('junit') }, host.cwd);
  try {
    // Both at once: a run of one block must not wait for the checks.
    const [plan, isReady] = await Promise.all([loadPlan(input, host), requireMachine(input, host)]);
    if (plan === undefined) return EXIT.usage;
    if (!isReady) return EXIT.world;
    const progress = openProgress(display, host, systemClock);
    const report = await executePlan(plan, input, host, progress);
    await files.commit(report);
    await showReport(report, display, host);
    return exitCodeOf(report.outcome);
  } finally {
    files.discard();
  }
};

/** Executes the plan and gives its report; `listen` gets each event too. */
export async function executePlan(
  plan: Plan,
  input: CommandInput,
  host: Host,
  progress: Progress,
  listen: (event: ExecutionEvent) => void = () => undefined,
): Promise<Report> {
  const repository = repositoryOf(plan, host.cwd);
  const commit = repository.commit === undefined ? {} : { commit: repository.commit };
  let report = startReport({ tool: host.version, plan, digest: digestChapter, ...commit });
  const interrupts = openInterrupts(host, (line) => progress.note(line));
  const emit = (event: ExecutionEvent): void => {
    listen(event);
    report = addEvent(report, event);
    progress.show(event, report);
  };
  try {
    await execute(plan, {
      ...executionOptions(input, host, repository),
      emit,
      openWorld: openWorldFor(input, host, (line) => progress.note(line), { signal: interrupts.signal }),
      signal: interrupts.signal,
      hurry: interrupts.hurry,
    });
  } finally {
    interrupts.close();
    progress.close();
  }
  return report;
}

function executionOptions(input: CommandInput, host: Host, repository: Repository) {
  return {
    clock: systemClock,
    repository: repository.root,
    tempRoot: host.env['TMPDIR'] || tmpdir(),
    environment: host.env,
    jobs: input.number('jobs') ?? 1,
    bail: input.flag('bail'),
    keep: input.flag('keep'),
  };
}
