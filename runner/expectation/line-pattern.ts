/**
 * One expected line as literal text and holes, and whether an actual line fits it. Failed places are remembered, and the
 * steps are counted, so that no line of an author and no output can make it slow.
 */
import type { DiffMark } from '../text/text.ts';
import { CAPTURE_TYPES, findCaptures, valueOf, type EndsFrom } from './captures.ts';
import type { Captures } from './expectation.ts';

/** Literal text, or a hole. A hole with a name is a capture; `reason` says why its text may differ. */
export type Piece = { readonly kind: 'text'; readonly text: string } | Hole;

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

/** Steps after which a line counts as different: a line that needs more has no clear reading. */
const MOST_STEPS = 200_000;

/** Any text, the shortest first: an inline `...`, or the text around an occurrence. */
export const GAP: Hole = {
  kind: 'hole',
  reason: 'any text',
  *ends(line: string, start: number): Iterable<number> {
    for (let end = start; end <= line.length; end += 1) yield end;
  },
};

const LEAD: Hole = { ...GAP, reason: 'text before the occurrence' };

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

/** Fits a whole line (or its start, with `open`) to the pieces. */
export function matchLine(
  pieces: readonly Piece[],
  line: string,
  captures: Captures,
  open: boolean = false,
): LineMatch | undefined {
  const failed = new Set<number>();
  const remembers = !hasRepeatedName(pieces, captures);
  let steps = 0;
  const fit = (index: number, at: number, bound: LineMatch): LineMatch | undefined => {
    const piece = pieces[index];
    if (piece === undefined) return open || at === line.length ? { ...bound, end: at } : undefined;
    const key = index * (line.length + 1) + at;
    if (failed.has(key) || steps > MOST_STEPS) return undefined;
    const value = piece.kind === 'text' ? piece.text : valueOf(bound.captures, piece.name ?? '_');
    for (const end of value === undefined && piece.kind === 'hole' ? piece.ends(line, at) : [at]) {
      steps += 1;
      if (steps > MOST_STEPS) return undefined;
      if (value !== undefined && !line.startsWith(value, at)) break;
      const next = value === undefined ? fill(piece, line, at, end, bound) : bound;
      const found = fit(index + 1, value === undefined ? end : at + value.length, next);
      if (found !== undefined) return found;
    }
    if (remembers) failed.add(key);
    return undefined;
  };
  return fit(0, 0, { captures, marks: [], start: 0, end: 0 });
}

/** The first place in a line that fits the pieces. */
export function findInLine(
  pieces: readonly Piece[],
  line: string,
  captures: Captures,
): LineMatch | undefined {
  const found = matchLine([LEAD, ...pieces], line, captures, true);
  if (found === undefined) return undefined;
  const lead = found.marks.find(({ reason }) => reason === LEAD.reason);
  return { ...found, start: lead?.end ?? 0, marks: found.marks.filter((mark) => mark !== lead) };
}

function fill(piece: Piece, line: string, start: number, end: number, bound: LineMatch): LineMatch {
  if (piece.kind === 'text') return bound;
  const marks = end > start ? [...bound.marks, { start, end, reason: piece.reason }] : bound.marks;
  if (piece.name === undefined) return { ...bound, marks };
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
