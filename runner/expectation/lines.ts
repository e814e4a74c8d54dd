/** Splits both sides into lines, and turns aligned lines into the rows and the one sentence of a difference. */
import { alignLines, boundRows, markChange } from '../text/diff.ts';
import type { DiffMark, DiffRow } from '../text/text.ts';
import type { LineRange, Verdict } from './expectation.ts';

/** The lines of a text: the final newline does not count, nor do blanks at the end of a line. An empty text has none. */
export function splitLines(text: string): readonly string[] {
  const whole = text.endsWith('\n') ? text.slice(0, -1) : text;
  return whole === '' ? [] : whole.split('\n').map(trimEnd);
}

/** The lines of an expected text, which has no final newline: one at its end is a blank line. */
export function expectedLines(text: string): readonly string[] {
  return splitLines(`${text}\n`);
}

/** `trimEnd` of blanks only, in linear time. */
function trimEnd(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t' || line[end - 1] === '\r')) end -= 1;
  return line.slice(0, end);
}

/** Control and format characters, and every blank but the usual one. */
const INVISIBLE = /[\p{Cc}\p{Cf}\u00a0\u2000-\u200a\u2028\u2029\u202f\u3000]/gu;

/** How two lines compare: what may vary in the actual one, or where they differ and why. */
export type LineComparison =
  | { readonly kind: 'equal'; readonly marks: readonly DiffMark[] }
  | {
      readonly kind: 'different';
      readonly reason: string;
      readonly expectedMarks: readonly DiffMark[];
      readonly actualMarks: readonly DiffMark[];
    };

/** Compares an expected with an actual line by their 0-based numbers. */
export type CompareLines = (expected: number, actual: number) => LineComparison;

/** The verdict for two lists of lines that do not fit as a whole. */
export function differ(
  expected: readonly string[],
  actual: readonly string[],
  compare: CompareLines,
): Verdict {
  const equal = (i: number, j: number): boolean => compare(i, j).kind === 'equal';
  const pairs = alignLines(expected.length, actual.length, equal);
  const rows: DiffRow[] = [];
  let reason: string | undefined;
  for (const pair of pairs) {
    const expectedText = pair.expected === undefined ? undefined : (expected[pair.expected] ?? '');
    const actualText = pair.actual === undefined ? undefined : (actual[pair.actual] ?? '');
    const expectedLine = (pair.expected ?? 0) + 1;
    const actualLine = (pair.actual ?? 0) + 1;
    if (expectedText !== undefined && actualText !== undefined) {
      const result = compare(expectedLine - 1, actualLine - 1);
      if (result.kind === 'equal') {
        const kind = result.marks.length > 0 ? 'allowed' : 'same';
        rows.push({
          kind,
          text: actualText,
          expectedLine,
          actualLine,
          ...(kind === 'allowed' && { marks: result.marks }),
        });
        continue;
      }
      rows.push({ kind: 'expected', text: expectedText, expectedLine, marks: result.expectedMarks });
      rows.push({ kind: 'actual', text: actualText, actualLine, marks: result.actualMarks });
      reason ??= result.reason;
    } else if (expectedText !== undefined) {
      rows.push({ kind: 'expected', text: expectedText, expectedLine });
      reason ??= actual.length === 0 ? 'the output is empty' : `line \`${brief(expectedText)}\` is missing`;
    } else if (actualText !== undefined) {
      rows.push({ kind: 'actual', text: actualText, actualLine });
      reason ??= `line ${actualLine} \`${brief(actualText)}\` was not expected`;
    }
  }
  return {
    kind: 'differs',
    reason: reason ?? 'the lines cannot be matched in this order',
    diff: boundRows(rows),
  };
}

/** The difference of two lines as text. */
export function textDifference(expected: string, actual: string): LineComparison {
  const [left, right] = markChange(expected, actual, 'differs');
  const invisible = visible(expected) !== expected || visible(actual) !== actual;
  const show = invisible ? visible : (text: string): string => text;
  const reason = `\`${brief(show(actual))}\` is not \`${brief(show(expected))}\``;
  return {
    kind: 'different',
    reason,
    expectedMarks: [{ ...left, reason }],
    actualMarks: [{ ...right, reason }],
  };
}

/** A line short enough for a sentence. */
export function brief(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

/** Characters that look like nothing or like a blank, by name. */
function visible(text: string): string {
  return text.replace(INVISIBLE, (char) =>
    char === '\t' ? '→' : `<U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`,
  );
}

/** The non-blank stretches of `lines` outside of the ranges, which may come in any order, as a verdict has them. */
export function passOver(
  lines: readonly string[],
  ranges: readonly LineRange[],
): { readonly passedOver?: readonly LineRange[] } {
  const ends = [...ranges.toSorted((a, b) => a.from - b.from), { from: lines.length, to: lines.length }];
  const passedOver: LineRange[] = [];
  let at = 0;
  for (const { from, to } of ends) {
    if (from > at && lines.slice(at, from).some((line) => /\S/.test(line)))
      passedOver.push({ from: at, to: from });
    at = Math.max(at, to);
  }
  return passedOver.length === 0 ? {} : { passedOver };
}
