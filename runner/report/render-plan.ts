/** What would run, in which order, in which world, before anything does. */
import type { Block } from '../chapter/chapter.ts';
import type { Chain, Plan, PlannedChapter, Step } from '../plan/plan.ts';
import { renderCount, renderDuration } from './render-duration.ts';
import type { Style } from './style.ts';

/** What the command line asks for. */
export interface WantedWorld {
  readonly cluster: string;
  readonly hub: string;
}

/** A table for people: a heading per chain, a line per block. Ends with a newline. */
export function renderPlanTable(plan: Plan, world: WantedWorld, style: Style): string {
  const steps = plan.chains.flatMap(({ chapters }) => chapters.flatMap((chapter) => chapter.steps));
  const chapters = plan.chains.reduce((sum, chain) => sum + chain.chapters.length, 0);
  const skipped = steps.filter(isSkipped).length;
  const counts = [
    renderCount(plan.chains.length, 'chain'),
    renderCount(chapters, 'chapter'),
    `${renderCount(steps.length - skipped, 'block')} to run`,
    ...(skipped === 0 ? [] : [`${skipped} skipped`]),
  ];
  const chains = plan.chains.flatMap((chain) => [...renderChain(chain, world, style), '']);
  return `${[...chains, counts.join(', ')].join('\n')}\n`;
}

/** The same as JSON: chains, chapters and blocks in order. */
export function renderPlanJson(plan: Plan, world: WantedWorld): string {
  const chains = plan.chains.map((chain) => ({
    id: chain.id,
    world: chain.needsWorld ? world : null,
    chapters: chain.chapters.map(({ chapter, requested, steps }) => ({
      file: chapter.file,
      title: chapter.title,
      requested,
      blocks: steps.map(({ block, timeoutMs, skip }) => ({
        id: block.id,
        kind: block.kind,
        line: block.span.start.line,
        timeoutMs,
        skip: skip ?? skipReason(block) ?? null,
        expectations: expectationsOf(block),
      })),
    })),
  }));
  return `${JSON.stringify({ version: 1, chains }, null, 2)}\n`;
}

function renderChain(chain: Chain, world: WantedWorld, style: Style): readonly string[] {
  const where = chain.needsWorld ? `cluster ${world.cluster}, hub ${world.hub}` : 'no world';
  const rows = chain.chapters.flatMap((chapter) => chapter.steps.map((step) => toCells(chapter, step)));
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((cells) => cells[column]?.length ?? 0)));
  const lines = rows.map((cells) => {
    const padded = cells.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    return `  ${padded.join('  ')}`.trimEnd();
  });
  return [`${style('strong', chain.id)} ${style('dim', `(${where})`)}`, ...lines];
}

function toCells({ chapter, requested }: PlannedChapter, step: Step): readonly string[] {
  const { block, skip } = step;
  const reason = skip ?? skipReason(block);
  const checks = expectationsOf(block);
  const details = [
    ...(reason === undefined ? [] : [`skipped: ${reason}`]),
    ...(reason === undefined && checks > 0 ? [renderCount(checks, 'expectation')] : []),
    ...(reason === undefined && hasTimeout(block) ? [`at most ${renderDuration(step.timeoutMs)}`] : []),
    ...(requested ? [] : ['needed']),
  ];
  return [`${chapter.file}:${block.span.start.line}`, block.kind, `#${block.id}`, details.join(', ')];
}

function isSkipped({ block, skip }: Step): boolean {
  return skip !== undefined || skipReason(block) !== undefined;
}

function skipReason(block: Block): string | undefined {
  return block.kind === 'skip' ? block.reason : undefined;
}

function expectationsOf(block: Block): number {
  return block.kind === 'run' ? block.expectations.length : 0;
}

function hasTimeout(block: Block): boolean {
  return 'timeoutMs' in block;
}
