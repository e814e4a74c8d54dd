/**
 * Events -> Report, one event at a time: the report of a run that was cut short is as well-formed as that of one that
 * ended, and lists every planned chapter that was never reached.
 */
import type { BlockResult, ExecutionEvent } from '../execution/execution.ts';
import { boundOutput, boundText, boundVerdict } from './bound.ts';
import type { Report, ReportBlock, ReportChain, ReportChapter, ReportContext } from './report.ts';
import { countTotals, decideOutcome } from './totals.ts';

const NOT_REACHED = 'the run ended before it';

/** The report of a run of which nothing has happened yet. */
export function startReport(context: ReportContext): Report {
  const chapters = context.plan.chains.flatMap((chain) =>
    chain.chapters.map(({ chapter, requested }): ReportChapter => ({
      chain: chain.id,
      id: chapter.id,
      file: chapter.file,
      title: chapter.title,
      ...(context.digest === undefined ? {} : { digest: context.digest(chapter) }),
      requested,
      status: 'not-run',
      reason: NOT_REACHED,
      durationMs: 0,
      blocks: [],
      collected: [],
    })),
  );
  const chains = context.plan.chains.map(({ id }): ReportChain => ({ id, leaks: [] }));
  return {
    version: 1,
    tool: context.tool,
    ...(context.commit === undefined ? {} : { commit: context.commit }),
    date: '1970-01-01T00:00:00.000Z',
    durationMs: 0,
    finished: false,
    outcome: 'empty',
    totals: countTotals({ chains, chapters }),
    chains,
    chapters,
  };
}

/** The report after one more event. Totals and outcome are counted when the run has finished. */
export function addEvent(report: Report, event: ExecutionEvent): Report {
  switch (event.kind) {
    case 'run-started':
      return { ...report, date: event.at };
    case 'chain-started':
      return updateChain(report, event.chain, (chain) => ({ ...chain, world: event.world }));
    case 'chain-finished': {
      const broken = event.broken === undefined ? {} : { broken: event.broken };
      return updateChain(report, event.chain, (chain) => ({ ...chain, leaks: event.leaks, ...broken }));
    }
    case 'run-finished':
      return finishReport(report, event.at, event.interrupted);
    case 'block-started':
    case 'block-retried':
      return report;
    case 'chapter-started':
    case 'block-finished':
    case 'collected':
    case 'chapter-finished':
      return updateChapter(report, event);
  }
}

/** The report of a whole run. */
export function summarise(events: Iterable<ExecutionEvent>, context: ReportContext): Report {
  let report = startReport(context);
  for (const event of events) report = addEvent(report, event);
  return report;
}

function finishReport(report: Report, at: string, interrupted: boolean): Report {
  const totals = countTotals(report);
  const durationMs = Math.max(0, Date.parse(at) - Date.parse(report.date));
  return {
    ...report,
    durationMs,
    finished: true,
    totals,
    outcome: decideOutcome(report, totals, interrupted),
  };
}

type ChapterEvent = Extract<
  ExecutionEvent,
  { kind: 'chapter-started' | 'block-finished' | 'collected' | 'chapter-finished' }
>;

function updateChapter(report: Report, event: ChapterEvent): Report {
  const chapters = report.chapters.map((chapter) =>
    chapter.chain === event.chain && chapter.id === event.chapter ? changeChapter(chapter, event) : chapter,
  );
  return { ...report, chapters };
}

function changeChapter(chapter: ReportChapter, event: ChapterEvent): ReportChapter {
  switch (event.kind) {
    case 'chapter-started':
      return { ...chapter, reason: 'the run ended in it', startedAt: event.at };
    case 'block-finished': {
      const others = chapter.blocks.filter(({ id }) => id !== event.result.block);
      return { ...chapter, blocks: [...others, toReportBlock(event.result)] };
    }
    case 'collected': {
      const collected = { command: event.command, output: boundText(event.output).text };
      return { ...chapter, collected: [...chapter.collected, collected] };
    }
    case 'chapter-finished': {
      const { reason: _reason, ...rest } = chapter;
      const reason = event.reason === undefined ? {} : { reason: event.reason };
      const leftovers = event.leftovers === undefined ? {} : { leftovers: event.leftovers };
      return { ...rest, ...reason, ...leftovers, status: event.status, durationMs: event.durationMs };
    }
  }
}

function updateChain(report: Report, id: string, change: (chain: ReportChain) => ReportChain): Report {
  return { ...report, chains: report.chains.map((chain) => (chain.id === id ? change(chain) : chain)) };
}

function toReportBlock(result: BlockResult): ReportBlock {
  const { block, output, expectations, ...rest } = result;
  return {
    id: block,
    ...rest,
    ...(output === undefined ? {} : { output: boundOutput(output) }),
    expectations: expectations.map(({ block, line, stream, verdict }) => ({
      block,
      line,
      stream,
      verdict: boundVerdict(verdict),
    })),
  };
}
