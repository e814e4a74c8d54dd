/** Starts a background block and waits until it is ready; it lives until its chapter ends. */
import type { BackgroundBlock } from '../chapter/chapter.ts';
import { attemptBlock, readOutput, type Attempt } from './attempt.ts';
import { describeBlock, describeEnd } from './block-result.ts';
import type { ChapterContext } from './chain-context.ts';
import type { BlockResult, Failure } from './execution.ts';
import { pause } from './pause.ts';
import { endProcesses, listGroup } from './processes.ts';
import { isReady } from './readiness.ts';

const firstDelayMs = 10;
const longestDelayMs = 250;

interface Limits {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Starts it; its process group joins `context.backgrounds`. */
export async function runBackground(
  context: ChapterContext,
  block: BackgroundBlock,
  limits: Limits,
): Promise<BlockResult> {
  const { clock } = context.options;
  const started = clock.now();
  const attempt = await attemptBlock(context, block, { ...limits, mode: 'background' });
  const group = attempt.end.kind === 'finished' ? attempt.end.job : undefined;
  if (group !== undefined) context.backgrounds.push(group);
  const failure =
    group === undefined
      ? describeEnd(attempt, block.span.start.line)
      : await awaitReady(context, block, { attempt, group, limits, deadline: started + limits.timeoutMs });
  return describeBlock(block, started, clock.now(), {
    status: failure === undefined ? 'passed' : 'failed',
    ...(failure === undefined ? {} : { failure }),
    output: readOutput(attempt.spooled, context.clean),
  });
}

/** Ends the chapter's background blocks and what they started. */
export async function endBackgrounds(context: ChapterContext): Promise<void> {
  const groups = context.backgrounds.splice(0);
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
  const line = block.span.start.line;
  const read = (): string => {
    const { stdout, stderr } = readOutput(attempt.spooled, context.clean);
    return `${stdout}\n${stderr}`;
  };
  for (let delay = firstDelayMs; ; delay = Math.min(delay * 2, longestDelayMs)) {
    const alive = listGroup(group).length > 0;
    if (await isReady(block.ready, read)) {
      if (alive) return undefined;
      return { kind: 'not-ready', line, reason: 'it had ended; something else answers there' };
    }
    if (!alive) {
      await pause(clock, firstDelayMs); // What it printed last may still be in its pipe.
      return { kind: 'not-ready', line, reason: 'it ended before it was ready' };
    }
    if (limits.signal?.aborted === true) return { kind: 'interrupted', line };
    if (clock.now() >= deadline) {
      return { kind: 'not-ready', line, reason: `it was not ready after ${limits.timeoutMs} ms` };
    }
    await pause(clock, Math.min(delay, Math.max(1, deadline - clock.now())), limits.signal);
  }
}
