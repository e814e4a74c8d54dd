/** Rewrites the lines of `contains`: each that does not occur becomes the most similar words of the output. */
import type { Captures, Expectation } from '../expectation.ts';
import { openBudget } from '../budget.ts';
import { compileLine, findInLine } from '../line-pattern.ts';
import { brief, splitLines } from '../lines.ts';
import { mergeLine, similarity, splitWords } from './merge-line.ts';
import { linesOf } from './rewrite-lines.ts';
import type { LineRules, Rewriting } from './rewrite.ts';

const ENOUGH = 0.5;

/** A line that nothing in the output resembles cannot be rewritten: nobody knows what it was to show. */
export function rewriteContained(
  { text }: Expectation,
  actual: string,
  captures: Captures,
  rules: LineRules,
): Rewriting {
  const came = splitLines(actual);
  const lines: string[] = [];
  let bound = captures;
  for (const line of linesOf(text)) {
    const found = occurs(line, came, bound);
    if (found === undefined) {
      const best = findSimilar(line, came);
      if (best === undefined) {
        return { kind: 'refused', reason: `nothing in the output resembles \`${brief(line)}\`` };
      }
      lines.push(mergeLine(line, best, (word, other) => rules.fit(word, other, bound) !== undefined));
    } else {
      bound = found;
      lines.push(line);
    }
  }
  return { kind: 'rewritten', text: lines.join('\n') };
}

function occurs(line: string, came: readonly string[], captures: Captures): Captures | undefined {
  if (!/\S/.test(line)) return captures;
  const pieces = compileLine(line.trimEnd());
  const budget = openBudget();
  for (const actual of came) {
    const found = findInLine(pieces, actual, captures, budget);
    if (found !== undefined) return found.captures;
  }
  return undefined;
}

/** As many words of one line as the expected line has, with the most of them in common. */
function findSimilar(line: string, came: readonly string[]): string | undefined {
  const width = splitWords(line).length;
  let best: { readonly text: string; readonly score: number } | undefined;
  for (const actual of came) {
    const words = splitWords(actual);
    for (let from = 0; from + Math.min(width, words.length) <= words.length; from += 1) {
      const end = words[Math.min(from + width, words.length) - 1]?.end ?? 0;
      const text = actual.slice(words[from]?.start ?? 0, end);
      const alike = similarity(line, text);
      const score = alike + similarityInPlace(line, text);
      if (alike >= ENOUGH && score > (best?.score ?? 0)) best = { text, score };
    }
  }
  return best?.text;
}

/** How many words stand at the same place: from 0 to 1. */
function similarityInPlace(line: string, text: string): number {
  const [wanted, came] = [splitWords(line), splitWords(text)];
  return wanted.filter((word, index) => word.text === came[index]?.text).length / wanted.length;
}
