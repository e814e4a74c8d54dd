/**
 * The vocabulary that every stage shares: where something stands in a file, what is wrong there, and how two texts
 * differ. Types only; a leaf that imports nothing.
 */

/** A place in a source file. `line` and `column` count from 1, `offset` from 0, both in UTF-16 units of the file as it is on disk (CRLF kept). */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A half-open range of a source file: `end` is the first position that no longer belongs to it. */
export interface Span {
  readonly start: Position;
  readonly end: Position;
}

/** `error` stops a run before it starts (exit code 2); `warning` is shown and counted. */
export type Severity = 'error' | 'warning';

/** Something wrong with an author's input. `code` is stable (`family:name`, e.g. `format:unknown-class`). */
export interface Problem {
  readonly code: string;
  readonly severity: Severity;
  /** The path as the author gave it, relative to the current folder where possible. */
  readonly file: string;
  readonly span: Span;
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** What to write instead, in one sentence. */
  readonly hint?: string;
}

/** A part of one line of a diff, `[start, end)` in UTF-16 units of that line, with the reason why it is marked. */
export interface DiffMark {
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

/**
 * One line of an aligned diff. `same`: equal on both sides; `allowed`: differs, but the matcher permits it (`text` is what
 * came); `expected`: only the page has it; `actual`: only the output has it; `elided`: lines swallowed by an elision;
 * `note`: an explanation, no text of either side. Line numbers count from 1 within each side.
 */
export interface DiffRow {
  readonly kind: 'same' | 'allowed' | 'expected' | 'actual' | 'elided' | 'note';
  readonly text: string;
  readonly expectedLine?: number;
  readonly actualLine?: number;
  readonly marks?: readonly DiffMark[];
}
