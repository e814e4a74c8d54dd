/**
 * A line that no longer fits may still hold words that do: `<<pod>>  0/1  Pending` keeps its capture when only the rest
 * has changed. Every other word becomes what was printed.
 */
import { alignLines } from '../../text/diff.ts';
import { findCaptures } from '../captures.ts';

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Whether an expected word stands for an actual one. */
type Fits = (expected: string, actual: string) => boolean;

/** `actual` with the captures and elisions of `expected` that stand for its words at their places. */
export function mergeLine(expected: string, actual: string, fits: Fits): string {
  const [wanted, came] = [splitWords(expected), splitWords(actual)];
  if (!wanted.some(({ text }) => isOpen(text))) return actual;
  let merged = actual;
  for (const { start, end, text } of findKept(expected, wanted, came, fits).toReversed()) {
    merged = merged.slice(0, start) + text + merged.slice(end);
  }
  return merged;
}

/** How many words of an expected line, captures aside, an actual line has: from 0 to 1. */
export function similarity(expected: string, actual: string): number {
  const wanted = splitWords(expected).filter(({ text }) => !isOpen(text));
  const came = splitWords(actual);
  if (wanted.length === 0) return 0;
  const pairs = alignLines(wanted.length, came.length, (i, j) => wanted[i]?.text === came[j]?.text);
  return pairs.filter(({ equal }) => equal).length / wanted.length;
}

/** The words of a line with their places. */
export function splitWords(line: string): readonly Word[] {
  return [...line.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function isOpen(word: string): boolean {
  return findCaptures(word).length > 0 || word.includes('...');
}

function findKept(
  expected: string,
  wanted: readonly Word[],
  came: readonly Word[],
  fits: Fits,
): readonly Word[] {
  const partners = pairWords(wanted, came, fits);
  const at = (index: number): Word | undefined => came[partners[index] ?? -1];
  const isFixed = (index: number): boolean =>
    partners[index] !== undefined && !isOpen(wanted[index]?.text ?? '');
  const sameShape = wanted.length === came.length && partners.every((partner, index) => partner === index);
  return wanted.flatMap(({ text }, index): Word[] => {
    if (!isOpen(text)) return [];
    if (/^\.{3,}$/.test(text))
      return keepGap(expected, wanted, index, { at, isFixed, end: came.at(-1)?.end });
    const place = at(index);
    const isSure =
      sameShape ||
      partners[index] === index ||
      (isFixed(index - 1) && partners[index - 1] === (partners[index] ?? 0) - 1) ||
      (isFixed(index + 1) && partners[index + 1] === (partners[index] ?? 0) + 1);
    return place !== undefined && isSure ? [{ ...place, text }] : [];
  });
}

/** For each expected word the actual one that it stands for: at the same place where both have as many, else in order. */
function pairWords(
  wanted: readonly Word[],
  came: readonly Word[],
  fits: Fits,
): readonly (number | undefined)[] {
  const equal = (i: number, j: number): boolean => fits(wanted[i]?.text ?? '', came[j]?.text ?? '');
  const hasGap = wanted.some(({ text }) => /^\.{3,}$/.test(text));
  if (!hasGap && wanted.length === came.length) return wanted.map((_, i) => (equal(i, i) ? i : undefined));
  const fixed = wanted.flatMap(({ text }, index) => (/^\.{3,}$/.test(text) ? [] : [index]));
  const partners: (number | undefined)[] = wanted.map(() => undefined);
  for (const pair of alignLines(fixed.length, came.length, (i, j) => equal(fixed[i] ?? 0, j))) {
    if (pair.equal) partners[fixed[pair.expected ?? 0] ?? 0] = pair.actual;
  }
  return partners;
}

interface Partners {
  readonly at: (index: number) => Word | undefined;
  readonly isFixed: (index: number) => boolean;
  readonly end: number | undefined;
}

/** A word `...` stays where the words on both sides of it stay, or where the line starts or ends. */
function keepGap(
  expected: string,
  wanted: readonly Word[],
  index: number,
  { at, isFixed, end }: Partners,
): Word[] {
  const isFirst = index === 0;
  const isLast = index === wanted.length - 1;
  if (!(isFirst || isFixed(index - 1)) || !(isLast || isFixed(index + 1))) return [];
  const from = isFirst ? 0 : (at(index - 1)?.end ?? 0);
  const to = isLast ? (end ?? from) : (at(index + 1)?.start ?? from);
  if (to < from) return [];
  const left = isFirst ? 0 : (wanted[index - 1]?.end ?? 0);
  const right = isLast ? expected.length : (wanted[index + 1]?.start ?? expected.length);
  return [{ text: expected.slice(left, right), start: from, end: to }];
}
