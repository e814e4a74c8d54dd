/**
 * What a block's output must be, and what came of comparing it. The next stages import these types; the verbs are
 * `checkExpectation` (static problems of an expected text) and `matchExpectation` (expected x actual -> Verdict).
 */
import type { DiffMark, DiffRow } from '../text/text.ts';

/** The matchers of the chapter format, section 3. */
export type MatchKind = 'exact' | 'elide' | 'like' | 'subset' | 'regex' | 'contains' | 'absent';

export type ExpectLanguage = 'text' | 'json' | 'yaml' | 'console';

/** An expected text and the matcher that compares it. `text` is the fence's body, with LF line ends and no trailing newline. */
export interface Expectation {
  readonly match: MatchKind;
  readonly language: ExpectLanguage;
  readonly text: string;
}

/** Values bound by `<<name>>` so far in the chapter, by name. */
export type Captures = Readonly<Record<string, string>>;

/** A part of the actual output that may differ from run to run: a 0-based line of the output and a marked range in it. */
export interface VaryingPart extends DiffMark {
  readonly line: number;
}

/** 0-based lines of the output; `to` is the first after them. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** A static problem of an expected text. `line` counts from 0 within the expected text, `column` from 0. */
export interface ExpectationProblem {
  readonly code: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly message: string;
  readonly hint?: string;
}

/** The result of one comparison. A difference is a value, never an exception. */
export type Verdict =
  | {
      readonly kind: 'held';
      /** The captures after this expectation: those given plus those bound here. */
      readonly captures: Captures;
      readonly varying: readonly VaryingPart[];
      /** Lines that no expected line stands for, in order; absent if there are none, or no lines are compared. */
      readonly passedOver?: readonly LineRange[];
    }
  | {
      readonly kind: 'differs';
      /** One sentence that names the first real difference: "STATUS `CrashLoopBackOff` is not `Running`". */
      readonly reason: string;
      /** Bounded: at most 200 rows. Captures are filled in, so only real differences are marked. */
      readonly diff: readonly DiffRow[];
    };
