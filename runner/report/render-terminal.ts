/** The report for people at a terminal. Progress lines come before it; its last line is a contract. */
import { listFailures, listTroubles } from './failures.ts';
import { renderCount, renderDuration } from './render-duration.ts';
import { renderCollected, renderFailure } from './render-failure.ts';
import { renderWorlds } from './render-world.ts';
import type { Report, ReportChapter, SkipReason, Totals } from './report.ts';
import type { Style } from './style.ts';

const LONG_WAIT_MS = 1_000;
const MOST_WAITS = 5;

interface Show {
  readonly totals: boolean;
}

/** Failures, troubles, totals unless they are not wanted, and the closing line; ends with a newline. */
export function renderTerminal(report: Report, style: Style, show: Show = { totals: true }): string {
  const totals = show.totals ? renderTotals(report, style) : [];
  const lines = [...renderFailures(report, style), ...totals, closingLine(report.totals)];
  return `${lines.join('\n')}\n`;
}

/** Exactly `N passed, N failed`, with `, N skipped` when any. */
export function closingLine(totals: Totals): string {
  const skipped = totals.skipped === 0 ? '' : `, ${totals.skipped} skipped`;
  return `${totals.passed} passed, ${totals.failed} failed${skipped}`;
}

/** "2 blocks", "1 expectation" or both. */
export function countSkipped({ blocks, expectations = 0 }: SkipReason): string {
  return [
    ...(blocks === 0 ? [] : [renderCount(blocks, 'block')]),
    ...(expectations === 0 ? [] : [renderCount(expectations, 'expectation')]),
  ].join(' and ');
}

/** Every failed block of the report with its details, then what failed without a block. */
function renderFailures(report: Report, style: Style): readonly string[] {
  const failures = listFailures(report);
  const last = new Map(failures.map((failure) => [failure.chapter, failure]));
  const blocks = failures.flatMap((failure) => [
    ...renderFailure(failure, style),
    ...(last.get(failure.chapter) === failure ? renderCollected(failure.chapter.collected, style) : []),
    '',
  ]);
  const troubles = listTroubles(report).map((trouble) => `${style('bad', 'FAIL')} ${trouble}`);
  return [...blocks, ...troubles, ...(troubles.length === 0 ? [] : [''])];
}

/** The lines between the failures and the closing line. */
function renderTotals(report: Report, style: Style): readonly string[] {
  const { totals } = report;
  const counts = [
    renderCount(totals.chapters, 'chapter'),
    renderCount(totals.blocks, 'block'),
    renderCount(totals.expectations, 'expectation'),
    renderDuration(report.durationMs),
  ].join(', ');
  return [
    ...renderNotRun(report.chapters, style),
    ...totals.skips.map((skip) => style('warn', `skipped ${countSkipped(skip)}: ${skip.reason}`)),
    ...(report.outcome === 'interrupted' ? [style('warn', 'interrupted')] : []),
    ...(report.outcome === 'empty' ? [style('bad', 'nothing was checked')] : []),
    ...renderWaits(report.chapters, style),
    ...renderWorlds(report.chains.map((chain) => chain.world)),
    counts,
  ];
}

/** The blocks that were polled longest: where a run's time goes, and which `within` is near its end. */
function renderWaits(chapters: readonly ReportChapter[], style: Style): readonly string[] {
  const waits = chapters
    .flatMap(({ file, blocks }) => blocks.map((block) => ({ file, ...block })))
    .filter(({ waitedMs }) => waitedMs > LONG_WAIT_MS)
    .toSorted((a, b) => b.waitedMs - a.waitedMs)
    .slice(0, MOST_WAITS);
  if (waits.length === 0) return [];
  const rows = waits.map(({ waitedMs, tries, file, line, id }) => {
    return `  ${renderDuration(waitedMs).padStart(11)}  ${`${tries} tries`.padStart(9)}  ${file}:${line} #${id}`;
  });
  return [style('strong', 'slowest waits'), ...rows];
}

function renderNotRun(chapters: readonly ReportChapter[], style: Style): readonly string[] {
  return chapters
    .filter((chapter) => chapter.status === 'not-run')
    .map((chapter) => `${style('warn', 'not run')} ${chapter.file}: ${chapter.reason ?? 'no reason given'}`);
}
