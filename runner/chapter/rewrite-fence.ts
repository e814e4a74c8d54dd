/** The edits that give a fence other lines. Quotes and lists put a prefix before each line, which new lines get too. */
import { alignLines } from '../text/diff.ts';
import type { LineMap } from '../text/position.ts';
import type { ExpectBlock } from './chapter.ts';

/** Replaces `[start, end)` of the source. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits after which the expectation's lines are `wanted`; those that are there already are not touched. */
export function replaceLines(lines: LineMap, block: ExpectBlock, wanted: readonly string[]): readonly Edit[] {
  const old = linesOfBody(block);
  const prefix = containerPrefix(lines, block);
  const eol = lineEnd(lines, block.span.start.line) || lineEnd(lines, 1) || '\n';
  const edits: Edit[] = [];
  let at = block.bodySpan.start.offset;
  for (const pair of alignLines(old.length, wanted.length, (i, j) => old[i] === wanted[j])) {
    const text = wanted[pair.actual ?? -1] ?? '';
    if (pair.expected === undefined) {
      edits.push({ start: at, end: at, text: indent(text, prefix) + eol });
      continue;
    }
    const number = block.bodyLines[pair.expected] ?? 0;
    const start = lines.startOf(number);
    at = endOf(lines, number);
    if (pair.actual === undefined) edits.push({ start, end: at, text: '' });
    else if (!pair.equal) {
      const own = ownPrefix(lines.textOf(number), old[pair.expected] ?? '', text) ?? prefix;
      edits.push({ start, end: at, text: indent(text, own) + lineEnd(lines, number) });
    }
  }
  return joinInsertions(edits);
}

/** Longer markers around the lines where one of them would close the fence. */
export function lengthenFence(
  lines: LineMap,
  block: ExpectBlock,
  wanted: readonly string[],
): readonly Edit[] {
  const start = block.span.start.offset;
  const marker = /^(?:`+|~+)/.exec(lines.source.slice(start))?.[0] ?? '';
  const longest = Math.max(
    0,
    ...wanted.map((line) => {
      const run = /^ {0,3}(`{3,}|~{3,})\s*$/.exec(line)?.[1] ?? '';
      return run.startsWith(marker.charAt(0)) ? run.length : 0;
    }),
  );
  if (longest < marker.length) return [];
  const longer = marker.charAt(0).repeat(longest + 1);
  const closing = /[`~]+\s*$/.exec(lines.textOf(block.span.end.line))?.[0].trimEnd();
  const end = lines.startOf(block.span.end.line) + lines.textOf(block.span.end.line).trimEnd().length;
  return [
    { start, end: start + marker.length, text: longer },
    ...(closing === undefined || block.span.end.line === block.span.start.line
      ? []
      : [{ start: end - closing.length, end, text: longer }]),
  ];
}

function linesOfBody({ body }: ExpectBlock): readonly string[] {
  return body === '' ? [] : body.replace(/\n$/, '').split('\n');
}

/** Lines that come at one place, in their order. */
function joinInsertions(edits: readonly Edit[]): readonly Edit[] {
  const joined: Edit[] = [];
  for (const edit of edits) {
    const last = joined.at(-1);
    const follows = last !== undefined && last.start === last.end && edit.start === edit.end;
    if (follows && last.start === edit.start)
      joined[joined.length - 1] = { ...last, text: last.text + edit.text };
    else joined.push(edit);
  }
  return joined;
}

/** What stands before the opening fence, as the lines below it must have it: markers of quotes stay, of lists become blanks. */
function containerPrefix(lines: LineMap, { span }: ExpectBlock): string {
  return lines
    .textOf(span.start.line)
    .slice(0, span.start.column - 1)
    .replaceAll(/[^>\s]/g, ' ');
}

/** What stands before the old line, if the new one can stand behind it too. */
function ownPrefix(whole: string, old: string, text: string): string | undefined {
  if (old.trim() === '' || /^\s/.test(text) || !whole.endsWith(old)) return undefined;
  return whole.slice(0, whole.length - old.length);
}

function indent(text: string, prefix: string): string {
  return text === '' ? prefix.trimEnd() : prefix + text;
}

function endOf(lines: LineMap, line: number): number {
  return line < lines.lineCount ? lines.startOf(line + 1) : lines.source.length;
}

/** The line end of a line as it is in the file; '' at the end of a file. */
function lineEnd(lines: LineMap, line: number): string {
  return lines.source.slice(lines.startOf(line) + lines.textOf(line).length, endOf(lines, line));
}
