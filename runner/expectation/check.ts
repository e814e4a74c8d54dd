/** Finds what is wrong with an expected text before anything runs. */
import { checkCaptures } from './captures.ts';
import type { Expectation, ExpectationProblem } from './expectation.ts';
import { MATCHERS } from './matchers.ts';

/** The static problems of an expected text, in the order of its lines. */
export function checkExpectation(expectation: Expectation): readonly ExpectationProblem[] {
  const problems = [
    ...checkCaptures(expectation.text.split('\n')),
    ...(MATCHERS[expectation.match].check?.(expectation) ?? []),
  ];
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}
