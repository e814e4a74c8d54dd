/** Executes a block of commands: once, or until what the page shows is there. */
import type { CleanupBlock, ExpectBlock, RunBlock, SetupBlock } from '../chapter/chapter.ts';
import { matchExpectation } from '../expectation/match.ts';
import { attemptBlock, type Attempt } from './attempt.ts';
import { describeBlock, describeEnd } from './block-result.ts';
import type { ChapterContext } from './chain-context.ts';
import type { BlockResult, Failure } from './execution.ts';
import { judgeAttempt, selectExpectations, type Judgement } from './judge.ts';
import { findPolling, isHopeless, nextDelay, type Polling } from './poll.ts';
import { pause } from './pause.ts';

interface Limits {
  /** For each try. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

type CommandBlock = RunBlock | SetupBlock | CleanupBlock;

/** One try, with the times of its start and end. */
interface Trial {
  readonly attempt: Attempt;
  readonly judgement: Judgement;
  readonly startedMs: number;
  readonly endedMs: number;
}

/** Runs the block and binds its captures if it passes. */
export async function runCommands(
  context: ChapterContext,
  block: CommandBlock,
  limits: Limits,
): Promise<BlockResult> {
  const { expected, skipped } = selectExpectations(
    block.kind === 'run' ? block.expectations : [],
    context.world?.capabilities ?? new Set(),
  );
  const polling = findPolling(expected);
  const first = await tryOnce(context, block, expected, limits);
  const trials = [first];
  if (polling !== undefined) {
    for await (const trial of tryAgain(context, block, { expected, limits, polling, first }))
      trials.push(trial);
  }
  const { attempt, judgement, startedMs, endedMs } = trials.at(-1) ?? first;
  const failure = judgement.failure === undefined ? undefined : explain(judgement.failure, block, limits);
  context.captures = judgement.captures;
  return describeBlock(block, first.startedMs, endedMs, {
    status: failure === undefined ? 'passed' : 'failed',
    ...(failure === undefined ? {} : { failure }),
    ...(attempt.status === undefined ? {} : { exit: attempt.status }),
    tries: trials.length,
    waitedMs: trials.length === 1 ? 0 : startedMs - first.endedMs,
    output: attempt.output,
    ...(failure === undefined || trials.length === 1 ? {} : { settled: isSettled(trials) }),
    expectations: judgement.expectations,
    ...(skipped.length === 0 ? {} : { skippedExpectations: skipped }),
  });
}

/** Whether the last two tries printed the same, but for what differs from one moment to the next. */
function isSettled(trials: readonly Trial[]): boolean {
  const [before, last] = trials.slice(-2).map(({ attempt }) => attempt.output);
  if (before === undefined || last === undefined) return false;
  return (['stdout', 'stderr', 'both'] as const).every((stream) => {
    const expectation = {
      match: 'like',
      language: 'text',
      text: before[stream]?.replace(/\n$/, '') ?? '',
    } as const;
    return (
      before[stream] === last[stream] || matchExpectation(expectation, last[stream] ?? '', {}).kind === 'held'
    );
  });
}

/** What did not hold before Ctrl-C might have held after it. */
function explain(failure: Failure, block: CommandBlock, { signal }: Limits): Failure {
  const mayHold = failure.kind === 'differs' || failure.kind === 'exit';
  return mayHold && signal?.aborted === true ? { kind: 'interrupted', line: block.span.start.line } : failure;
}

interface Retrying {
  readonly expected: readonly ExpectBlock[];
  readonly limits: Limits;
  readonly polling: Polling;
  readonly first: Trial;
}

/** The tries after the first, until one holds, none can hold any more, or the time is up. */
async function* tryAgain(
  context: ChapterContext,
  block: CommandBlock,
  { expected, limits, polling, first }: Retrying,
): AsyncGenerator<Trial> {
  const { clock, emit } = context.options;
  let last = first;
  for (let tries = 1; last.judgement.failure !== undefined && canChange(last, expected); tries += 1) {
    const left = first.startedMs + polling.withinMs - clock.now();
    if (left <= 0) return;
    await pause(clock, Math.min(nextDelay(polling, tries), left), limits.signal);
    if (limits.signal?.aborted === true) return;
    const at = { chain: context.chain.id, chapter: context.planned.chapter.id, block: block.id };
    emit({ kind: 'block-retried', ...at, tries: tries + 1 });
    last = await tryOnce(context, block, expected, { ...limits, timeoutMs: remaining(context, limits) });
    yield last;
  }
}

function remaining({ options, deadline }: ChapterContext, { timeoutMs }: Limits): number {
  return Math.max(1, Math.min(timeoutMs, deadline - options.clock.now()));
}

async function tryOnce(
  context: ChapterContext,
  block: CommandBlock,
  expected: readonly ExpectBlock[],
  limits: Limits,
): Promise<Trial> {
  const { clock } = context.options;
  const startedMs = clock.now();
  const merged = expected.length > 0 && expected.every(({ stream }) => stream === 'both');
  const attempt = await attemptBlock(context, block, {
    ...limits,
    mode: merged ? 'merged' : 'apart',
    persevere: block.kind === 'cleanup',
  });
  const line = block.span.start.line;
  const failure = describeEnd(attempt, line);
  const judgement =
    failure === undefined
      ? judgeAttempt(attempt, line, expected, context.captures)
      : { expectations: [], captures: context.captures, failure };
  return { attempt, judgement, startedMs, endedMs: clock.now() };
}

function canChange({ attempt }: Trial, expected: readonly ExpectBlock[]): boolean {
  return attempt.end.kind === 'finished' && !isHopeless(attempt, expected);
}
