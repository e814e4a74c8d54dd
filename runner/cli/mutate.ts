/** `mtx-doc mutate`: runs chapters once, then proves without running them again that each expectation can fail. */
import { systemClock } from '../execution/system-clock.ts';
import type { MutantReport } from '../report/mutants.ts';
import { chooseStyle } from './colour.ts';
import type { CommandInput, RunCommand } from './command.ts';
import { applyAllowList, readAllowList } from './allow-list.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import type { Host } from './host.ts';
import { judgeMutants } from './judge-mutants.ts';
import { loadPlan } from './load-plan.ts';
import { openProgress } from './progress.ts';
import { openRecorder, type RecordedChapter } from './record-runs.ts';
import { executePlan } from './run.ts';
import { showReport, type Display } from './run-output.ts';
import { UsageError } from './usage-error.ts';

export const mutate: RunCommand = async (input, host) => {
  const allow = input.text('allow');
  const entries = allow === undefined ? [] : readAllowList(allow, host.cwd);
  const only = input.text('only')?.replace(/^#/, '');
  const whole = wholeChapters(input);
  const plan = await loadPlan(whole, host);
  if (plan === undefined) return EXIT.usage;
  const blocks = plan.chains.flatMap(({ chapters }) => chapters.flatMap(({ chapter }) => chapter.blocks));
  if (only !== undefined && !blocks.some(({ id, kind }) => id === only && kind === 'run')) {
    throw new UsageError(`no run has the id ${only}`, 'mtx-doc plan lists the ids');
  }
  const display = chooseDisplay(input, host);
  const recorder = openRecorder(plan);
  const progress = openProgress(display, host, systemClock);
  const report = await executePlan(plan, whole, host, progress, recorder.note);
  if (report.outcome !== 'passed') {
    await showReport(report, { ...display, format: 'pretty' }, { ...host, stdout: display.progress });
    host.stderr.write('mtx-doc: nothing was proved: the chapters must be green first\n');
    return exitCodeOf(report.outcome);
  }
  const chapters = recorder.chapters().map((chapter) => judgeLoudly(chapter, only, host));
  const proof = { version: 1, tool: host.version, ...applyAllowList(chapters, entries, only) } as const;
  return await showProof(proof, input, host);
};

/** The run's own view of the input: whole chapters, whatever is judged of them, and an end at the first failure. */
function wholeChapters(input: CommandInput): CommandInput {
  const hidden = new Set(['only', 'until', 'shard', 'times']);
  return {
    ...input,
    flag: (name) => (name === 'bail' ? true : name === 'keep' ? false : input.flag(name)),
    text: (name) => (hidden.has(name) ? undefined : input.text(name)),
  };
}

function chooseDisplay(input: CommandInput, host: Host): Display {
  const progress = input.text('format') === 'json' ? host.stderr : host.stdout;
  const style = chooseStyle(input.text('color'), host.env, progress);
  return { format: 'pretty', detail: input.flag('quiet') ? 'silent' : 'normal', progress, style };
}

function judgeLoudly(
  chapter: RecordedChapter,
  only: string | undefined,
  host: Host,
): ReturnType<typeof judgeMutants> {
  if (host.stderr.isTTY) host.stderr.write(`judging ${chapter.planned.chapter.file}\n`);
  return judgeMutants(chapter, only);
}

async function showProof(proof: MutantReport, input: CommandInput, host: Host): Promise<number> {
  const { isProved, renderMutants, renderMutantsJson } = await import('../report/render-mutants.ts');
  const style = chooseStyle(input.text('color'), host.env, host.stdout);
  host.stdout.write(input.text('format') === 'json' ? renderMutantsJson(proof) : renderMutants(proof, style));
  return isProved(proof) ? EXIT.ok : EXIT.failed;
}
