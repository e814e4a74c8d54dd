/** Wrong outputs, line by line and word by word, for the matchers that compare lines. */
import { findCaptures, type CaptureType } from '../captures.ts';
import type { VaryingPart } from '../expectation.ts';
import { splitLines } from '../lines.ts';
import {
  changeEach,
  changeWord,
  findWords,
  garble,
  MOST_LINES,
  pickSome,
  otherValue,
  replaceLine,
  replacePart,
  STRANGER,
} from './change-text.ts';
import type { Mutate, Mutation, Recorded } from './mutation.ts';

/** Types that any text may stand in. */
const OPEN_TYPES: ReadonlySet<string> = new Set<CaptureType>(['token', 'line']);

/** A command that printed nothing passes no check. */
export const emptyOutput: Mutate = () => [{ side: 'output', name: 'empty output', text: '' }];

/** A line more, at the start and at the end. */
export function addLines({ actual }: Recorded, at: readonly ('start' | 'end')[]): readonly Mutation[] {
  const lines = splitLines(actual);
  return at.map((place) => ({
    side: 'output',
    name: `add a line at the ${place}`,
    text: (place === 'start' ? [STRANGER, ...lines] : [...lines, STRANGER]).join('\n'),
  }));
}

/** Each line dropped, replaced by words that mean nothing, and swapped with the next where they differ in substance. */
export const changeLines: Mutate = ({ actual, varying }) => {
  const lines = splitLines(actual);
  const bare = lines.map((line, index) =>
    removeParts(
      line,
      varying.filter((part) => part.line === index),
    ),
  );
  return changeEach(lines, (line, index): readonly Mutation[] => {
    const common = { side: 'output', line: index } as const;
    const detail = `\`${line}\``;
    const [next, other] = [lines[index + 1], bare[index + 1]];
    return [
      { ...common, name: `drop line ${index + 1}`, detail, text: replaceLine(lines, index) },
      ...(line === ''
        ? []
        : [
            {
              ...common,
              name: `garble line ${index + 1}`,
              detail,
              text: replaceLine(lines, index, garble(line)),
            },
          ]),
      ...(next === undefined || other === bare[index]
        ? []
        : [
            {
              ...common,
              name: `swap lines ${index + 1} and ${index + 2}`,
              text: lines.toSpliced(index, 2, next, line).join('\n'),
            },
          ]),
    ];
  });
};

/** Each word that is not part of what may vary. `allowed` where the matcher is looser than words. */
export function changeWords({ actual, varying }: Recorded, allowed?: string): readonly Mutation[] {
  const lines = splitLines(actual);
  return changeEach(lines, (line, index) =>
    findFixed(
      line,
      varying.filter((part) => part.line === index),
    ).map((part, place): Mutation => {
      const word = line.slice(part.start, part.end);
      const changed = changeWord(word);
      return {
        side: 'output',
        name: `change word ${place + 1} of line ${index + 1}`,
        detail: `\`${word}\` became \`${changed}\``,
        line: index,
        text: replaceLine(lines, index, replacePart(line, part, changed)),
        ...(allowed === undefined ? {} : { allowed }),
      };
    }),
  );
}

/** What may vary: another value of its class, and something outside of it. A capture's other value must fail a later use. */
export const changeParts: Mutate = ({ expectation, actual, varying }) => {
  const lines = splitLines(actual);
  const types = new Map(findCaptures(expectation.text).map(({ name, type }) => [name, type]));
  return pickSome([...varying.entries()], MOST_LINES).flatMap(([index, part]): readonly Mutation[] => {
    const line = lines[part.line] ?? '';
    const value = line.slice(part.start, part.end);
    const capture = /^captured as (.+)$/.exec(part.reason)?.[1];
    const open =
      OPEN_TYPES.has(types.get(capture ?? '') ?? part.reason.replace(/^any /, '')) ||
      part.reason === 'any text';
    const change = (name: string, text: string, allowed?: string): Mutation => ({
      side: 'output',
      name,
      detail: `\`${value}\` became \`${text}\``,
      text: replaceLine(lines, part.line, replacePart(line, part, text)),
      ...(allowed === undefined ? {} : { allowed }),
    });
    const what = capture === undefined ? `part ${index + 1} (${part.reason})` : `<<${capture}>>`;
    return [
      change(`another value for ${what}`, otherValue(value), capture === undefined ? part.reason : undefined),
      ...(open ? [] : [change(`no such value for ${what}`, STRANGER)]),
    ];
  });
};

/** The words of a line outside of the parts that may vary; a word with a part in it counts by what is left of it. */
function findFixed(line: string, parts: readonly VaryingPart[]): ReturnType<typeof findWords> {
  let blanked = line;
  for (const part of parts) blanked = replacePart(blanked, part, ' '.repeat(part.end - part.start));
  return findWords(blanked);
}

function removeParts(line: string, parts: readonly VaryingPart[]): string {
  return parts.toReversed().reduce((left, part) => replacePart(left, part, '<>'), line);
}
