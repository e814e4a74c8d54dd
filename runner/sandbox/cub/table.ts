/**
 * Tables as olekukonko/tablewriter 0.0.5 draws them without borders, four blanks between columns. The trailing blanks are
 * part of what scripts see, so they are reproduced.
 */

const GAP = '    ';

/** Header and rows, or rows alone when `header` is undefined. No rows and no header: nothing. */
export function drawTable(
  header: readonly string[] | undefined,
  rows: readonly (readonly string[])[],
): string {
  const titles = header?.map(titleOf);
  const cells = rows.map((row) => row.map((cell) => cell.split('\n')));
  const widths = measure(titles, cells);
  const lines = cells.flatMap((row) => drawRow(row, widths));
  if (titles !== undefined) lines.unshift(drawHeader(titles, widths));
  return lines.map((line) => `${line}\n`).join('');
}

function measure(
  titles: readonly string[] | undefined,
  rows: readonly (readonly (readonly string[])[])[],
): number[] {
  const widths: number[] = titles?.map(widthOf) ?? [];
  for (const row of rows)
    for (const [column, lines] of row.entries())
      widths[column] = Math.max(widths[column] ?? 0, ...lines.map(widthOf));
  return widths;
}

/** The last cell has one blank after it, the others the gap. */
function drawHeader(titles: readonly string[], widths: readonly number[]): string {
  return `${widths.map((width, column) => pad(titles[column] ?? '', width)).join(GAP)} `;
}

/** Every cell has the gap after it; a cell with fewer lines than its neighbours is filled with two blanks. */
function drawRow(row: readonly (readonly string[])[], widths: readonly number[]): string[] {
  const height = Math.max(...row.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    row.map((lines, column) => pad(lines[line] ?? '  ', widths[column] ?? 0) + GAP).join(''),
  );
}

/** Upper case; `_` and `.` become blanks, but a dot between digits or blanks stays. */
function titleOf(name: string): string {
  const characters = Array.from(name);
  const separates = (character: string | undefined): boolean =>
    character !== undefined && !/[0-9 ]/.test(character);
  const spaced = characters.map((character, at) => {
    const dot = character === '.' && (separates(characters[at - 1]) || separates(characters[at + 1]));
    return character === '_' || dot ? ' ' : character;
  });
  return spaced.join('').trim().toUpperCase();
}

const WIDE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/u;
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Columns on a terminal: East Asian characters and emoji take two. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    if (NO_WIDTH.test(character)) continue;
    width += WIDE.test(character) || /\p{Emoji_Presentation}/u.test(character) ? 2 : 1;
  }
  return width;
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}
