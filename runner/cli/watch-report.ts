/**
 * What a watch knows now, as one report: a run after an edit has only the blocks from the first changed one on, and those
 * before it stand as they were found earlier. So pages can show a chapter while it is written.
 */
import type { BlockResult } from '../execution/execution.ts';
import type { Chain } from '../plan/plan.ts';
import type { Report, ReportChapter } from '../report/report.ts';
import { addEvent } from '../report/summarise.ts';
import { countTotals, decideOutcome } from '../report/totals.ts';

/** The last run of a chain, and what all blocks of its last chapter came to, also in runs before that one. */
export interface Standing {
  readonly chain: Chain;
  readonly report: Report;
  readonly results: ReadonlyMap<string, BlockResult>;
}

/** Undefined where nothing has run. */
export function reportStanding(standings: readonly Standing[]): Report | undefined {
  const reports = standings.map(completeReport);
  const [first] = reports;
  if (first === undefined) return undefined;
  const chains = reports.flatMap((report) => report.chains);
  const chapters = reports.flatMap((report) => report.chapters.map(failWithBlocks));
  const totals = countTotals({ chains, chapters });
  const durationMs = reports.reduce((sum, report) => sum + report.durationMs, 0);
  return {
    ...first,
    chains,
    chapters,
    totals,
    durationMs,
    outcome: decideOutcome({ chains, chapters }, totals, false),
  };
}

function completeReport({ chain, report, results }: Standing): Report {
  const chapter = chain.chapters.at(-1)?.chapter.id;
  if (chapter === undefined) return report;
  return [...results.values()].reduce(
    (whole, result) => addEvent(whole, { kind: 'block-finished', chain: chain.id, chapter, result }),
    report,
  );
}

/** A block that failed before the last run's first one was not that run's to tell of. */
function failWithBlocks(chapter: ReportChapter): ReportChapter {
  const failed = chapter.blocks.some(({ status }) => status === 'failed');
  return failed ? { ...chapter, status: 'failed' } : chapter;
}
