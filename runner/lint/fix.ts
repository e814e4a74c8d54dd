/** Applies the fixes of problems to a file's text. */
import type { LintProblem } from './lint.ts';

/** The text with all fixes that do not touch each other; the same text where there is none. */
export function applyFixes(source: string, problems: readonly LintProblem[]): string {
  const fixes = problems
    .flatMap(({ fix }) => (fix === undefined ? [] : [fix]))
    .toSorted((a, b) => a.start - b.start);
  let result = '';
  let at = 0;
  for (const { start, end, text } of fixes) {
    if (start < at) continue;
    result += source.slice(at, start) + text;
    at = end;
  }
  return result + source.slice(at);
}
