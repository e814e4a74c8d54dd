/**
 * An aligned diff with the line numbers of both sides, so that an author finds the line on the page and in the output,
 * and with the reason under each marked token.
 */
import type { DiffMark, DiffRow } from '../text/text.ts';
import type { Role, Style } from './style.ts';

const SIGNS: Readonly<Record<DiffRow['kind'], string>> = {
  same: ' ',
  allowed: '~',
  expected: '-',
  actual: '+',
  elided: '…',
  note: '#',
};

const ROLES: Readonly<Partial<Record<DiffRow['kind'], Role>>> = {
  allowed: 'dim',
  expected: 'removed',
  actual: 'added',
  elided: 'dim',
  note: 'dim',
};

/** Lines of text: expected number, actual number, sign, text; marks of differing rows on a line of their own below. */
export function renderDiff(rows: readonly DiffRow[], style: Style): readonly string[] {
  const width = Math.max(
    2,
    ...rows.map((row) => String(Math.max(row.expectedLine ?? 0, row.actualLine ?? 0)).length),
  );
  return rows.flatMap((row, index) => renderRow(withoutEcho(row, rows[index + 1]), width, style));
}

/** The row without marks that the next one, its other side, explains with the same reasons. */
function withoutEcho(row: DiffRow, next: DiffRow | undefined): DiffRow {
  if (row.kind !== 'expected' || next?.kind !== 'actual' || row.marks === undefined) return row;
  const reasons = new Set(next.marks?.map(({ reason }) => reason));
  return { ...row, marks: row.marks.filter(({ reason }) => !reasons.has(reason)) };
}

function renderRow(row: DiffRow, width: number, style: Style): readonly string[] {
  const gutter = `${number(row.expectedLine, width)} ${number(row.actualLine, width)} `;
  const role = ROLES[row.kind];
  const text = `${SIGNS[row.kind]} ${row.text}`.trimEnd();
  const line = style('dim', gutter) + (role === undefined ? text : style(role, text));
  const below = ' '.repeat(gutter.length);
  return [line.trimEnd(), ...(row.marks ?? []).map((mark) => below + renderMark(row, mark, style))];
}

function renderMark(row: DiffRow, mark: DiffMark, style: Style): string {
  const before = row.text.slice(0, mark.start).replaceAll(/[^\t]/gu, ' ');
  const carets = row.text.slice(mark.start, mark.end).replaceAll(/./gsu, '^') || '^';
  return `  ${before}${style(row.kind === 'allowed' ? 'dim' : 'warn', `${carets} ${mark.reason}`)}`;
}

function number(line: number | undefined, width: number): string {
  return (line === undefined ? '' : String(line)).padStart(width);
}
