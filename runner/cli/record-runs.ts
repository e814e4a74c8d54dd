/** Keeps what each block of a run printed, so that it can be judged again without being run again. */
import type { ChapterId, ExpectBlock, RunBlock } from '../chapter/chapter.ts';
import type { BlockResult, ExecutionEvent, Output } from '../execution/execution.ts';
import { judgeAttempt, type Judgement } from '../execution/judge.ts';
import type { Captures } from '../expectation/expectation.ts';
import type { Plan, PlannedChapter } from '../plan/plan.ts';
import type { Unjudged } from '../report/mutants.ts';

/** A run that passed, with the expectations that were compared. */
export interface RecordedRun {
  readonly block: RunBlock;
  readonly expected: readonly ExpectBlock[];
  readonly output: Output;
  readonly status: number;
  /** The captures that it starts from. */
  readonly before: Captures;
  readonly judgement: Judgement;
}

export interface RecordedChapter {
  readonly planned: PlannedChapter;
  /** In the order in which they ran. */
  readonly runs: readonly RecordedRun[];
  readonly unjudged: readonly Unjudged[];
}

/** Collects results; `chapters` are the requested ones. */
export function openRecorder(plan: Plan): {
  readonly note: (event: ExecutionEvent) => void;
  readonly chapters: () => readonly RecordedChapter[];
} {
  const results = new Map<string, BlockResult>();
  const key = (chain: string, chapter: ChapterId, block: string): string =>
    [chain, chapter, block].join('\n');
  return {
    note: (event) => {
      if (event.kind !== 'block-finished') return;
      results.set(key(event.chain, event.chapter, event.result.block), event.result);
    },
    chapters: () => {
      const wanted = new Map<ChapterId, RecordedChapter>();
      for (const chain of plan.chains) {
        for (const planned of chain.chapters) {
          const { id } = planned.chapter;
          if (!planned.requested || wanted.has(id)) continue;
          wanted.set(
            id,
            recordChapter(planned, (block) => results.get(key(chain.id, id, block))),
          );
        }
      }
      return [...wanted.values()];
    },
  };
}

/** Replays the recorded outputs, which gives the captures before each run; what does not hold again is left out. */
function recordChapter(
  planned: PlannedChapter,
  resultOf: (block: string) => BlockResult | undefined,
): RecordedChapter {
  const runs: RecordedRun[] = [];
  const unjudged: Unjudged[] = [];
  let before: Captures = {};
  for (const { block } of planned.steps) {
    if (block.kind !== 'run') continue;
    const result = resultOf(block.id);
    const line = block.span.start.line;
    const skip = (reason: string): void => void unjudged.push({ block: block.id, line, reason });
    if (result?.output === undefined || result.exit === undefined) {
      skip(result?.reason ?? 'it was not run');
      continue;
    }
    for (const { line: at, reason } of result.skippedExpectations ?? []) {
      unjudged.push({ block: block.id, line: at, reason });
    }
    const compared = new Set(result.expectations.map((expectation) => expectation.block));
    const expected = block.expectations.filter(({ id }) => compared.has(id));
    const { output, exit: status } = result;
    const judgement = judgeAttempt({ output, status }, line, expected, before);
    if (judgement.failure !== undefined) skip('what it printed holds a secret or is too long to be kept');
    else {
      runs.push({ block, expected, output, status, before, judgement });
      before = judgement.captures;
    }
  }
  return { planned, runs, unjudged };
}
