/**
 * Tells whether two versions of a chapter ask for the same run: a recording stays good when prose is rewritten, and is
 * old as soon as a command, an expected text, an attribute or the front matter under `mtx:` has changed.
 */
import type { Chapter } from './chapter.ts';

/** Where a thing stands is no part of what it does. */
const PLACES: ReadonlySet<string> = new Set(['span', 'bodySpan', 'bodyLines', 'headings', 'needSpans']);

/** A text that is the same for the same work, to be hashed. */
export function describeWork({ meta, blocks }: Chapter): string {
  return JSON.stringify({ meta, blocks }, (key, value: unknown) => (PLACES.has(key) ? undefined : value));
}
