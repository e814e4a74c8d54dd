/** Builds the one record that reports know of a block. */
import type { Block } from '../chapter/chapter.ts';
import type { Attempt } from './attempt.ts';
import type { BlockResult, Failure } from './execution.ts';

type Facts = Pick<BlockResult, 'status'> & Partial<BlockResult>;

/** The record of a block that began at `startedMs` and ended at `endedMs`, in milliseconds since 1970. */
export function describeBlock(block: Block, startedMs: number, endedMs: number, facts: Facts): BlockResult {
  return {
    block: block.id,
    kind: block.kind,
    line: block.span.start.line,
    headings: block.headings,
    command: block.body,
    startedAt: new Date(startedMs).toISOString(),
    durationMs: endedMs - startedMs,
    tries: 1,
    waitedMs: 0,
    expectations: [],
    ...facts,
  };
}

/** The record of a block that was looked at and left out. */
export function describeSkipped(block: Block, atMs: number, reason: string): BlockResult {
  return describeBlock(block, atMs, atMs, { status: 'skipped', reason, tries: 0 });
}

/** Why an attempt that did not come to its end failed; undefined if it did. */
export function describeEnd({ end, blame, status }: Attempt, line: number): Failure | undefined {
  switch (end.kind) {
    case 'finished':
      return undefined;
    case 'timeout':
      return { kind: 'timeout', line, afterMs: end.afterMs };
    case 'interrupted':
      return { kind: 'interrupted', line };
    case 'ended':
      return { kind: 'shell-ended', line: blame?.line ?? line, status: status ?? end.status };
  }
}
