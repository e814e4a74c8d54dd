/**
 * From offsets to lines and columns. CommonMark ends a line at LF, CRLF or a lone CR; every position that mtx-doc
 * reports counts lines that way, in the file as it is on disk.
 */
import type { Position, Span } from './text.ts';

/** Where the lines of one source stand. Lines count from 1. Offsets and lines outside the file are clamped into it. */
export interface LineMap {
  readonly source: string;
  readonly lineCount: number;
  /** Offset of the first character of `line`. */
  startOf(line: number): number;
  /** `line` without its line end. */
  textOf(line: number): string;
  positionAt(offset: number): Position;
  span(start: number, end: number): Span;
}

/** The lines of `source`. */
export function createLineMap(source: string): LineMap {
  const starts = lineStarts(source);
  const startOf = (line: number): number => starts[clamp(line, 1, starts.length) - 1] ?? 0;
  const positionAt = (offset: number): Position => {
    const inside = clamp(offset, 0, source.length);
    const line = lineAt(starts, inside);
    return { line, column: inside - startOf(line) + 1, offset: inside };
  };
  return {
    source,
    lineCount: starts.length,
    startOf,
    textOf: (line) => source.slice(startOf(line), starts[line] ?? source.length).replace(/[\r\n]+$/, ''),
    positionAt,
    span: (start, end) => ({ start: positionAt(start), end: positionAt(Math.max(start, end)) }),
  };
}

/**
 * The place of a column of a content line in the file. CommonMark takes the containers' prefix and the fence's indent
 * off the front of a line, so the content is the line's end.
 */
export function offsetInLine(lines: LineMap, line: number, content: string, column: number): number {
  const whole = lines.textOf(line);
  const prefix = Math.max(0, whole.length - content.length);
  return lines.startOf(line) + Math.min(prefix + column, whole.length);
}

function lineStarts(source: string): readonly number[] {
  const starts = [0];
  for (let index = 0; index < source.length; index += 1) {
    const code = source.charCodeAt(index);
    if (code === 10 || (code === 13 && source.charCodeAt(index + 1) !== 10)) starts.push(index + 1);
  }
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
