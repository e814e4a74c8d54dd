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
    if (/^\.{3,}$/.test(text)) return keepGap(expected, index, { wanted, came, at, isFixed });
    const place = at(index);
    if (place === undefined) return mergeInPlace(text, index, { wanted, came, at, isFixed }, fits);
    const isSure =
      sameShape ||
      partners[index] === index ||
      (isFixed(index - 1) && partners[index - 1] === (partners[index] ?? 0) - 1) ||
      (isFixed(index + 1) && partners[index + 1] === (partners[index] ?? 0) + 1);
    return isSure ? [{ ...place, text }] : [];
  });
}

interface Surroundings {
  readonly wanted: readonly Word[];
  readonly came: readonly Word[];
  readonly at: (index: number) => Word | undefined;
  readonly isFixed: (index: number) => boolean;
}

/** A word of which only a part stands for what came in its place: `pod/<<name>>` for `pods/web`. */
function mergeInPlace(
  text: string,
  index: number,
  { wanted, came, at, isFixed }: Surroundings,
  fits: Fits,
): Word[] {
  const before = isFixed(index - 1) ? at(index - 1) : undefined;
  const after = isFixed(index + 1) ? at(index + 1) : undefined;
  const place = findPlace();
  if (place === undefined || place === after) return [];
  const merged = mergeWord(text, place.text, fits);
  return merged === undefined ? [] : [{ ...place, text: merged }];

  function findPlace(): Word | undefined {
    if (before !== undefined) return came[came.indexOf(before) + 1];
    if (after !== undefined) return came[came.indexOf(after) - 1];
    return wanted.length === came.length ? came[index] : undefined;
  }
}

/** Keeps the one open part of a word where the text on one side of it is the same, and on the other begins or ends alike. */
function mergeWord(expected: string, actual: string, fits: Fits): string | undefined {
  const [open, ...others] = [...expected.matchAll(/<<[^<>\s]+>>|\.{3,}/g)];
  if (open === undefined || others.length > 0) return undefined;
  const left = expected.slice(0, open.index);
  const right = expected.slice(open.index + open[0].length);
  const places = Array.from({ length: actual.length }, (_, at) => at);
  const candidates = [
    ...(actual.startsWith(left) && isSeparator(right.at(0))
      ? places.filter((at) => actual[at] === right[0]).map((at) => left + open[0] + actual.slice(at))
      : []),
    ...(actual.endsWith(right) && isSeparator(left.at(-1))
      ? places
          .filter((at) => actual[at] === left.at(-1))
          .map((at) => actual.slice(0, at + 1) + open[0] + right)
      : []),
  ];
  return candidates.find((candidate) => fits(candidate, actual));
}

function isSeparator(character: string | undefined): boolean {
  return character !== undefined && /[^\p{L}\p{N}]/u.test(character);
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

/** A word `...` stays between words that stay, or the line's ends; beside one that stays, if it stands for one word as before. */
function keepGap(expected: string, index: number, { wanted, came, at, isFixed }: Surroundings): Word[] {
  const isFirst = index === 0;
  const isLast = index === wanted.length - 1;
  if (!(isFirst || isFixed(index - 1)) || !(isLast || isFixed(index + 1))) {
    const isInPlace = [index - 1, index + 1].some((beside) => isFixed(beside) && at(beside) === came[beside]);
    const word = came[index];
    return isInPlace && word !== undefined && wanted.length === came.length ? [{ ...word, text: '...' }] : [];
  }
  const from = isFirst ? 0 : (at(index - 1)?.end ?? 0);
  const to = isLast ? (came.at(-1)?.end ?? from) : (at(index + 1)?.start ?? from);
  if (to < from) return [];
  const left = isFirst ? 0 : (wanted[index - 1]?.end ?? 0);
  const right = isLast ? expected.length : (wanted[index + 1]?.start ?? expected.length);
  return [{ text: expected.slice(left, right), start: from, end: to }];
}
