/** Executes a block of commands: once, or until what the page shows is there. */
import type { CleanupBlock, ExpectBlock, RunBlock, SetupBlock } from '../chapter/chapter.ts';
import { attemptBlock, dropOutput, type Attempt } from './attempt.ts';
import { describeBlock, describeEnd } from './block-result.ts';
import type { ChapterContext } from './chain-context.ts';
import type { BlockResult } from './execution.ts';
import { judgeAttempt, selectExpectations, type Judgement } from './judge.ts';
import { findPolling, isHopeless, nextDelay } from './poll.ts';
import { pause } from './pause.ts';

interface Limits {
  /** For each try. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

interface Trial {
  readonly attempt: Attempt;
  readonly judgement: Judgement;
}

/** Runs the block and binds its captures if it passes. */
export async function runCommands(
  context: ChapterContext,
  block: RunBlock | SetupBlock | CleanupBlock,
  limits: Limits,
): Promise<BlockResult> {
  const { clock } = context.options;
  const expected =
    block.kind === 'run' ? selectExpectations(block, context.world?.capabilities ?? new Set()) : [];
  const polling = findPolling(expected);
  const started = clock.now();
  let trial = await tryOnce(context, block, expected, limits);
  const firstEnd = clock.now();
  let lastStart = firstEnd;
  let tries = 1;
  while (polling !== undefined && trial.judgement.failure !== undefined && canChange(trial, expected)) {
    const delay = Math.min(nextDelay(polling, tries), started + polling.withinMs - clock.now());
    if (delay <= 0) break;
    await pause(clock, delay, limits.signal);
    if (limits.signal?.aborted === true) break;
    dropOutput(trial.attempt);
    tries += 1;
    lastStart = clock.now();
    context.options.emit({
      kind: 'block-retried',
      chain: context.chain.id,
      chapter: context.planned.chapter.id,
      block: block.id,
      tries,
    });
    trial = await tryOnce(context, block, expected, { ...limits, timeoutMs: remaining(context, limits) });
  }
  const { attempt, judgement } = trial;
  context.captures = judgement.captures;
  return describeBlock(block, started, clock.now(), {
    status: judgement.failure === undefined ? 'passed' : 'failed',
    ...(judgement.failure === undefined ? {} : { failure: judgement.failure }),
    ...(attempt.status === undefined ? {} : { exit: attempt.status }),
    tries,
    waitedMs: lastStart - firstEnd,
    output: attempt.output,
    expectations: judgement.expectations,
  });
}

function remaining({ options, deadline }: ChapterContext, { timeoutMs }: Limits): number {
  return Math.max(1, Math.min(timeoutMs, deadline - options.clock.now()));
}

async function tryOnce(
  context: ChapterContext,
  block: RunBlock | SetupBlock | CleanupBlock,
  expected: readonly ExpectBlock[],
  limits: Limits,
): Promise<Trial> {
  const merged = expected.length > 0 && expected.every(({ stream }) => stream === 'both');
  const mode = merged ? 'merged' : 'apart';
  const attempt = await attemptBlock(context, block, { ...limits, mode });
  const line = block.span.start.line;
  const failure = describeEnd(attempt, line);
  const judgement =
    failure === undefined
      ? judgeAttempt(attempt, line, expected, context.captures)
      : { expectations: [], captures: context.captures, failure };
  return { attempt, judgement };
}

function canChange({ attempt }: Trial, expected: readonly ExpectBlock[]): boolean {
  return attempt.end.kind === 'finished' && !isHopeless(attempt, expected);
}
