/**
 * What a reader would see: commands colour, rewrite and erase their lines even where nobody watches, and a page
 * shows none of that. Runs in time linear in the text, so that 60 MB on one line cost no more than reading them.
 */

// oxlint-disable no-control-regex -- control characters are this module's subject

const INTERESTING = /[\u0007\b\r\u001b\u0080-\u009f]/;

/**
 * ECMA-48: CSI with its parameters, then OSC and the other strings up to their terminator, then two-character escapes,
 * then whatever escape is left. The strings' classes exclude the introducer, so that an unclosed one cannot be
 * scanned twice.
 */
export const SEQUENCE: RegExp =
  /(?:\u001b\[|\u009b)([0-?]*)[ -/]*([@-~])|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c\n]*(?:\u0007|\u001b\\|\u009c)|(?:\u001b[P^_X]|[\u0090\u0098\u009e\u009f])[^\u001b\u009c\n]*(?:\u001b\\|\u009c)|\u001b[ -/]*[0-~]|[\u0007\u001b\u0080-\u009f]/g;

/** What moves the cursor or erases, after the first pass. */
const MOVING = /[\b\r\u001b]/;

/** Stands for "erase to the end of the line" between the two passes; no escape is left then. */
const ERASE = '\u001b';

/** `text` without control sequences, with carriage returns and backspaces applied and LF line ends. */
export function normaliseOutput(text: string): string {
  if (!INTERESTING.test(text)) return text;
  const plain = text.replace(SEQUENCE, (_, parameters?: string, final?: string) => {
    if (final !== 'K') return '';
    return parameters === '2' ? `\r${ERASE}` : parameters === '' || parameters === '0' ? ERASE : '';
  });
  if (!MOVING.test(plain)) return plain;
  return plain
    .split('\n')
    .map((line) => (MOVING.test(line) ? settleLine(line) : line))
    .join('\n');
}

/** What stands on one line after the cursor has moved over it. One cell per UTF-16 unit. */
function settleLine(line: string): string {
  const cells = new Uint16Array(line.length);
  let cursor = 0;
  let end = 0;
  for (let index = 0; index < line.length; index += 1) {
    const code = line.charCodeAt(index);
    if (code === 13) cursor = 0;
    else if (code === 8) cursor = Math.max(0, cursor - 1);
    else if (code === 27) end = cursor;
    else {
      cells[cursor] = code;
      cursor += 1;
      end = Math.max(end, cursor);
    }
  }
  return textOf(cells.subarray(0, end));
}

function textOf(cells: Uint16Array): string {
  const pieces: string[] = [];
  for (let from = 0; from < cells.length; from += 8192) {
    pieces.push(String.fromCharCode(...cells.subarray(from, from + 8192)));
  }
  return pieces.join('');
}
