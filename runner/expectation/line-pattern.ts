/**
 * One expected line as literal text and holes, and whether an actual line fits it. Failed places are remembered, and the
 * steps are counted, so that no line of an author and no output can make it slow.
 */
import type { DiffMark } from '../text/text.ts';
import type { Budget } from '../text/pattern/pattern.ts';
import { CAPTURE_TYPES, findCaptures, valueOf, type EndsFrom } from './captures.ts';
import type { Captures } from './expectation.ts';

/**
 * Literal text; any text (a gap); or a hole, which is filled by what its class allows. A hole with a name is a capture.
 * `reason` says why the text may differ.
 */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'gap'; readonly reason: string }
  | Hole;

export interface Hole {
  readonly kind: 'hole';
  readonly name?: string;
  readonly ends: EndsFrom;
  readonly reason: string;
}

/** An actual line that fits: the captures after it, and its parts that stood in holes. */
export interface LineMatch {
  readonly captures: Captures;
  readonly marks: readonly DiffMark[];
  /** Where the pieces start and stop in the line. */
  readonly start: number;
  readonly end: number;
}

/** An inline `...`. */
export const GAP: Piece = { kind: 'gap', reason: 'any text' };

const LEAD = { kind: 'gap', reason: 'text before the occurrence' } as const;

/** The pieces of a line with captures. `literal` splits the text between captures, from `start` to `end`, further. */
export function compileLine(
  line: string,
  literal: (start: number, end: number) => readonly Piece[] = (start, end) => [
    { kind: 'text', text: line.slice(start, end) },
  ],
): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { name, type, start, end } of findCaptures(line)) {
    if (start > from) pieces.push(...literal(from, start));
    const reason = name === '_' ? `any ${type}` : `captured as ${name}`;
    pieces.push({ kind: 'hole', ends: CAPTURE_TYPES[type], reason, ...(name !== '_' && { name }) });
    from = end;
  }
  if (from < line.length) pieces.push(...literal(from, line.length));
  return pieces;
}

/** Fits a whole line (or its start, with `open`) to the pieces. Does not match once the budget is spent. */
export function matchLine(
  pieces: readonly Piece[],
  line: string,
  captures: Captures,
  budget: Budget,
  open: boolean = false,
): LineMatch | undefined {
  const failed = new Set<number>();
  const remembers = !hasRepeatedName(pieces, captures);
  const fit = (index: number, at: number, bound: LineMatch): LineMatch | undefined => {
    const piece = pieces[index];
    if (piece === undefined) return open || at === line.length ? { ...bound, end: at } : undefined;
    const width = line.length + 1;
    for (const end of endsOf(pieces, index, line, at, bound.captures)) {
      budget.steps -= 1;
      if (budget.steps < 0) return undefined;
      if (failed.has((index + 1) * width + end)) continue;
      const found = fit(index + 1, end, fill(piece, line, at, end, bound));
      if (found !== undefined) return found;
    }
    if (remembers) failed.add(index * width + at);
    return undefined;
  };
  return fit(0, 0, { captures, marks: [], start: 0, end: 0 });
}

/** The first place in a line that fits the pieces. */
export function findInLine(
  pieces: readonly Piece[],
  line: string,
  captures: Captures,
  budget: Budget,
): LineMatch | undefined {
  const found = matchLine([LEAD, ...pieces], line, captures, budget, true);
  if (found === undefined) return undefined;
  const lead = found.marks.find(({ reason }) => reason === LEAD.reason);
  return { ...found, start: lead?.end ?? 0, marks: found.marks.filter((mark) => mark !== lead) };
}

/** Where a piece that starts at `at` can end, the preferred end first. A gap jumps to where the next piece's text is. */
function* endsOf(
  pieces: readonly Piece[],
  index: number,
  line: string,
  at: number,
  captures: Captures,
): Iterable<number> {
  const piece = pieces[index];
  const text = textOf(piece, captures);
  if (text !== undefined) {
    if (line.startsWith(text, at)) yield at + text.length;
  } else if (piece?.kind === 'hole') yield* piece.ends(line, at);
  else if (index === pieces.length - 1) yield line.length;
  else {
    const next = textOf(pieces[index + 1], captures) ?? '';
    for (let end = line.indexOf(next, at); end !== -1; end = line.indexOf(next, end + 1)) {
      yield end;
      if (end === line.length) return;
    }
  }
}

/** What a piece must be, if that is known: literal text, or the value of a bound capture. */
function textOf(piece: Piece | undefined, captures: Captures): string | undefined {
  if (piece?.kind === 'text') return piece.text;
  return piece?.kind === 'hole' && piece.name !== undefined ? valueOf(captures, piece.name) : undefined;
}

function fill(piece: Piece, line: string, start: number, end: number, bound: LineMatch): LineMatch {
  if (piece.kind === 'text') return bound;
  if (piece.kind === 'hole' && textOf(piece, bound.captures) !== undefined) return bound;
  const marks = end > start ? [...bound.marks, { start, end, reason: piece.reason }] : bound.marks;
  if (piece.kind === 'gap' || piece.name === undefined) return { ...bound, marks };
  return { ...bound, captures: { ...bound.captures, [piece.name]: line.slice(start, end) }, marks };
}

/** A name that the line binds and uses again: then a failure depends on what was bound. */
function hasRepeatedName(pieces: readonly Piece[], captures: Captures): boolean {
  const names = pieces.flatMap((piece) =>
    piece.kind === 'hole' && piece.name !== undefined && valueOf(captures, piece.name) === undefined
      ? [piece.name]
      : [],
  );
  return new Set(names).size < names.length;
}
