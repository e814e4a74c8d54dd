/** Rewrites a text line by line: what still fits stays byte for byte, what does not becomes what was printed. */
import { alignLines } from '../../text/diff.ts';
import type { Captures, Expectation } from '../expectation.ts';
import { splitLines } from '../lines.ts';
import { mergeLine } from './merge-line.ts';
import type { LineRules, LineStep, Rewriting } from './rewrite.ts';

/** For matchers that compare whole texts: a line that only one side has goes or comes. */
export function rewriteLines(
  { text }: Expectation,
  actual: string,
  captures: Captures,
  rules: LineRules,
): Rewriting {
  const expected = linesOf(text);
  const came = splitLines(actual);
  const pairs = alignLines(
    expected.length,
    came.length,
    (i, j) => rules.fit(expected[i] ?? '', came[j] ?? '', captures) !== undefined,
  );
  const steps = pairs.flatMap((pair): LineStep[] => {
    if (pair.actual === undefined) return [];
    if (pair.expected === undefined) return [{ kind: 'add', actual: pair.actual }];
    return [{ kind: pair.equal ? 'keep' : 'replace', expected: pair.expected, actual: pair.actual }];
  });
  return { kind: 'rewritten', text: followSteps(steps, expected, came, captures, rules) };
}

/** The lines of an expected text with the blanks at their ends, which are no one's to change. */
export function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n');
}

/**
 * The text that the steps lead to. Captures are bound from line to line as the matcher binds them, so a line that fits only
 * by itself is replaced.
 */
export function followSteps(
  steps: readonly LineStep[],
  expected: readonly string[],
  came: readonly string[],
  captures: Captures,
  rules: LineRules,
): string {
  let bound = captures;
  const lines = steps.map((step): string => {
    if (step.kind === 'elision') return expected[step.expected] ?? '';
    const actual = came[step.actual] ?? '';
    if (step.kind === 'add') return rules.write(actual);
    const line = expected[step.expected] ?? '';
    for (const candidate of step.kind === 'keep' ? [line, merge(line, actual)] : [merge(line, actual)]) {
      const after = rules.fit(candidate, actual, bound);
      if (after === undefined) continue;
      bound = after;
      return candidate;
    }
    return rules.write(actual);
  });
  return lines.join('\n');

  function merge(line: string, actual: string): string {
    if (!rules.byWord) return rules.write(actual);
    return mergeLine(line, actual, (word, other) => rules.fit(word, other, bound) !== undefined);
  }
}
