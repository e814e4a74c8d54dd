/** Small changes of a text: the same kind of word with another meaning, and words that belong to no class. */

/** Fits no class but "any text". */
export const STRANGER = '?!';

/** Of a longer text, so many lines are changed, evenly spread: each of them would prove the same. */
export const MOST_LINES = 40;

/** What can be said of a token: it has a letter or a digit. */
const WORD = /\S*[\p{L}\p{N}]\S*/gu;

export interface Part {
  readonly start: number;
  readonly end: number;
}

/** The words of a line. */
export function findWords(line: string): readonly Part[] {
  return [...line.matchAll(WORD)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Another word of the same look: its first number counts on, else its last letter is another. */
export function changeWord(word: string): string {
  const number = /\d{1,30}/.exec(word);
  if (number !== null) return replacePart(word, spanOf(number), String(BigInt(number[0]) + 1n));
  const letter = /[A-Za-z](?=[^A-Za-z]*$)/.exec(word);
  return letter === null ? `${word}x` : replacePart(word, spanOf(letter), nextLetter(letter[0]));
}

/** Another value of the same class: its last digit is another, else its last letter. */
export function otherValue(value: string): string {
  const digit = /\d(?=\D*$)/.exec(value);
  if (digit === null) return changeWord(value);
  return replacePart(value, spanOf(digit), digit[0] === '0' ? '1' : String(Number(digit[0]) - 1));
}

/** As many words, none of them right. */
export function garble(line: string): string {
  return line.replace(/\S+/g, STRANGER);
}

export function replacePart(line: string, { start, end }: Part, text: string): string {
  return line.slice(0, start) + text + line.slice(end);
}

/** What `make` gives for each line, or for `MOST_LINES` of them. */
export function changeEach<T>(
  lines: readonly string[],
  make: (line: string, index: number) => readonly T[],
): readonly T[] {
  return pickSome([...lines.entries()], MOST_LINES).flatMap(([index, line]) => make(line, index));
}

/** At most so many items, evenly spread, in their order. */
export function pickSome<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return items.filter(
    (_, index) =>
      Math.floor((index * most) / items.length) !== Math.floor(((index - 1) * most) / items.length),
  );
}

/** `lines` with those at `index` replaced by `others`. */
export function replaceLine(lines: readonly string[], index: number, ...others: readonly string[]): string {
  return lines.toSpliced(index, 1, ...others).join('\n');
}

function spanOf(match: RegExpExecArray): Part {
  return { start: match.index, end: match.index + match[0].length };
}

/** Within a–f and g–z, so that hexadecimal stays so. */
function nextLetter(letter: string): string {
  const next: Readonly<Record<string, string>> = { f: 'a', F: 'A', z: 'g', Z: 'G' };
  return next[letter] ?? String.fromCharCode(letter.charCodeAt(0) + 1);
}
