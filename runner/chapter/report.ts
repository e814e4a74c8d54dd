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
