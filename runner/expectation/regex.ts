/** `regex`: each expected line is a regular expression that fits a whole line of the output, in order. */
import { explainStop, openBudget } from './budget.ts';
import { CAPTURE_SOURCES, findCaptures, valueOf, type CaptureUse } from './captures.ts';
import type { Captures, Expectation, ExpectationProblem, VaryingPart, Verdict } from './expectation.ts';
import { type CompareLines, differ, expectedLines, splitLines, textDifference } from './lines.ts';
import { compilePattern } from '../text/pattern/compile-pattern.ts';
import { parsePattern } from '../text/pattern/parse-pattern.ts';
import type { Budget, PatternFault, Program } from '../text/pattern/pattern.ts';
import { runPattern } from '../text/pattern/run-pattern.ts';

/** Steps for all lines of one comparison: about a second. */
const MOST_STEPS = 20_000_000;

interface LinePattern {
  readonly uses: readonly CaptureUse[];
  readonly program: Program;
}

interface Fit {
  readonly captures: Captures;
  readonly marks: readonly { readonly start: number; readonly end: number; readonly reason: string }[];
}

/** Patterns that are none, that need look-around or back-references, or that are too large. */
export function checkRegex(expectation: Expectation): readonly ExpectationProblem[] {
  return expectedLines(expectation.text).flatMap((text, line) => {
    const compiled = compileLinePattern(text, {});
    if ('program' in compiled) return [];
    return [{ ...compiled, code: 'format:bad-regex', line, length: 1 }];
  });
}

/** Compares line by line. */
export function matchRegex(expectation: Expectation, actual: string, captures: Captures): Verdict {
  const expected = expectedLines(expectation.text);
  const came = splitLines(actual);
  const budget = openBudget(MOST_STEPS);
  const varying: VaryingPart[] = [];
  let bound = captures;
  let held = expected.length === came.length;
  for (let line = 0; held && line < expected.length; line += 1) {
    const found = fitLine(compileLinePattern(expected[line] ?? '', bound), came[line] ?? '', bound, budget);
    held = found !== undefined;
    bound = found?.captures ?? bound;
    for (const mark of found?.marks ?? []) varying.push({ line, ...mark });
  }
  if (held) return { kind: 'held', captures: bound, varying };
  const spent = budget.steps < 0;
  const patterns = expected.map((line) => compileLinePattern(line, bound));
  const compare: CompareLines = (i, j) => {
    const pattern = patterns[i];
    const found = pattern && fitLine(pattern, came[j] ?? '', bound, budget);
    if (found !== undefined) return { kind: 'equal', marks: found.marks };
    return textDifference(expected[i] ?? '', came[j] ?? '');
  };
  const verdict = differ(expected, came, compare);
  return explainStop(verdict, spent);
}

/** The pattern of one line; `captures` that are bound stand for their values. */
export function compileLinePattern(text: string, captures: Captures): LinePattern | PatternFault {
  const uses = findCaptures(text);
  const holes = uses.map(({ name, type, start, end }) => {
    const value = valueOf(captures, name);
    return { start, end, source: value ?? CAPTURE_SOURCES[type], literal: value !== undefined };
  });
  const node = parsePattern(text, holes);
  if ('message' in node) return node;
  const program = compilePattern(node);
  return program === undefined ? { column: 0, message: 'this pattern is too large' } : { uses, program };
}

/** Fits a whole line to a pattern. */
export function fitLine(
  pattern: LinePattern | PatternFault,
  line: string,
  captures: Captures,
  budget: Budget,
): Fit | undefined {
  if (!('program' in pattern)) return undefined;
  const slots = runPattern(pattern.program, line, budget);
  if (slots === undefined) return undefined;
  let bound = captures;
  const marks: Fit['marks'][number][] = [];
  for (const [index, { name, type }] of pattern.uses.entries()) {
    const start = slots[index * 2] ?? 0;
    const end = slots[index * 2 + 1] ?? start;
    const text = line.slice(start, end);
    if ((valueOf(bound, name) ?? text) !== text) return undefined;
    if (name !== '_') bound = { ...bound, [name]: text };
    if (end > start) marks.push({ start, end, reason: name === '_' ? `any ${type}` : `captured as ${name}` });
  }
  return { captures: bound, marks };
}
