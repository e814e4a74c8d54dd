/**
 * From a chapter and what its blocks printed to the expectations that a promotion changes, and those that it must leave.
 * Pure: nothing is read or written here.
 */
import type { Chapter, ExpectBlock, RunBlock, StreamName } from '../chapter/chapter.ts';
import type { Change } from '../chapter/rewrite.ts';
import type { Failure } from '../execution/execution.ts';
import type { Captures } from '../expectation/expectation.ts';
import { matchExpectation } from '../expectation/match.ts';
import { rewriteExpectation } from '../expectation/rewrite/rewrite-expectation.ts';

/** What is known of a block's last execution; both a run and a report have it. */
export interface Printed {
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly failure?: Failure;
  readonly tries: number;
  /** Whether the last two tries of a polled block printed the same. */
  readonly settled?: boolean;
  readonly output?: {
    readonly stdout: string;
    readonly stderr: string;
    readonly both?: string;
    readonly omittedBytes: number;
  };
  /** The expectations that were compared. */
  readonly compared: ReadonlySet<string>;
}

/** Why something that failed stays as it is. `line` is a line of the chapter. */
export interface Refusal {
  readonly line: number;
  readonly reason: string;
}

export interface Promotion {
  readonly changes: readonly Change[];
  readonly refusals: readonly Refusal[];
}

const MASK = '***';

/** The promotion of one chapter; `printed` holds its blocks by id. */
export function promoteChapter(chapter: Chapter, printed: ReadonlyMap<string, Printed>): Promotion {
  const changes: Change[] = [];
  const refusals: Refusal[] = [];
  let captures: Captures = {};
  for (const block of chapter.blocks) {
    const result = printed.get(block.id);
    if (result === undefined || result.status === 'skipped') continue;
    const refusal = findRefusal(result);
    if (refusal !== undefined)
      refusals.push({ line: result.failure?.line ?? block.span.start.line, reason: refusal });
    else if (block.kind === 'run') captures = promoteRun(block, result, captures, changes, refusals);
  }
  return { changes, refusals };
}

/** Gives the captures that are bound after the run, once its changes are made. */
function promoteRun(
  run: RunBlock,
  result: Printed,
  captures: Captures,
  changes: Change[],
  refusals: Refusal[],
): Captures {
  let bound = captures;
  for (const block of run.expectations.filter(({ id }) => result.compared.has(id))) {
    const text = textOf(result, block.stream);
    const held = text === undefined ? undefined : matchExpectation(block.expectation, text, bound);
    if (held?.kind === 'held') {
      bound = held.captures;
      continue;
    }
    // A report keeps less of an output than the run compared.
    if (result.status === 'passed' && (result.output?.omittedBytes ?? 0) > 0) continue;
    const change = promoteExpectation(block, result, text, bound);
    if ('reason' in change) refusals.push({ line: block.span.start.line, reason: change.reason });
    else {
      changes.push(change);
      const after = matchExpectation({ ...block.expectation, text: change.text }, text ?? '', bound);
      if (after.kind === 'held') bound = after.captures;
    }
  }
  return bound;
}

function promoteExpectation(
  block: ExpectBlock,
  result: Printed,
  text: string | undefined,
  captures: Captures,
): Change | { readonly reason: string } {
  if (text === undefined) return { reason: `what it printed on ${block.stream} is not known` };
  if ((result.output?.omittedBytes ?? 0) > 0) return { reason: 'the output is too long to be kept whole' };
  const rewriting = rewriteExpectation(block.expectation, text, captures);
  if (rewriting.kind === 'refused') return { reason: rewriting.reason };
  const old = new Set(block.expectation.text.split('\n'));
  const secret = rewriting.text.split('\n').find((line) => line.includes(MASK) && !old.has(line));
  if (secret === undefined) return { block, text: rewriting.text };
  return { reason: `the output holds a secret, \`${MASK}\` here: write \`<<_>>\` in its place` };
}

/** Why a block's output is not what the page should show; undefined if it is. */
function findRefusal({ failure, tries, settled }: Printed): string | undefined {
  switch (failure?.kind) {
    case undefined:
      return undefined;
    case 'differs':
      return tries > 1 && settled !== true
        ? 'it was still changing when `within` was up: give it more time, or find out why'
        : undefined;
    case 'exit':
      return `exit status ${failure.status}, not ${failure.expected}: if that is right, write \`exit=${failure.status}\` on the expectation and promote again`;
    case 'timeout':
      return 'it was not done in time, so its output is not whole';
    case 'shell-ended':
      return 'the shell ended in it, so its output may not be whole';
    case 'job-ended':
      return 'it ended before the chapter did';
    case 'not-ready':
    case 'file':
      return failure.reason;
    case 'interrupted':
      return 'it was interrupted';
  }
}

function textOf({ output }: Printed, stream: StreamName): string | undefined {
  return output?.[stream];
}
