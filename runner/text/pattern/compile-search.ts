/** Patterns that may occur anywhere in a text, as where expressions and functions on configuration data mean them. */
import { compilePattern } from './compile-pattern.ts';
import { parsePattern } from './parse-pattern.ts';
import type { PatternFault, PatternNode } from './pattern.ts';
import { runPattern } from './run-pattern.ts';

const ANYTHING: PatternNode = {
  kind: 'repeat',
  item: { kind: 'char', accepts: () => true },
  min: 0,
  max: Infinity,
  lazy: true,
};

/** A test for "`source` occurs in the text", or why there is none. */
export function compileSearch(source: string): ((text: string) => boolean) | PatternFault {
  const node = parsePattern(source);
  if ('message' in node) return node;
  const program = compilePattern({ kind: 'sequence', items: [ANYTHING, node, ANYTHING] });
  if (program === undefined) return { column: 0, message: 'this pattern is too large' };
  return (text) => runPattern(program, text, { steps: Infinity }) !== undefined;
}
