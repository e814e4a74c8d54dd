/** What went wrong in a run, in the order in which people should read it, and each in one sentence. */
import type { Failure } from '../execution/execution.ts';
import { renderDuration } from './render-duration.ts';
import type { Report, ReportBlock, ReportChapter } from './report.ts';
import { quoteWord } from '../text/shell-word.ts';

export interface FailedBlock {
  readonly chapter: ReportChapter;
  readonly block: ReportBlock;
  /** The line of the chapter to look at: the failing command or the expectation that differs. */
  readonly line: number;
  /** One sentence. */
  readonly reason: string;
}

/** Failed blocks in page order; a chapter that failed in two chains for the same reason is there once. */
export function listFailures(report: Report): readonly FailedBlock[] {
  const seen = new Set<string>();
  return report.chapters.flatMap((chapter) =>
    chapter.blocks
      .filter((block) => block.status === 'failed')
      .map((block) => ({
        chapter,
        block,
        line: block.failure?.line ?? block.line,
        reason: describeFailure(block.failure),
      }))
      .filter(({ line, reason }) => {
        const key = `${chapter.file}\n${line}\n${reason}`;
        return !seen.has(key) && seen.add(key);
      }),
  );
}

/** The first failure of each chapter, then all others: what a bounded list of annotations must show. */
export function sortByImportance(failures: readonly FailedBlock[]): readonly FailedBlock[] {
  const firsts = new Map<string, FailedBlock>();
  for (const failure of failures) {
    if (!firsts.has(failure.chapter.file)) firsts.set(failure.chapter.file, failure);
  }
  const first = new Set(firsts.values());
  return [...first, ...failures.filter((failure) => !first.has(failure))];
}

/** A failure that no block stands for. */
export interface Trouble {
  /** One sentence, with its place. */
  readonly text: string;
  /** Where in a chapter it can be mended, if it can. */
  readonly place?: { readonly file: string; readonly line: number };
}

/** Leaks, a broken world, what clean-ups left, chapters that failed as a whole. */
export function findTroubles(report: Report): readonly Trouble[] {
  const chains = report.chains.flatMap((chain) => [
    ...(chain.broken === undefined ? [] : [`the world of ${chain.id} broke: ${chain.broken}`]),
    ...chain.leaks.map((leak) => `${chain.id} left behind: ${leak}`),
  ]);
  const chapters = report.chapters
    .filter((chapter) => chapter.status === 'failed' && chapter.leftovers === undefined)
    .filter((chapter) => !chapter.blocks.some((block) => block.status === 'failed'))
    .map((chapter) => `${chapter.file} failed: ${chapter.reason ?? 'no block says why'}`);
  return [
    ...chains.map((text) => ({ text })),
    ...report.chapters.flatMap(describeLeftovers),
    ...chapters.map((text) => ({ text })),
  ];
}

/** The troubles' sentences. */
export function listTroubles(report: Report): readonly string[] {
  return findTroubles(report).map(({ text }) => text);
}

/** `a.md:40: left behind: namespace demo`, at the clean-up that should have seen to it. */
function describeLeftovers({ file, leftovers = [] }: ReportChapter): readonly Trouble[] {
  return leftovers.map(({ what, line }) =>
    line === undefined
      ? { text: `${file} (no clean-up): ${what}` }
      : { text: `${file}:${line}: ${what}`, place: { file, line } },
  );
}

/** One sentence, lower case, no full stop. */
export function describeFailure(failure: Failure | undefined): string {
  if (failure === undefined) return 'the block failed';
  switch (failure.kind) {
    case 'exit':
      return [`exit status ${failure.status}, not ${failure.expected}`, firstLine(failure.command)]
        .filter((part) => part !== '')
        .join(': ');
    case 'differs':
    case 'file':
      return failure.reason;
    case 'timeout':
      return `not done after ${renderDuration(failure.afterMs)}`;
    case 'shell-ended':
      return `the shell ended here (${typeof failure.status === 'number' ? `status ${failure.status}` : failure.status})`;
    case 'not-ready':
      return `not ready: ${failure.reason}`;
    case 'job-ended':
      return `it ended by itself with status ${failure.status} before the chapter did`;
    case 'interrupted':
      return 'interrupted';
  }
}

/** The command that runs this block again, with what it builds upon; a clean-up builds upon the whole chapter. */
export function rerunCommand(chapter: ReportChapter, block: ReportBlock): string {
  const until = block.kind === 'cleanup' ? '' : ` --until ${quoteWord(block.id)}`;
  return `mtx-doc run ${quoteWord(chapter.file)}${until}`;
}

function firstLine(text: string): string {
  const [first = '', ...rest] = text.trim().split('\n');
  return rest.length === 0 ? first : `${first} …`;
}
