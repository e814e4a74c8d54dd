/** Starts a background block and waits until it is ready; it lives until its chapter ends, or says why it did not. */
import { existsSync, readFileSync } from 'node:fs';
import type { BackgroundBlock } from '../chapter/chapter.ts';
import { attemptBlock, readOutput, type Attempt } from './attempt.ts';
import { describeBlock, describeEnd } from './block-result.ts';
import type { ChapterContext } from './chain-context.ts';
import type { BlockResult, Failure } from './execution.ts';
import { pause } from './pause.ts';
import { endProcesses, listGroup } from './processes.ts';
import { findTakenPort, isReady } from './readiness.ts';

const firstDelayMs = 10;
const longestDelayMs = 250;
/** What a job that has ended printed last may still be in its pipe. */
const pipeMs = 10;
/** Of a job that was asked to end, by a later block or by Ctrl-C: SIGHUP, SIGINT, SIGTERM. */
const askedToEnd: readonly number[] = [129, 130, 143];

interface Limits {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Starts it; it joins `context.backgrounds`. */
export async function runBackground(
  context: ChapterContext,
  block: BackgroundBlock,
  limits: Limits,
): Promise<BlockResult> {
  const { clock } = context.options;
  const started = clock.now();
  const { line } = block.span.start;
  const port = await findTakenPort(block.ready);
  if (port !== undefined) {
    const reason = `port ${port} is in use before this block starts: end what listens there, or take another port`;
    const failure = { kind: 'not-ready', line, reason } as const;
    return describeBlock(block, started, clock.now(), { status: 'failed', failure });
  }
  const attempt = await attemptBlock(context, block, { ...limits, mode: 'background' });
  const describe = (failure: Failure | undefined): BlockResult =>
    describeBlock(block, started, clock.now(), {
      status: failure === undefined ? 'passed' : 'failed',
      ...(failure === undefined ? {} : { failure }),
      output: readOutput(attempt.spooled, context.clean),
    });
  const group = attempt.end.kind === 'finished' ? attempt.end.job : undefined;
  if (group === undefined) return describe(describeEnd(attempt, line));
  const index = context.backgrounds.push({ group, findFailure: () => undefined }) - 1;
  const failure = await awaitReady(context, block, {
    attempt,
    group,
    limits,
    deadline: started + limits.timeoutMs,
  });
  if (failure === undefined) {
    const findFailure = (): BlockResult | undefined => {
      const status = findBadEnd(attempt);
      return status === undefined ? undefined : describe({ kind: 'job-ended', line, status });
    };
    context.backgrounds[index] = { group, findFailure };
  }
  return describe(failure);
}

/** The new results of background blocks that were ready and have failed since. */
export function findFailedBackgrounds({ backgrounds }: ChapterContext): readonly BlockResult[] {
  return backgrounds.flatMap(({ findFailure }) => findFailure() ?? []);
}

/** Ends the chapter's background blocks and what they started. */
export async function endBackgrounds(context: ChapterContext): Promise<void> {
  const groups = context.backgrounds.splice(0).map(({ group }) => group);
  await endProcesses(() => groups.flatMap(listGroup), context.options.clock);
}

interface Started {
  readonly attempt: Attempt;
  readonly group: number;
  readonly limits: Limits;
  readonly deadline: number;
}

async function awaitReady(
  context: ChapterContext,
  block: BackgroundBlock,
  { attempt, group, limits, deadline }: Started,
): Promise<Failure | undefined> {
  const { clock } = context.options;
  const { line } = block.span.start;
  const fail = (reason: string): Failure => ({ kind: 'not-ready', line, reason });
  const read = (): string => {
    const { stdout, stderr } = readOutput(attempt.spooled, context.clean);
    return `${stdout}\n${stderr}`;
  };
  for (let delay = firstDelayMs; ; delay = Math.min(delay * 2, longestDelayMs)) {
    const wasAlive = listGroup(group).length > 0;
    if (!wasAlive) await pause(clock, pipeMs);
    const ready = await isReady(block.ready, read);
    const status = findBadEnd(attempt);
    if (status !== undefined) await pause(clock, pipeMs);
    if (status !== undefined) return fail(`it ended with status ${status} before it was ready`);
    // What was said stays said; but what answers now is not what has ended.
    if (ready && block.ready.kind === 'output') return undefined;
    if (ready && wasAlive && listGroup(group).length > 0) return undefined;
    if (!wasAlive)
      return fail(ready ? 'it had ended; something else answers there' : 'it ended before it was ready');
    if (limits.signal?.aborted === true) return { kind: 'interrupted', line };
    if (clock.now() >= deadline) return fail(`it was not ready after ${limits.timeoutMs} ms`);
    await pause(clock, Math.min(delay, Math.max(1, deadline - clock.now())), limits.signal);
  }
}

/** The status of a job that failed by itself; undefined while it goes on, if it ended with 0 or was asked to end. */
function findBadEnd({ path }: Attempt): number | undefined {
  const noted = `${path}.ended`;
  const status = existsSync(noted) ? Number(/^(\d+)\n/.exec(readFileSync(noted, 'utf8'))?.[1] ?? 0) : 0;
  return status === 0 || askedToEnd.includes(status) ? undefined : status;
}
