/** The end of a chapter: its clean-ups in reverse order, whatever happened before, then its shell. */
import { describeSkipped } from './block-result.ts';
import type { ChapterContext } from './chain-context.ts';
import { closeShell } from './open-chapter.ts';
import { endBackgrounds } from './run-background.ts';
import { executeStep, finishBlock } from './run-chapter.ts';
import { runCommands } from './run-commands.ts';

/** True if every clean-up passed. Each has its own time-out; only `hurry` cuts them short. */
export async function cleanUp(context: ChapterContext): Promise<boolean> {
  const { clock, hurry } = context.options;
  let passed = true;
  context.deadline = Number.MAX_SAFE_INTEGER;
  for (const { block, timeoutMs } of context.cleanups.splice(0).reverse()) {
    if (hurry?.aborted === true) {
      finishBlock(context, describeSkipped(block, clock.now(), 'interrupted again'));
      continue;
    }
    const result = await executeStep(context, { block, timeoutMs }, () =>
      runCommands(context, block, { timeoutMs, signal: hurry }),
    );
    passed &&= result.status === 'passed';
  }
  await endBackgrounds(context);
  await closeShell(context);
  return passed;
}
