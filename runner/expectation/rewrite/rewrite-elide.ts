/**
 * Rewrites a text with elisions. Between two lines that stay, an elision goes on standing for lines in the middle; it must
 * not come to swallow a line that the page meant to show.
 */
import { alignLines } from '../../text/diff.ts';
import type { Captures, Expectation } from '../expectation.ts';
import { isElision } from '../elide.ts';
import { brief, splitLines } from '../lines.ts';
import { similarity } from './merge-line.ts';
import { followSteps, linesOf } from './rewrite-lines.ts';
import type { LineRules, LineStep, Rewriting } from './rewrite.ts';

/** Half of the words must be there for a line to be taken for the new form of another. */
const ENOUGH = 0.5;

interface Line {
  readonly index: number;
  readonly text: string;
}

/** Rewrites the lines between those that stay, part by part. */
export function rewriteElided(
  { text }: Expectation,
  actual: string,
  captures: Captures,
  rules: LineRules,
): Rewriting {
  const expected = linesOf(text);
  const came = splitLines(actual).map((line, index): Line => ({ index, text: line }));
  const shown = expected.flatMap((line, index): Line[] => (isElision(line) ? [] : [{ index, text: line }]));
  const pairs = alignLines(
    shown.length,
    came.length,
    (i, j) => rules.fit(shown[i]?.text ?? '', came[j]?.text ?? '', captures) !== undefined,
  );
  const anchors = pairs.flatMap((pair) =>
    pair.equal ? [{ expected: shown[pair.expected ?? 0]?.index ?? 0, actual: pair.actual ?? 0 }] : [],
  );
  const steps: LineStep[] = [];
  let from = { expected: 0, actual: 0 };
  for (const anchor of [...anchors, { expected: expected.length, actual: came.length }]) {
    const part = expected.slice(from.expected, anchor.expected);
    const lines = part.map((line, index): Line => ({ index: from.expected + index, text: line }));
    const found = rewritePart(lines, came.slice(from.actual, anchor.actual));
    if (typeof found === 'string') return { kind: 'refused', reason: found };
    steps.push(...found);
    if (anchor.expected < expected.length) steps.push({ kind: 'keep', ...anchor });
    from = { expected: anchor.expected + 1, actual: anchor.actual + 1 };
  }
  const texts = came.map((line) => line.text);
  return { kind: 'rewritten', text: followSteps(steps, expected, texts, captures, rules) };
}

/** The steps for a part in which no line fits, or why there are none. */
function rewritePart(part: readonly Line[], came: readonly Line[]): readonly LineStep[] | string {
  const first = part.findIndex((line) => isElision(line.text));
  const last = part.findLastIndex((line) => isElision(line.text));
  if (first === -1) return replaceAll(part, came);
  const [head, middle, tail] = [part.slice(0, first), part.slice(first, last + 1), part.slice(last + 1)];
  const needed = middle.filter((line) => !isElision(line.text)).length;
  if (head.length + needed + tail.length > came.length) {
    return replaceAll(
      part.filter((line) => !isElision(line.text)),
      came,
    );
  }
  const end = came.length - tail.length;
  const between = rewriteMiddle(middle, came.slice(head.length, end));
  if (typeof between === 'string') return between;
  return [...replaceAll(head, came.slice(0, head.length)), ...between, ...replaceAll(tail, came.slice(end))];
}

function replaceAll(part: readonly Line[], came: readonly Line[]): readonly LineStep[] {
  return came.map(({ index: actual }, index): LineStep => {
    const line = part[index];
    return line === undefined ? { kind: 'add', actual } : { kind: 'replace', expected: line.index, actual };
  });
}

/** Lines with elisions on both sides: each is looked for among what they would swallow. */
function rewriteMiddle(middle: readonly Line[], came: readonly Line[]): readonly LineStep[] | string {
  const steps: LineStep[] = [];
  let rest = came;
  for (const line of middle) {
    if (isElision(line.text)) {
      steps.push({ kind: 'elision', expected: line.index });
      continue;
    }
    const scores = rest.map((candidate) => similarity(line.text, candidate.text));
    const best = scores.indexOf(Math.max(...scores));
    const found = rest[best];
    if (found === undefined || (scores[best] ?? 0) < ENOUGH) {
      return `\`${brief(line.text)}\` does not come any more, and \`...\` would hide what came instead`;
    }
    steps.push({ kind: 'replace', expected: line.index, actual: found.index });
    rest = rest.slice(best + 1);
  }
  return steps;
}
