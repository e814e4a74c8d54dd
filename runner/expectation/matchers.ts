/** The table of matchers. Each `match=` value has one entry; nothing else knows them all. */
import { matchElide } from './elide.ts';
import { matchExact } from './exact.ts';
import type { Captures, Expectation, ExpectationProblem, MatchKind, Verdict } from './expectation.ts';
import { matchLike } from './like.ts';
import { checkOccurrence, matchAbsent, matchContains } from './occurrence.ts';
import { checkRegex, matchRegex } from './regex.ts';
import { checkSubset, matchSubset } from './subset.ts';

/** One way to compare an expected text with an output. */
export interface Matcher {
  /** Static problems of the expected text beyond its captures. */
  readonly check?: (expectation: Expectation) => readonly ExpectationProblem[];
  readonly match: (expectation: Expectation, actual: string, captures: Captures) => Verdict;
}

export const MATCHERS: Readonly<Record<MatchKind, Matcher>> = {
  exact: { match: matchExact },
  elide: { match: matchElide },
  like: { match: matchLike },
  subset: { check: checkSubset, match: matchSubset },
  regex: { check: checkRegex, match: matchRegex },
  contains: { check: checkOccurrence, match: matchContains },
  absent: { check: checkOccurrence, match: matchAbsent },
};

/** What `match=` can be. */
export const MATCH_KINDS: readonly MatchKind[] = Object.keys(MATCHERS) as MatchKind[];
