/**
 * `100m` is minutes in a column of ages and a tenth of a CPU elsewhere. Such a token is an age only where the page itself
 * says that it speaks of ages: in the table's header or in words on the line.
 */

/** A table's column of ages, as kubectl and cub print it, and the one of `kubectl describe`. */
const AGE_COLUMN = /\b(?:AGE|SEEN|SCHEDULE|DURATION)\b|^\s*Type\s+Reason\s+Age\b/;
const AGE_WORD = /\b(?:age|ago|duration|over|took)\b/i;
const CPU_WORD = /\bcpu\b/i;

/** For each line: true if minutes alone are an age there. */
export function findMinutes(lines: readonly string[]): readonly boolean[] {
  let header = '';
  return lines.map((line, index) => {
    const isFirst = index === 0 || lines[index - 1]?.trim() === '';
    if (isFirst || AGE_COLUMN.test(line)) header = line;
    if (CPU_WORD.test(line) || CPU_WORD.test(header)) return false;
    return AGE_COLUMN.test(header) || AGE_WORD.test(line);
  });
}
