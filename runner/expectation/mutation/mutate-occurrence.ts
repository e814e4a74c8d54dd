/** Wrong outputs for matchers that look for lines: what a line of the page was found in is missing, or the forbidden is there. */
import { openBudget } from '../budget.ts';
import { fillCaptures, findCaptures, type CaptureType } from '../captures.ts';
import { compileElided, isElision } from '../elide.ts';
import { compileLine, findInLine, matchLine, type Piece } from '../line-pattern.ts';
import { expectedLines, splitLines } from '../lines.ts';
import { changeEach, garble, replacePart } from './change-text.ts';
import type { Mutate, Mutation, Recorded } from './mutation.ts';

/** What a capture of each type could be, where there is no value. */
const SAMPLES: Readonly<Record<CaptureType, string>> = {
  token: 'any',
  uuid: '01234567-89ab-4cde-8f01-23456789abcd',
  int: '7',
  age: '7s',
  ip: '10.1.2.3',
  time: '12:34:56',
  word: 'any',
  line: 'any text',
};

type Fits = (pieces: readonly Piece[], line: string) => boolean;

/** For `contains`: each line of the page with all lines that it occurs in dropped, and garbled. */
export const hideOccurrences: Mutate = (recorded) => {
  const fits: Fits = (pieces, line) =>
    findInLine(pieces, line, recorded.captures, openBudget()) !== undefined;
  return hideLines(recorded, (text) => compileLine(text), fits);
};

/** The same for an `elide` with line elisions, where a line of the page fits a whole line of the output. */
export const hideElided: Mutate = (recorded) => {
  const fits: Fits = (pieces, line) => matchLine(pieces, line, recorded.captures, openBudget()) !== undefined;
  return hideLines(recorded, compileElided, fits);
};

function hideLines(
  { expectation: { text, match }, actual }: Recorded,
  compile: (line: string) => readonly Piece[],
  fits: Fits,
): readonly Mutation[] {
  const lines = splitLines(actual);
  return changeEach(expectedLines(text), (expected, index): readonly Mutation[] => {
    if (!/\S/.test(expected) || (match === 'elide' && isElision(expected))) return [];
    const pieces = compile(expected);
    const found = lines.map((line) => fits(pieces, line));
    const common = { side: 'output', detail: `\`${expected}\``, line: index } as const;
    const dropped = lines.filter((_, at) => found[at] !== true).join('\n');
    const garbled = lines.map((line, at) => (found[at] === true ? garble(line) : line)).join('\n');
    return [
      { ...common, name: `drop what line ${index + 1} fits`, text: dropped },
      { ...common, name: `garble what line ${index + 1} fits`, text: garbled },
    ];
  });
}

/** For `absent`: each forbidden line, in the output. */
export const showForbidden: Mutate = ({ expectation, actual, captures }) =>
  changeEach(expectedLines(expectation.text), (line, index): readonly Mutation[] => {
    if (!/\S/.test(line)) return [];
    const forbidden = fillHoles(fillCaptures(line, captures));
    const text = [...splitLines(actual), forbidden].join('\n');
    return [
      { side: 'output', name: `print line ${index + 1}`, detail: `\`${forbidden}\``, line: index, text },
    ];
  });

/** For `absent`: the page forbids a line that is there. */
export const forbidPrinted: Mutate = ({ expectation, actual }) => {
  const printed = splitLines(actual).find((line) => /\S/.test(line));
  if (printed === undefined) return [];
  const lines = expectedLines(expectation.text);
  return changeEach(lines, (_, index): readonly Mutation[] => {
    const name = `forbid a printed line in line ${index + 1}`;
    const text = lines.with(index, printed).join('\n');
    return [{ side: 'page', name, detail: `\`${printed}\``, line: index, text }];
  });
};

function fillHoles(line: string): string {
  return findCaptures(line)
    .toReversed()
    .reduce((filled, { type, ...part }) => replacePart(filled, part, SAMPLES[type]), line);
}
