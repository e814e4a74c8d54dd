/** Counts a report, and says in one word how the run ended: the exit code and every closing line come from here. */
import type {
  Outcome,
  Report,
  ReportBlock,
  ReportChain,
  ReportChapter,
  SkipReason,
  Totals,
} from './report.ts';

type Countable = Pick<Report, 'chains' | 'chapters'>;

/** Counts chapters, blocks, expectations and skips. */
export function countTotals({ chains, chapters }: Countable): Totals {
  const blocks = chapters.flatMap((chapter) => chapter.blocks);
  const count = (status: ReportBlock['status']) => blocks.filter((block) => block.status === status).length;
  const skips = countSkips(blocks);
  const troubled = new Set(chains.filter(isTroubled).map((chain) => chain.id));
  const blockless = chapters.filter((chapter) => failedWithoutBlock(chapter) && !troubled.has(chapter.chain));
  return {
    chapters: chapters.length,
    chaptersFailed: chapters.filter((chapter) => chapter.status === 'failed').length,
    chaptersNotRun: chapters.filter((chapter) => chapter.status === 'not-run').length,
    blocks: blocks.length,
    expectations: blocks.reduce((sum, block) => sum + block.expectations.length, 0),
    passed: count('passed'),
    failed: count('failed') + troubled.size + blockless.length,
    skipped: skips.reduce((sum, { blocks: left, expectations = 0 }) => sum + left + expectations, 0),
    skips,
  };
}

function isTroubled(chain: ReportChain): boolean {
  return chain.leaks.length > 0 || chain.broken !== undefined;
}

function failedWithoutBlock(chapter: ReportChapter): boolean {
  return chapter.status === 'failed' && !chapter.blocks.some((block) => block.status === 'failed');
}

function countSkips(blocks: readonly ReportBlock[]): readonly SkipReason[] {
  const left = blocks
    .filter(({ status }) => status === 'skipped')
    .map(({ reason }) => reason ?? 'no reason given');
  const unchecked = blocks.flatMap(({ skippedExpectations = [] }) =>
    skippedExpectations.map(({ reason }) => reason),
  );
  return [...new Set([...left, ...unchecked])].map((reason) => {
    const expectations = unchecked.filter((other) => other === reason).length;
    const count = left.filter((other) => other === reason).length;
    return { reason, blocks: count, ...(expectations === 0 ? {} : { expectations }) };
  });
}

/** How the run ended. A run that passed no block is `empty`, never `passed`. */
export function decideOutcome(report: Countable, totals: Totals, interrupted: boolean): Outcome {
  if (interrupted) return 'interrupted';
  if (report.chains.some((chain) => chain.broken !== undefined)) return 'broken';
  if (totals.failed > 0) return 'failed';
  return totals.passed === 0 ? 'empty' : 'passed';
}
