/** The table of rewriters, one beside each matcher, and what holds for all of them. */
import { openBudget } from '../budget.ts';
import { findCaptures } from '../captures.ts';
import { checkExpectation } from '../check.ts';
import { compileElided, isElision } from '../elide.ts';
import type { Captures, Expectation, MatchKind } from '../expectation.ts';
import { compareLine, compileLines } from '../like.ts';
import { compileLine, matchLine, type Piece } from '../line-pattern.ts';
import { splitLines } from '../lines.ts';
import { matchExpectation } from '../match.ts';
import { compileLinePattern, fitLine } from '../regex.ts';
import { rewriteElided } from './rewrite-elide.ts';
import { rewriteLines } from './rewrite-lines.ts';
import { rewriteContained } from './rewrite-occurrence.ts';
import { rewriteSubset } from './rewrite-subset.ts';
import type { LineRules, Rewriter, Rewriting } from './rewrite.ts';

/** An alignment compares each line with many, so it may take longer than one comparison. */
const MOST_STEPS = 3_000_000;
const MOST_REGEX_STEPS = 20_000_000;

const REWRITERS: Readonly<Record<MatchKind, Rewriter>> = {
  exact: (expectation, actual, captures) => rewriteLines(expectation, actual, captures, plainRules()),
  elide: (expectation, actual, captures) =>
    rewriteElided(expectation, actual, captures, plainRules(compileElided)),
  like: (expectation, actual, captures) =>
    rewriteLines(expectation, actual, captures, likeRules(splitLines(actual)[0] ?? '')),
  subset: rewriteSubset,
  regex: (expectation, actual, captures) => rewriteLines(expectation, actual, captures, regexRules()),
  contains: (expectation, actual, captures) => rewriteContained(expectation, actual, captures, plainRules()),
  absent: () => ({
    kind: 'refused',
    reason: 'what must be absent was printed, and to promote that would undo the check',
  }),
};

/**
 * The expected text for which `actual` holds, with all of the old one that still does. Never wider: a capture or an elision
 * stands only where one stood. Gives the same text where `actual` holds already.
 */
export function rewriteExpectation(expectation: Expectation, actual: string, captures: Captures): Rewriting {
  if (matchExpectation(expectation, actual, captures).kind === 'held') {
    return { kind: 'rewritten', text: expectation.text };
  }
  const rewriting = REWRITERS[expectation.match](expectation, actual, captures);
  if (rewriting.kind === 'refused') return rewriting;
  const reason = findFault(expectation, { ...expectation, text: rewriting.text }, actual, captures);
  return reason === undefined ? rewriting : { kind: 'refused', reason };
}

function findFault(
  before: Expectation,
  after: Expectation,
  actual: string,
  captures: Captures,
): string | undefined {
  const known = usesOf(before.text);
  for (const use of usesOf(after.text)) {
    const index = known.indexOf(use);
    if (index === -1) return `the output holds \`${use}\`, which the page would read as a capture`;
    known.splice(index, 1);
  }
  if (before.match === 'elide' && countElisions(after.text) > countElisions(before.text)) {
    return 'the output holds a line `...`, which the page would read as an elision';
  }
  const [problem] = checkExpectation(after);
  if (problem !== undefined) return `nothing would be left to compare: ${problem.message}`;
  const verdict = matchExpectation(after, actual, captures);
  return verdict.kind === 'held' ? undefined : `no text of this form holds for the output: ${verdict.reason}`;
}

function usesOf(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) => findCaptures(line).map(({ start, end }) => line.slice(start, end)));
}

function countElisions(text: string): number {
  return text.split('\n').filter(isElision).length;
}

function plainRules(compile: (line: string) => readonly Piece[] = (line) => compileLine(line)): LineRules {
  const compiled = remember((line) => compile(splitLines(`${line}\n`)[0] ?? ''));
  const budget = openBudget(MOST_STEPS);
  return {
    fit: (expected, actual, captures) => matchLine(compiled(expected), actual, captures, budget)?.captures,
    write: (actual) => actual,
    byWord: true,
  };
}

function likeRules(header: string): LineRules {
  const compiled = remember((line) => compileLines([header, line])[1]);
  const budget = openBudget(MOST_STEPS);
  return {
    fit: (expected, actual, captures) => {
      const compared = compareLine(compiled(expected), actual, [], captures, budget);
      return compared.kind === 'equal' ? (compared.captures ?? captures) : undefined;
    },
    write: (actual) => actual,
    byWord: true,
  };
}

function regexRules(): LineRules {
  const budget = openBudget(MOST_REGEX_STEPS);
  return {
    fit: (expected, actual, captures) =>
      fitLine(compileLinePattern(expected.trimEnd(), captures), actual, captures, budget)?.captures,
    write: escapePattern,
    byWord: false,
  };
}

/** A pattern for this line alone. Two angle brackets in a row would be a capture. */
function escapePattern(line: string): string {
  const parts = line.split('<<').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return parts.join('[<]<');
}

function remember<Value>(compile: (line: string) => Value): (line: string) => Value {
  const known = new Map<string, Value>();
  return (line) => {
    const value = known.get(line) ?? compile(line);
    known.set(line, value);
    return value;
  };
}
