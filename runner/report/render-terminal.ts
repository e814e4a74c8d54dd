/** The report for people at a terminal. Progress lines come before it; its last line is a contract. */
import { listFailures, listTroubles } from './failures.ts';
import { renderCount, renderDuration } from './render-duration.ts';
import { renderCollected, renderFailure } from './render-failure.ts';
import { renderWorlds } from './render-world.ts';
import type { Report, ReportBlock, ReportChapter, Totals } from './report.ts';
import type { Role, Style } from './style.ts';

const BLOCK_WORDS: Readonly<Record<ReportBlock['status'], readonly [Role, string]>> = {
  passed: ['good', 'ok  '],
  failed: ['bad', 'FAIL'],
  skipped: ['warn', 'skip'],
};

/** One line for a finished block: "ok   tutorial/01.md:12 #deploy (1.2 s)". */
export function renderBlockLine(file: string, block: ReportBlock, style: Style): string {
  const [role, word] = BLOCK_WORDS[block.status];
  const detail = block.status === 'skipped' ? (block.reason ?? '') : renderDuration(block.durationMs);
  return `${style(role, word)} ${file}:${block.line} #${block.id} ${style('dim', `(${detail})`)}`;
}

/** Failures, troubles, totals and the closing line; ends with a newline. */
export function renderTerminal(report: Report, style: Style): string {
  const lines = [
    ...renderFailures(report, style),
    ...renderTotals(report, style),
    closingLine(report.totals),
  ];
  return `${lines.join('\n')}\n`;
}

/** Exactly `N passed, N failed`, with `, N skipped` when any. */
export function closingLine(totals: Totals): string {
  const skipped = totals.skipped === 0 ? '' : `, ${totals.skipped} skipped`;
  return `${totals.passed} passed, ${totals.failed} failed${skipped}`;
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
    ...totals.skips.map(({ reason, blocks }) =>
      style('warn', `skipped ${renderCount(blocks, 'block')}: ${reason}`),
    ),
    ...(report.outcome === 'interrupted' ? [style('warn', 'interrupted')] : []),
    ...(report.outcome === 'empty' ? [style('bad', 'nothing was checked')] : []),
    ...renderWorlds(report.chains.map((chain) => chain.world)),
    counts,
  ];
}

function renderNotRun(chapters: readonly ReportChapter[], style: Style): readonly string[] {
  return chapters
    .filter((chapter) => chapter.status === 'not-run')
    .map((chapter) => `${style('warn', 'not run')} ${chapter.file}: ${chapter.reason ?? 'no reason given'}`);
}
