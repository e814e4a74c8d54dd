/** Bounds the time of one comparison: its steps are counted, whatever an author wrote and a command printed. */
import type { Verdict } from './expectation.ts';

/** Steps left for a comparison. Shared by all its lines, so that the whole is bounded. Below zero it is spent. */
export interface Budget {
  steps: number;
}

/** A budget of `steps`; half a million are about a second for lines with captures. */
export function openBudget(steps: number = 500_000): Budget {
  return { steps };
}

/** The verdict that says why, if the budget was spent before the comparison came to an end. */
export function explainStop(verdict: Verdict, isSpent: boolean): Verdict {
  if (!isSpent || verdict.kind === 'held') return verdict;
  return { ...verdict, reason: 'the comparison was stopped: the output is too long for these patterns' };
}
