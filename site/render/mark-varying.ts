/**
 * Recorded output as lines in which the parts that the matcher lets vary are marked, and coloured what the command coloured.
 * The matcher's own verdict decides, so the mark says exactly what was not compared.
 */
import type { VaryingPart } from '../../runner/expectation/expectation.ts';
import { escapeCode, escapeHtml, raw, type Html } from './html.ts';
import type { Tint } from './tint.ts';

interface Range {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** What is marked: parts that may vary, and lines that were not compared. */
export interface Marks {
  readonly varying: readonly VaryingPart[];
  readonly passedOver: ReadonlySet<number>;
}

/** The text's lines as HTML. Ranges are in UTF-16 units of a line; overlapping marks are joined, tints never overlap. */
export function markVarying(
  text: string,
  { varying, passedOver }: Marks,
  tints: readonly Tint[] = [],
): readonly Html[] {
  const marks = byLine(varying);
  const colours = byLine(tints);
  return text.split('\n').map((line, index) => {
    const marked = markLine(line, marks.get(index) ?? [], colours.get(index) ?? []);
    return raw(passedOver.has(index) && line !== '' ? `<span class="free">${marked}</span>` : marked);
  });
}

function byLine<T extends Range>(ranges: readonly T[]): ReadonlyMap<number, readonly T[]> {
  const sorted = ranges.filter(({ start, end }) => end > start).toSorted((a, b) => a.start - b.start);
  return Map.groupBy(sorted, ({ line }) => line);
}

function markLine(line: string, ranges: readonly VaryingPart[], tints: readonly Tint[]): string {
  let at = 0;
  let marked = '';
  for (const { start, end, reason } of ranges) {
    const from = Math.max(start, at);
    const to = Math.min(end, line.length);
    if (to <= from) continue;
    marked += `${tintPart(line, at, from, tints)}<span class="vary" title="${escapeHtml(reason)}">${tintPart(line, from, to, tints)}</span>`;
    at = to;
  }
  return marked + tintPart(line, at, line.length, tints);
}

function tintPart(line: string, from: number, to: number, tints: readonly Tint[]): string {
  let at = from;
  let tinted = '';
  for (const { start, end, classes } of tints) {
    const [first, last] = [Math.max(start, at), Math.min(end, to)];
    if (last <= first) continue;
    tinted += `${escapeCode(line.slice(at, first))}<span class="${classes}">${escapeCode(line.slice(first, last))}</span>`;
    at = last;
  }
  return tinted + escapeCode(line.slice(at, to));
}
