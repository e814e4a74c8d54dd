/**
 * The two forms of `unit diff`. Both are the original's with its peculiarities: coloured numbers even into a pipe, and hunk
 * numbers that drift by one per segment, because a text with a newline at its end counts as one line more.
 */
import type { Segment } from './line-diff.ts';

const RED = '\u001B[31m';
const GREEN = '\u001B[32m';
const BLUE = '\u001B[94m';
const PLAIN = '\u001B[0m';

interface Line {
  readonly kind: Segment['kind'];
  readonly text: string;
  readonly old: number;
  readonly fresh: number;
}

/** Every line with its number. */
export function renderNumbered(segments: readonly Segment[]): string {
  const lines = numberLines(segments, (count) => count);
  const width = String(lastNumber(segments)).length;
  return lines
    .map((line) => {
      const number = `${BLUE}${String(line.kind === 'removed' ? line.old : line.fresh).padStart(width)}: ${PLAIN}`;
      const text = line.text === '' ? ' ' : line.text;
      if (line.kind === 'same') return `${number}  ${text}\n`;
      return `${number}${mark(line.kind, text, true)}\n`;
    })
    .join('');
}

/** Changes with three lines around them; nothing if nothing changed. */
export function renderUnified(
  segments: readonly Segment[],
  names: { readonly from: string; readonly to: string },
  colour: boolean,
): string {
  if (segments.every(({ kind }) => kind === 'same')) return '';
  const hunks = groupHunks(numberLines(segments, countWithEnd));
  const body = hunks.map((hunk) => renderHunk(hunk, colour)).join('');
  return `--- ${names.from}\n+++ ${names.to}\n${body}`;
}

function mark(kind: 'removed' | 'added', text: string, colour: boolean): string {
  const sign = kind === 'removed' ? '-' : '+';
  return colour ? `${kind === 'removed' ? RED : GREEN}${sign}${text}${PLAIN}` : `${sign}${text}`;
}

/** Lines as the original counts them: what follows the last newline is a line too. */
function countWithEnd(count: number, segment: Segment): number {
  return segment.lines.at(-1)?.endsWith('\n') === true ? count + 1 : count;
}

function numberLines(
  segments: readonly Segment[],
  count: (lines: number, segment: Segment) => number,
): Line[] {
  let [old, fresh] = [1, 1];
  return segments.flatMap((segment) => {
    const lines = segment.lines.map((text, at) => ({
      kind: segment.kind,
      text: text.replace(/\n$/, ''),
      old: old + at,
      fresh: fresh + at,
    }));
    const step = count(segment.lines.length, segment);
    if (segment.kind !== 'added') old += step;
    if (segment.kind !== 'removed') fresh += step;
    return lines;
  });
}

function lastNumber(segments: readonly Segment[]): number {
  let [old, fresh, last] = [0, 0, 0];
  for (const segment of segments) {
    const step = countWithEnd(segment.lines.length, segment);
    if (segment.kind !== 'added') old += step;
    if (segment.kind !== 'removed') fresh += step;
    last = Math.max(last, old, fresh);
  }
  return last;
}

const AROUND = 3;

function groupHunks(lines: readonly Line[]): Line[][] {
  const changed = lines.map(({ kind }) => kind !== 'same');
  const near = lines.map((_, at) => changed.slice(Math.max(0, at - AROUND), at + AROUND + 1).includes(true));
  const hunks: Line[][] = [];
  for (const [at, line] of lines.entries()) {
    if (near[at] !== true) continue;
    if (near[at - 1] === true) hunks.at(-1)?.push(line);
    else hunks.push([line]);
  }
  return hunks;
}

function renderHunk(hunk: readonly Line[], colour: boolean): string {
  const old = hunk.filter(({ kind }) => kind !== 'added');
  const added = hunk.filter(({ kind }) => kind === 'added');
  const head = `@@ -${old[0]?.old ?? 0},${old.length} +${added[0]?.fresh ?? 0},${added.length} @@\n`;
  const lines = hunk.map(({ kind, text }) => `${kind === 'same' ? ` ${text}` : mark(kind, text, colour)}\n`);
  return head + lines.join('');
}
