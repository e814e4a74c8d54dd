/** Bounds the time of one comparison: its steps are counted, whatever an author wrote and a command printed. */
import type { Budget } from '../text/pattern/pattern.ts';
import type { Verdict } from './expectation.ts';

/** A budget of `steps`; half a million are about a second for lines with captures. */
export function openBudget(steps: number = 500_000): Budget {
  return { steps };
}

/** The verdict that says why, if the budget was spent before the comparison came to an end. */
export function explainStop(verdict: Verdict, isSpent: boolean): Verdict {
  if (!isSpent || verdict.kind === 'held') return verdict;
  return { ...verdict, reason: 'the comparison was stopped: the output is too long for these patterns' };
}
