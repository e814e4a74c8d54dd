/** `contains` and `absent`: each expected line occurs in some line of the output, or in none. */
import { boundRows } from '../text/diff.ts';
import type { DiffRow } from '../text/text.ts';
import type { Budget } from '../text/pattern/pattern.ts';
import { explainStop, openBudget } from './budget.ts';
import { fillCaptures } from './captures.ts';
import type {
  Captures,
  Expectation,
  ExpectationProblem,
  LineRange,
  VaryingPart,
  Verdict,
} from './expectation.ts';
import { compileLine, findInLine, type LineMatch } from './line-pattern.ts';
import { brief, expectedLines, passOver, splitLines } from './lines.ts';

/** A text of blank lines would always hold, or never. */
export function checkOccurrence(expectation: Expectation): readonly ExpectationProblem[] {
  if (/\S/.test(expectation.text)) return [];
  const hint = 'name a text, or use `match=exact` for "prints nothing"';
  const message = `\`match=${expectation.match}\` needs a line`;
  return [{ code: 'format:empty-expectation', line: 0, column: 0, length: 0, message, hint }];
}

/** Each expected line occurs, in any order. Blank lines do not count. */
export function matchContains(expectation: Expectation, actual: string, captures: Captures): Verdict {
  const came = splitLines(actual);
  const budget = openBudget();
  const rows: DiffRow[] = [];
  const varying: VaryingPart[] = [];
  const lines: LineRange[] = [];
  let bound = captures;
  let missing: string | undefined;
  for (const [index, text] of expectedLines(expectation.text).entries()) {
    if (!/\S/.test(text)) continue;
    const found = findOccurrence(text, came, bound, budget);
    bound = found?.match.captures ?? bound;
    for (const mark of found?.match.marks ?? []) varying.push({ line: found?.line ?? 0, ...mark });
    if (found !== undefined) lines.push({ from: found.line, to: found.line + 1 });
    const filled = fillCaptures(text, bound);
    if (found === undefined) missing ??= filled;
    const place = { expectedLine: index + 1, ...(found && { actualLine: found.line + 1 }) };
    rows.push({ kind: found ? 'same' : 'expected', text: filled, ...place });
  }
  if (missing === undefined) return { kind: 'held', captures: bound, varying, ...passOver(came, lines) };
  const shown = came.map((text, line): DiffRow => ({ kind: 'elided', text, actualLine: line + 1 }));
  const note: DiffRow = { kind: 'note', text: came.length === 0 ? 'the output is empty' : 'the output:' };
  const diff = boundRows([...rows, note, ...shown.slice(0, 100)]);
  const reason = `\`${brief(missing)}\` does not occur`;
  return explainStop({ kind: 'differs', reason, diff }, budget.steps < 0);
}

/** No expected line occurs. A capture stands for whatever fits it and binds nothing. */
export function matchAbsent(expectation: Expectation, actual: string, captures: Captures): Verdict {
  const came = splitLines(actual);
  const budget = openBudget();
  const rows: DiffRow[] = [];
  for (const [index, text] of expectedLines(expectation.text).entries()) {
    if (!/\S/.test(text)) continue;
    const found = findOccurrence(text, came, captures, budget);
    if (found === undefined) continue;
    const filled = fillCaptures(text, captures);
    const reason = `\`${brief(filled)}\` occurs in line ${found.line + 1}`;
    rows.push({ kind: 'expected', text: filled, expectedLine: index + 1 });
    const marks = [{ start: found.match.start, end: found.match.end, reason }];
    rows.push({ kind: 'actual', text: came[found.line] ?? '', actualLine: found.line + 1, marks });
  }
  const reason = rows[1]?.marks?.[0]?.reason;
  if (reason !== undefined) return { kind: 'differs', reason, diff: boundRows(rows) };
  if (budget.steps < 0) return explainStop({ kind: 'differs', reason: '', diff: [] }, true);
  return { kind: 'held', captures, varying: [] };
}

interface Occurrence {
  readonly line: number;
  readonly match: LineMatch;
}

function findOccurrence(
  text: string,
  came: readonly string[],
  captures: Captures,
  budget: Budget,
): Occurrence | undefined {
  const pieces = compileLine(text);
  for (const [line, actual] of came.entries()) {
    const match = findInLine(pieces, actual, captures, budget);
    if (match !== undefined) return { line, match };
  }
  return undefined;
}
