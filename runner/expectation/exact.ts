/** `exact`: the same lines, except blanks at their ends, the final newline, and captures. */
import { explainStop, openBudget } from './budget.ts';
import { fillCaptures } from './captures.ts';
import type { Captures, Expectation, VaryingPart, Verdict } from './expectation.ts';
import { compileLine, matchLine } from './line-pattern.ts';
import { type CompareLines, differ, expectedLines, splitLines, textDifference } from './lines.ts';

/** Compares line by line. */
export function matchExact(expectation: Expectation, actual: string, captures: Captures): Verdict {
  const expected = expectedLines(expectation.text);
  const came = splitLines(actual);
  const patterns = expected.map((line) => compileLine(line));
  const budget = openBudget();
  const varying: VaryingPart[] = [];
  let bound = captures;
  let held = expected.length === came.length;
  for (let line = 0; held && line < expected.length; line += 1) {
    const found = matchLine(patterns[line] ?? [], came[line] ?? '', bound, budget);
    held = found !== undefined;
    bound = found?.captures ?? bound;
    for (const mark of found?.marks ?? []) varying.push({ line, ...mark });
  }
  if (held) return { kind: 'held', captures: bound, varying };
  const spent = budget.steps < 0;
  const rest = openBudget();
  const filled = expected.map((line) => fillCaptures(line, bound));
  const compare: CompareLines = (i, j) => {
    const found = matchLine(patterns[i] ?? [], came[j] ?? '', bound, rest);
    if (found !== undefined) return { kind: 'equal', marks: found.marks };
    return textDifference(filled[i] ?? '', came[j] ?? '');
  };
  return explainStop(differ(filled, came, compare), spent);
}
