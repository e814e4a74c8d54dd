/** Compares what came with what the page shows. */
import type { Captures, Expectation, Verdict } from './expectation.ts';
import { MATCHERS } from './matchers.ts';

/**
 * The verdict on `actual`, an output that `normaliseOutput` has been through. `captures` are those bound earlier in the
 * chapter. Never throws, whatever the texts are; time is bounded.
 */
export function matchExpectation(expectation: Expectation, actual: string, captures: Captures): Verdict {
  return MATCHERS[expectation.match].match(expectation, actual, captures);
}
