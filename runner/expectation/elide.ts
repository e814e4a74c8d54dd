/** `elide`: a line `...` stands for any number of lines, a `...` in a line for any text; the rest stands in order. */
import { alignLines, boundRows } from '../text/diff.ts';
import type { DiffRow } from '../text/text.ts';
import type { Budget } from '../text/pattern/pattern.ts';
import { explainStop, openBudget } from './budget.ts';
import { fillCaptures } from './captures.ts';
import type { Captures, Expectation, LineRange, VaryingPart, Verdict } from './expectation.ts';
import { compileLine, GAP, matchLine, type Piece } from './line-pattern.ts';
import { brief, expectedLines, passOver, splitLines } from './lines.ts';

type Pattern = readonly Piece[];

interface Placement {
  readonly captures: Captures;
  readonly varying: readonly VaryingPart[];
  /** Where the chunks stand. */
  readonly lines: readonly LineRange[];
}

/** Compares runs of lines between elisions, each at the first place where the rest fits too. */
export function matchElide(expectation: Expectation, actual: string, captures: Captures): Verdict {
  const expected = expectedLines(expectation.text);
  const came = splitLines(actual);
  const chunks = splitChunks(expected);
  const simple = chunks.every((chunk) =>
    chunk.every((line) => line.every((piece) => piece.kind !== 'hole' || piece.name === undefined)),
  );
  const budget = openBudget();
  const place = (index: number, from: number, bound: Placement): Placement | undefined => {
    const chunk = chunks[index];
    if (chunk === undefined) return bound;
    const isLast = index === chunks.length - 1;
    const latest = came.length - chunk.length;
    const first = isLast ? latest : from;
    const last = index === 0 ? 0 : latest;
    for (let at = first; at >= from && at <= last; at += 1) {
      if (budget.steps < 0) return undefined;
      const fitted = fitChunk(chunk, came, at, bound, budget);
      const rest = fitted && place(index + 1, at + chunk.length, fitted);
      if (rest !== undefined || (fitted !== undefined && simple)) return rest;
    }
    return undefined;
  };
  const placed = place(0, 0, { captures, varying: [], lines: [] });
  if (placed !== undefined) {
    const { lines, ...held } = placed;
    return { kind: 'held', ...held, ...passOver(came, lines) };
  }
  const spent = budget.steps < 0;
  return explainStop(explain(expected, came, captures), spent);
}

/** Patterns between `...` lines. A text that starts or ends with `...` has an empty chunk there. */
function splitChunks(expected: readonly string[]): readonly (readonly Pattern[])[] {
  const chunks: Pattern[][] = [[]];
  for (const line of expected) {
    if (isElision(line)) chunks.push([]);
    else chunks.at(-1)?.push(compileElided(line));
  }
  return chunks;
}

/** A line that stands for any number of lines. */
export function isElision(line: string): boolean {
  return line.trim() === '...';
}

/** The pieces of a line, an inline `...` as a gap. */
export function compileElided(line: string): Pattern {
  return compileLine(line, (start, end) =>
    line
      .slice(start, end)
      .split(/\.{3,}/)
      .flatMap((part, index): Piece[] => [
        ...(index > 0 ? [GAP] : []),
        ...(part === '' ? [] : [{ kind: 'text' as const, text: part }]),
      ]),
  );
}

function fitChunk(
  chunk: readonly Pattern[],
  came: readonly string[],
  at: number,
  bound: Placement,
  budget: Budget,
): Placement | undefined {
  budget.steps -= 1;
  const varying = [...bound.varying];
  let { captures } = bound;
  for (const [offset, pattern] of chunk.entries()) {
    const found = matchLine(pattern, came[at + offset] ?? '', captures, budget);
    if (found === undefined) return undefined;
    captures = found.captures;
    for (const mark of found.marks) varying.push({ line: at + offset, ...mark });
  }
  return { captures, varying, lines: [...bound.lines, { from: at, to: at + chunk.length }] };
}

function explain(expected: readonly string[], came: readonly string[], captures: Captures): Verdict {
  const budget = openBudget();
  const wanted: {
    readonly text: string;
    readonly line: number;
    readonly pattern: Pattern;
    readonly open: boolean;
  }[] = [];
  let open = false;
  expected.forEach((line, index) => {
    if (!isElision(line)) {
      wanted.push({
        text: fillCaptures(line, captures),
        line: index + 1,
        pattern: compileElided(line),
        open,
      });
    }
    open = isElision(line);
  });
  const rows: DiffRow[] = [];
  let next = 0;
  let bound = captures;
  const pairs = alignLines(
    wanted.length,
    came.length,
    (i, j) => matchLine(wanted[i]?.pattern ?? [], came[j] ?? '', captures, budget) !== undefined,
  );
  for (const { expected: i, actual: j, equal } of pairs) {
    const line = i === undefined ? undefined : wanted[i];
    const fit = line && j !== undefined && matchLine(line.pattern, came[j] ?? '', bound, budget);
    const mayElide = next < wanted.length ? (wanted[next]?.open ?? false) : open;
    if (line !== undefined && !fit) {
      rows.push({ kind: 'expected', text: fillCaptures(line.text, bound), expectedLine: line.line });
    }
    if (j !== undefined) {
      const kind = fit ? 'same' : mayElide && !equal ? 'elided' : 'actual';
      const number = fit && line ? { expectedLine: line.line } : {};
      rows.push({ kind, text: came[j] ?? '', actualLine: j + 1, ...number });
    }
    if (fit) bound = fit.captures;
    if (i !== undefined) next = i + 1;
  }
  return { kind: 'differs', reason: reasonOf(rows, came.length), diff: boundRows(rows) };
}

function reasonOf(rows: readonly DiffRow[], height: number): string {
  const missing = rows.find(({ kind }) => kind === 'expected');
  if (missing !== undefined) {
    if (height === 0) return 'the output is empty';
    return `\`${brief(missing.text)}\` does not come ${missing.expectedLine === 1 ? 'first' : 'at its place'}`;
  }
  const extra = rows.find(({ kind }) => kind === 'actual');
  if (extra !== undefined) return `line ${extra.actualLine ?? 0} \`${brief(extra.text)}\` was not expected`;
  return 'the lines do not come in this order';
}
