/**
 * Recorded output as lines in which the parts that the matcher lets vary are marked. The matcher's own verdict decides,
 * so the mark says exactly what was not compared.
 */
import type { VaryingPart } from '../../runner/expectation/expectation.ts';
import { escapeHtml, raw, type Html } from './html.ts';

/** The text's lines as HTML. Ranges are in UTF-16 units of a line; overlapping ones are joined. */
export function markVarying(text: string, varying: readonly VaryingPart[]): readonly Html[] {
  return text.split('\n').map((line, index) => {
    const ranges = varying.filter((part) => part.line === index && part.end > part.start);
    return raw(
      markLine(
        line,
        ranges.toSorted((a, b) => a.start - b.start),
      ),
    );
  });
}

function markLine(line: string, ranges: readonly VaryingPart[]): string {
  let at = 0;
  let marked = '';
  for (const { start, end, reason } of ranges) {
    const from = Math.max(start, at);
    const to = Math.min(end, line.length);
    if (to <= from) continue;
    marked += `${escapeHtml(line.slice(at, from))}<span class="vary" title="${escapeHtml(reason)}">${escapeHtml(line.slice(from, to))}</span>`;
    at = to;
  }
  return marked + escapeHtml(line.slice(at));
}
