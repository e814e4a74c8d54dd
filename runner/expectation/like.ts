/**
 * `like`: the same rows and columns after splitting on blanks; a token may differ only inside its own class. The table's
 * padding does not count; an extra or missing row does.
 */
import type { DiffMark } from '../text/text.ts';
import type { Budget } from '../text/pattern/pattern.ts';
import { explainStop, openBudget } from './budget.ts';
import { fillCaptures } from './captures.ts';
import type { Captures, Expectation, VaryingPart, Verdict } from './expectation.ts';
import { compileLine, matchLine, type Piece } from './line-pattern.ts';
import { brief, type CompareLines, differ, expectedLines, type LineComparison, splitLines } from './lines.ts';
import { findMinutes } from './minutes.ts';
import { classPieces, splitTokens } from './token-class.ts';

interface ExpectedToken {
  readonly text: string;
  readonly start: number;
  readonly pieces: readonly Piece[];
  /** A `:line` capture: it takes the rest of the line. */
  readonly takesRest: boolean;
}

export interface ExpectedLine {
  readonly text: string;
  readonly tokens: readonly ExpectedToken[];
}

type Compared = LineComparison & { readonly captures?: Captures };

/** Compares row by row, token by token. */
export function matchLike(expectation: Expectation, actual: string, captures: Captures): Verdict {
  const expected = compileLines(expectedLines(expectation.text));
  const came = splitLines(actual);
  const header = columnsOf(came[0] ?? '');
  const budget = openBudget();
  const varying: VaryingPart[] = [];
  let bound = captures;
  let held = expected.length === came.length;
  for (let line = 0; held && line < expected.length; line += 1) {
    const result = compareLine(expected[line], came[line] ?? '', header, bound, budget);
    held = result.kind === 'equal';
    if (result.kind === 'equal') for (const mark of result.marks) varying.push({ line, ...mark });
    bound = result.captures ?? bound;
  }
  if (held) return { kind: 'held', captures: bound, varying };
  const spent = budget.steps < 0;
  const rest = openBudget();
  const filled = expected.map(({ text }) => fillCaptures(text, bound));
  const compare: CompareLines = (i, j) => compareLine(expected[i], came[j] ?? '', header, bound, rest);
  return explainStop(differ(filled, came, compare), spent);
}

/** The tokens of expected lines, the table's header first. */
export function compileLines(lines: readonly string[]): readonly ExpectedLine[] {
  const minutes = findMinutes(lines);
  return lines.map((text, line) => {
    let before = '';
    const tokens = splitTokens(text).map((token): ExpectedToken => {
      const context = { before, minutes: minutes[line] === true };
      before = token.text;
      const pieces = compileLine(token.text, (start, end) => classPieces(token.text, start, end, context));
      return { ...token, pieces, takesRest: /<<[\w-]+:line>>$/.test(token.text) };
    });
    return { text, tokens };
  });
}

/** Compares one row. */
export function compareLine(
  expected: ExpectedLine | undefined,
  line: string,
  header: readonly Column[],
  captures: Captures,
  budget: Budget,
): Compared {
  const wanted = expected?.tokens ?? [];
  const came = splitTokens(line);
  const marks: DiffMark[] = [];
  const faults: Fault[] = [];
  let bound = captures;
  for (const [index, token] of wanted.entries()) {
    const place = came[index];
    if (place === undefined) {
      faults.push({ reason: `\`${brief(token.text)}\` is missing`, expected: token });
      break;
    }
    const text = token.takesRest ? line.slice(place.start) : place.text;
    const found = matchLine(token.pieces, text, bound, budget);
    if (found === undefined) {
      const filled = fillCaptures(token.text, bound);
      const reason = `${columnAt(header, place.start)}\`${brief(place.text)}\` is not \`${brief(filled)}\``;
      faults.push({ reason, expected: token, actual: place });
      continue;
    }
    bound = found.captures;
    for (const mark of found.marks) {
      marks.push({ ...mark, start: place.start + mark.start, end: place.start + mark.end });
    }
  }
  const extra = wanted.at(-1)?.takesRest === true ? undefined : came[wanted.length];
  if (extra !== undefined)
    faults.push({ reason: `\`${brief(extra.text)}\` was not expected`, actual: extra });
  const [first] = faults;
  return first === undefined
    ? { kind: 'equal', marks, captures: bound }
    : different(first.reason, faults, wanted.length === came.length);
}

interface Place {
  readonly start: number;
  readonly text: string;
}

/** A token that differs; an absent side has none there. */
interface Fault {
  readonly reason: string;
  readonly expected?: Place;
  readonly actual?: Place;
}

/** Each token with its own reason; where a token is too many or missing, those behind it differ for that alone. */
function different(reason: string, faults: readonly Fault[], aligned: boolean): Compared {
  const shown = aligned ? faults : faults.slice(0, 1);
  const mark = (side: 'expected' | 'actual'): readonly DiffMark[] =>
    shown.flatMap((fault) => {
      const place = fault[side];
      return place === undefined
        ? []
        : [{ start: place.start, end: place.start + place.text.length, reason: fault.reason }];
    });
  return { kind: 'different', reason, expectedMarks: mark('expected'), actualMarks: mark('actual') };
}

interface Column {
  readonly name: string;
  readonly start: number;
}

/** The columns of a table's header, as kubectl and cub print it: capitals, columns apart by two blanks. */
function columnsOf(line: string): readonly Column[] {
  if (!/^[A-Z][A-Z0-9 /_:%-]*$/.test(line.replace(/\([a-z%]+\)/g, ''))) return [];
  const cells = [...line.matchAll(/\S+(?: \S+)*/g)];
  return cells.length < 2 ? [] : cells.map((cell) => ({ name: cell[0], start: cell.index }));
}

function columnAt(columns: readonly Column[], start: number): string {
  const column = columns.findLast((candidate) => candidate.start <= start);
  return column === undefined ? '' : `${column.name} `;
}
