/** From paths to a plan, for every command that needs one. What is wrong with chapters is printed here, with a caret. */
import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Chapter, ChapterId } from '../chapter/chapter.ts';
import type { Plan } from '../plan/plan.ts';
import { schedule } from '../plan/schedule.ts';
import type { Problem } from '../text/text.ts';
import type { CommandInput } from './command.ts';
import type { Host } from './host.ts';
import { loadChapters, type LoadedChapters } from './load-chapters.ts';
import { isError, showBriefly, showProblems } from './show-problems.ts';
import { takeShard } from './take-shard.ts';

/** The plan, or nothing where problems forbid it; those are on the standard error stream then. Throws UsageError. */
export async function loadPlan(input: CommandInput, host: Host): Promise<Plan | undefined> {
  const noNeeds = input.flag('no-needs');
  const loaded = await loadChapters(input.arguments, host.cwd);
  const isPlanned = ({ file }: Problem): boolean =>
    !noNeeds || loaded.requested.some((requested) => requested === file);
  const { plan, problems } = schedule(loaded.chapters, {
    ...selection(input),
    noNeeds,
    requested: loaded.requested,
    nearby: listNearby(loaded.chapters, host.cwd),
  });
  // A chapter is judged with what it needs, also where only the chapter itself is planned.
  const linted = (await lintLoaded(loaded, host.cwd)).filter(isPlanned);
  const found = [...loaded.problems.filter(isPlanned), ...linted.filter(isError), ...problems];
  const all = found.some(isError) ? found : [...found, ...findIdle(loaded.chapters, plan)];
  const read = (file: string): string | undefined => loaded.sources.get(file);
  if (showProblems(all, read, host, input.text('color'))) return undefined;
  showBriefly(linted, host, input.text('color'));
  return takeShard(plan, input, host.cwd);
}

/** The linter knows commands, contracts and a bash parser: loaded only where there is something to say about a block. */
async function lintLoaded({ chapters, sources }: LoadedChapters, cwd: string): Promise<readonly Problem[]> {
  if (!chapters.some(({ blocks }) => blocks.length > 0)) return [];
  const { lintPages } = await import('../lint/lint-pages.ts');
  const { chooseContracts, readerIn } = await import('./lint-options.ts');
  const pages = chapters.map((chapter) => ({
    kind: 'chapter' as const,
    chapter,
    source: sources.get(chapter.file) ?? '',
  }));
  return lintPages(pages, {
    contracts: chooseContracts(undefined),
    readFile: readerIn(cwd, chapters[0]?.file),
  });
}

/** The Markdown files beside these chapters. */
export function listNearby(chapters: readonly Chapter[], cwd: string): readonly ChapterId[] {
  const folders = new Set(
    chapters.filter(({ meta }) => meta.needs.length > 0).map(({ file }) => dirname(file)),
  );
  return [...folders].flatMap((folder) =>
    readdirSync(resolve(cwd, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name) as ChapterId),
  );
}

function selection(input: CommandInput): { only?: string; until?: string; timeoutMs?: number } {
  const [only, until, timeoutMs] = [input.text('only'), input.text('until'), input.number('timeout')];
  return {
    ...(only === undefined ? {} : { only }),
    ...(until === undefined ? {} : { until }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
}

/** A plan in which no run is left would pass without having checked anything. */
function findIdle(chapters: readonly Chapter[], plan: Plan): readonly Problem[] {
  const steps = plan.chains.flatMap((chain) => chain.chapters.flatMap((chapter) => chapter.steps));
  if (plan.chains.length === 0 || steps.some(({ block, skip }) => block.kind === 'run' && skip === undefined))
    return [];
  const top = { line: 1, column: 1, offset: 0 };
  return [
    {
      code: 'plan:no-run',
      severity: 'error',
      file: chapters[0]?.file ?? '',
      span: { start: top, end: top },
      message: 'No block would be run, so nothing would be checked.',
      hint: 'A chapter needs a ```bash {.run} fence; --only and --until must leave one.',
    },
  ];
}
