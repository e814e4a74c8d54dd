/** Works through a chapter's blocks in page order and says where it failed. */
import type { Step } from '../plan/plan.ts';
import { describeSkipped } from './block-result.ts';
import type { ChapterContext } from './chain-context.ts';
import { collectEvidence } from './collect-evidence.ts';
import type { BlockResult } from './execution.ts';
import { findFailedBackgrounds } from './run-background.ts';
import { findSkipReason, runStep } from './run-step.ts';

/** The first failure of a chapter: a line of its file, or a reason where no block failed. */
export interface ChapterFault {
  readonly line?: number;
  readonly reason?: string;
}

/**
 * Executes everything but the clean-ups, which it notes in `context.cleanups`: those that it reaches, and where the chapter
 * fails after something ran, those further down too. A lesson's clean-up stands at its end, and a failure must not spare it.
 */
export async function runChapter(context: ChapterContext): Promise<ChapterFault | undefined> {
  const { options, planned } = context;
  let fault: ChapterFault | undefined;
  let end: string | undefined;
  let started = false;
  for (const step of planned.steps) {
    const stop = context.findStop();
    if (end === undefined && stop !== undefined) {
      fault ??= { reason: stop };
      end = `not reached: ${stop}`;
    }
    const isDue = step.block.kind === 'cleanup' && started;
    const skip = findSkipReason(context, step) ?? (isDue ? undefined : end);
    if (skip !== undefined) finishBlock(context, describeSkipped(step.block, options.clock.now(), skip));
    else if (step.block.kind === 'cleanup') {
      context.cleanups.push({ block: step.block, timeoutMs: step.timeoutMs });
    } else {
      started = true;
      const result = await executeStep(context, step);
      if (result.failure === undefined) continue;
      fault ??= { line: result.failure.line };
      if (!canGoOn(step, result)) end = `not reached: line ${result.failure.line} failed`;
    }
  }
  for (const result of findFailedBackgrounds(context)) {
    finishBlock(context, result);
    context.noteFailure();
    fault ??= { line: result.line };
  }
  if (fault !== undefined) await collectEvidence(context);
  return fault;
}

/** Announces the step, executes it and reports its result. */
export async function executeStep(
  context: ChapterContext,
  step: Step,
  execute: (context: ChapterContext, step: Step) => Promise<BlockResult> = runStep,
): Promise<BlockResult> {
  context.options.emit({
    kind: 'block-started',
    chain: context.chain.id,
    chapter: context.planned.chapter.id,
    block: step.block.id,
    at: new Date(context.options.clock.now()).toISOString(),
  });
  const result = await execute(context, step);
  finishBlock(context, result);
  if (result.status === 'failed') context.noteFailure();
  return result;
}

/** Reports the result of a block; a secret that stands in the command itself is masked like one that was printed. */
export function finishBlock(context: ChapterContext, result: BlockResult): void {
  const { chain, planned, options, clean } = context;
  const { failure } = result;
  const masked = {
    ...result,
    command: clean(result.command),
    ...(failure?.kind === 'exit' ? { failure: { ...failure, command: clean(failure.command) } } : {}),
  };
  options.emit({ kind: 'block-finished', chain: chain.id, chapter: planned.chapter.id, result: masked });
}

/**
 * Where the commands worked and only their text differs, the rest of the chapter still makes sense, and all that
 * differs is found in one run. Any other failure leaves a state that the page does not describe.
 */
function canGoOn({ block }: Step, { failure }: BlockResult): boolean {
  if (failure?.kind === 'file') return block.kind === 'excerpt';
  if (failure?.kind !== 'differs' || block.kind !== 'run') return false;
  return block.expectations.every(({ withinMs }) => withinMs === undefined);
}
