/** Executes one step of a chapter, whatever its role. */
import { describeLack } from '../text/describe-lack.ts';
import type { Step } from '../plan/plan.ts';
import { describeBlock, describeSkipped } from './block-result.ts';
import type { ChapterContext } from './chain-context.ts';
import { compareExcerpt } from './compare-excerpt.ts';
import type { BlockResult, Failure } from './execution.ts';
import { runBackground } from './run-background.ts';
import { runCommands } from './run-commands.ts';
import { writeChapterFile } from './write-file.ts';

/** Why this world or this plan leaves the step out; undefined if it is to be executed. */
export function findSkipReason({ world }: ChapterContext, { block, skip }: Step): string | undefined {
  if (skip !== undefined) return skip;
  if (block.kind === 'skip') return block.reason;
  if (block.kind !== 'run' || block.only === undefined || world?.capabilities.has(block.only) === true) {
    return undefined;
  }
  return describeLack(block.only);
}

/** Executes the step. A clean-up is not executed when it is reached, but at the end: it is not for here. */
export async function runStep(context: ChapterContext, step: Step): Promise<BlockResult> {
  const { block } = step;
  const { clock, signal } = context.options;
  const timeoutMs = Math.max(1, Math.min(step.timeoutMs, context.deadline - clock.now()));
  switch (block.kind) {
    case 'run':
    case 'setup':
    case 'cleanup':
      return runCommands(context, block, { timeoutMs, signal });
    case 'background':
      return runBackground(context, block, { timeoutMs, signal });
    case 'file': {
      const reason = writeChapterFile(context.folders.work, block.path, block.body);
      return finish(reason === undefined ? undefined : { line: block.span.start.line, reason });
    }
    case 'excerpt':
      return finish(compareExcerpt(context.options.repository, block));
    case 'skip':
      return describeSkipped(block, clock.now(), block.reason);
  }

  function finish(fault: { readonly line: number; readonly reason: string } | undefined): BlockResult {
    const now = clock.now();
    const failure: Failure | undefined =
      fault === undefined
        ? undefined
        : { kind: 'file', line: fault.line, reason: context.clean(fault.reason) };
    return describeBlock(block, now, now, {
      status: failure === undefined ? 'passed' : 'failed',
      ...(failure === undefined ? {} : { failure }),
    });
  }
}
