/** Wrong pages: what an author could have written by mistake must be red for the output that was right. */
import { isElision } from '../elide.ts';
import { expectedLines } from '../lines.ts';
import { changeEach, changeWord, findWords, replaceLine, replacePart, STRANGER } from './change-text.ts';
import { findHoles } from './fixed-parts.ts';
import { findMinutes } from '../minutes.ts';
import type { Mutate, Mutation } from './mutation.ts';

/** A line more, which is nowhere in the output. */
export const addPageLine: Mutate = ({ expectation }) => [
  { side: 'page', name: 'add a line', text: [...expectedLines(expectation.text), STRANGER].join('\n') },
];

/** Each line dropped; beside a `...` of `elide` that changes nothing, because the dots take its place. */
export const dropPageLines: Mutate = ({ expectation: { text, match } }) => {
  const lines = expectedLines(text);
  const elides = (index: number): boolean => match === 'elide' && isElision(lines[index] ?? '');
  return changeEach(lines, (line, index): readonly Mutation[] => {
    if (elides(index) || elides(index - 1) || elides(index + 1)) return [];
    const name = `drop line ${index + 1}`;
    return [{ side: 'page', name, detail: `\`${line}\``, line: index, text: replaceLine(lines, index) }];
  });
};

/** Each word that stands for itself, changed; and each part that stands for others, in the place of something else. */
export const changePageWords: Mutate = ({ expectation: { text, match } }) => {
  const lines = expectedLines(text);
  const minutes = findMinutes(lines);
  return changeEach(lines, (line, index): readonly Mutation[] => {
    if (match === 'elide' && isElision(line)) return [];
    const holes = findHoles(match, line, minutes[index] === true);
    const blanked = holes.reduce(
      (left, hole) => replacePart(left, hole, ' '.repeat(hole.end - hole.start)),
      line,
    );
    const changes = [
      ...findWords(blanked).map((part) => ({ part, to: changeWord(line.slice(part.start, part.end)) })),
      ...holes.map((part) => ({ part, to: STRANGER })),
    ];
    return changes.map(({ part, to }, place) => ({
      side: 'page',
      name: `change word ${place + 1} of line ${index + 1}`,
      detail: `\`${line.slice(part.start, part.end)}\` became \`${to}\``,
      line: index,
      text: replaceLine(lines, index, replacePart(line, part, to)),
    }));
  });
};

/** The words of regular expressions that are plain text. */
export const changePatternWords: Mutate = ({ expectation }) => {
  const lines = expectedLines(expectation.text);
  return changeEach(lines, (line, index) =>
    [...line.matchAll(/(?<!\S)[\w:/-]+(?!\S)/g)].map(({ 0: word, index: start }): Mutation => ({
      side: 'page',
      name: `change \`${word}\` in line ${index + 1}`,
      detail: `it became \`${changeWord(word)}\``,
      line: index,
      text: replaceLine(
        lines,
        index,
        replacePart(line, { start, end: start + word.length }, changeWord(word)),
      ),
    })),
  );
};
