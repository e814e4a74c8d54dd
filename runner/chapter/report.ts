/** Collects the problems of one chapter, with places in its source file. */
import type { LineMap } from '../text/position.ts';
import type { Problem } from '../text/text.ts';

/** A range of the source file, in offsets. */
export interface SourceRange {
  readonly start: number;
  readonly end: number;
}

export interface Reporter {
  readonly lines: LineMap;
  readonly problems: readonly Problem[];
  /** An error at `range`; `code` without its family. */
  error(code: string, range: SourceRange, message: string, hint?: string): void;
}

/** A reporter for one file. */
export function createReporter(file: string, lines: LineMap): Reporter {
  const problems: Problem[] = [];
  return {
    lines,
    problems,
    error(code, range, message, hint) {
      problems.push({
        code: `format:${code}`,
        severity: 'error',
        file,
        span: lines.span(range.start, range.end),
        message,
        ...(hint !== undefined && { hint }),
      });
    },
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
