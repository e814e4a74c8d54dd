/** `mtx-doc update`: runs the chapters and writes what was printed into the expectations that do not hold. */
import type { Chapter } from '../chapter/chapter.ts';
import type { Plan } from '../plan/plan.ts';
import type { Style } from '../report/style.ts';
import { readSource } from './chapter-file.ts';
import { chooseStyle } from './colour.ts';
import type { CommandInput, RunCommand } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Host } from './host.ts';
import { isCi } from './is-ci.ts';
import { openInterrupts } from './interrupt.ts';
import { loadPlan } from './load-plan.ts';
import { observeRun } from './observe-run.ts';
import { openWorldFor } from './open-world-for.ts';
import { systemClock } from '../execution/system-clock.ts';
import { openProgress } from './progress.ts';
import { promoteChapter } from './promote-chapter.ts';
import { type FindPrinted, printedInReport, printedInRun } from './printed.ts';
import { reviewChanges } from './review.ts';
import { UsageError } from './usage-error.ts';
import { writeChanges, type Outcome } from './write-changes.ts';

export const update: RunCommand = async (input, host) => {
  checkMode(input, host);
  const plan = await loadPlan(input, host);
  if (plan === undefined) return EXIT.usage;
  const chapters = requestedChapters(plan);
  const sources = new Map(chapters.map(({ file }) => [file, readSource(host.cwd, file)]));
  const report = input.text('from');
  const found =
    report === undefined ? await runPlan(plan, input, host) : printedInReport(host.cwd, report, chapters);
  if (typeof found !== 'function') return found;
  return await promote(chapters, sources, found, input, host);
};

/** Output that nobody has looked at must not become the truth: in CI only `--dry-run` is allowed. */
function checkMode(input: CommandInput, host: Host): void {
  const [dry, review] = [input.flag('dry-run'), input.flag('review')];
  if (dry && review) throw new UsageError('--dry-run and --review contradict each other');
  if (review && !host.interactive)
    throw new UsageError('--review needs a terminal', 'use --dry-run to see the changes');
  if (!dry && isCi(host)) {
    throw new UsageError(
      'chapters are not promoted in CI',
      'use --dry-run there, and promote where someone reads the diff',
    );
  }
}

function requestedChapters({ chains }: Plan): readonly Chapter[] {
  const planned = chains.flatMap(({ chapters }) => chapters.filter(({ requested }) => requested));
  return [...new Map(planned.map(({ chapter }) => [chapter.id, chapter])).values()];
}

async function runPlan(plan: Plan, input: CommandInput, host: Host): Promise<FindPrinted | ExitCode> {
  const style = chooseStyle(input.text('color'), host.env, host.stderr);
  const display = { format: 'pretty', detail: 'normal', progress: host.stderr, style } as const;
  const progress = openProgress(display, host, systemClock);
  const interrupts = openInterrupts(host, (line) => progress.note(line));
  try {
    const observed = await observeRun(plan, host, progress, {
      jobs: input.number('jobs') ?? 1,
      openWorld: openWorldFor(input, host, (line) => progress.note(line)),
      signal: interrupts.signal,
      hurry: interrupts.hurry,
    });
    if (observed.report.outcome === 'interrupted') return EXIT.interrupted;
    const broken = observed.report.chains.find((chain) => chain.broken !== undefined);
    if (broken === undefined) return printedInRun(plan, observed);
    host.stderr.write(
      `mtx-doc: the world of ${broken.id} broke, nothing is promoted: ${broken.broken ?? ''}\n`,
    );
    return EXIT.world;
  } finally {
    interrupts.close();
    progress.close();
  }
}

/** 1 where something would change (`--dry-run`), was left out, or could not be promoted. */
async function promote(
  chapters: readonly Chapter[],
  sources: ReadonlyMap<string, string>,
  findPrinted: FindPrinted,
  input: CommandInput,
  host: Host,
): Promise<ExitCode> {
  const style: Style = chooseStyle(input.text('color'), host.env, host.stdout);
  const outcome: Outcome = { changed: 0, left: 0 };
  for (const chapter of chapters) {
    const printed = findPrinted(chapter);
    if (printed.size === 0) {
      outcome.left += 1;
      host.stderr.write(`${style('warn', 'left')} ${chapter.file}: it was not run, so promote again
`);
    }
    const source = sources.get(chapter.file) ?? '';
    const { changes, refusals } = promoteChapter(chapter, printed);
    const reviewed = input.flag('review')
      ? await reviewChanges(chapter, source, changes, host, style)
      : undefined;
    const target = { chapter, source, changes: reviewed?.accepted ?? changes, refusals };
    writeChanges(target, { dry: input.flag('dry-run'), show: reviewed === undefined }, outcome, host, style);
    outcome.left += changes.length - target.changes.length;
    if (reviewed?.quit === true) break;
  }
  const verb = input.flag('dry-run') ? 'would be promoted' : 'promoted';
  const left = outcome.left === 0 ? '' : `, ${outcome.left} left as they are`;
  host.stdout.write(`${outcome.changed} ${verb}${left}\n`);
  return outcome.left > 0 || (input.flag('dry-run') && outcome.changed > 0) ? EXIT.failed : EXIT.ok;
}
