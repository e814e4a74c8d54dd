/**
 * Promote, the inverse of matching: the expected text that an output asks for, as close as possible to the one that the
 * page shows. The verb is `rewriteExpectation`.
 */
import type { Captures, Expectation } from '../expectation.ts';

/** The new expected text, or why there is none. A refusal is a value: an author reads it. */
export type Rewriting =
  | { readonly kind: 'rewritten'; readonly text: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** How the texts of one matcher are rewritten. Asked only where `actual` does not hold. */
export type Rewriter = (expectation: Expectation, actual: string, captures: Captures) => Rewriting;

/** How a matcher reads single lines. */
export interface LineRules {
  /** The captures after `actual` where it fits the expected line. */
  fit(expected: string, actual: string, captures: Captures): Captures | undefined;
  /** The expected line that stands for `actual` and nothing else. */
  write(actual: string): string;
  /** Whether the words of a line that no longer fits can be judged one by one. */
  readonly byWord: boolean;
}

/**
 * What becomes of a line: an expected one stays or goes, an actual one is added or takes the place of an expected one.
 * `expected` and `actual` are 0-based lines.
 */
export type LineStep =
  | { readonly kind: 'keep'; readonly expected: number; readonly actual: number }
  | { readonly kind: 'elision'; readonly expected: number }
  | { readonly kind: 'replace'; readonly expected: number; readonly actual: number }
  | { readonly kind: 'add'; readonly actual: number };
