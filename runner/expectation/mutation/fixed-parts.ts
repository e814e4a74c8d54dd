/** Which parts of an expected line stand for themselves, and which for whatever fits. */
import { findCaptures } from '../captures.ts';
import type { MatchKind } from '../expectation.ts';
import { findClasses, splitTokens, type TokenContext } from '../token-class.ts';
import type { Part } from './change-text.ts';

/** The parts of a line that stand for others: captures, inline elisions, tokens of a class. In order. */
export function findHoles(match: MatchKind, line: string, minutes: boolean): readonly Part[] {
  const captures = findCaptures(line).map(({ start, end }) => ({ start, end }));
  const more = match === 'elide' ? findDots(line) : match === 'like' ? findClassed(line, minutes) : [];
  const free = more.filter((part) =>
    captures.every(({ start, end }) => part.end <= start || part.start >= end),
  );
  return [...captures, ...free].toSorted((a, b) => a.start - b.start);
}

function findDots(line: string): readonly Part[] {
  return [...line.matchAll(/\.{3,}/g)].map(({ 0: dots, index }) => ({
    start: index,
    end: index + dots.length,
  }));
}

function findClassed(line: string, minutes: boolean): readonly Part[] {
  let context: TokenContext = { before: '', minutes };
  return splitTokens(line).flatMap(({ text, start }) => {
    const classes = findClasses(text, 0, text.length, context);
    context = { ...context, before: text };
    return classes.map((part) => ({ start: start + part.start, end: start + part.end }));
  });
}
