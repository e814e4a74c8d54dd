/** A unified diff, as `diff -u` and git print it: what `patch` can apply. */
import { alignLines } from './diff.ts';

const CONTEXT = 3;

interface Row {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** The lines of the diff; none where the texts are equal. Line ends count: CRLF and a missing final newline are shown. */
export function renderUnifiedDiff(name: string, before: string, after: string): readonly string[] {
  if (before === after) return [];
  const [old, fresh] = [splitLines(before), splitLines(after)];
  const rows: Row[] = [];
  let added: Row[] = [];
  for (const pair of alignLines(old.length, fresh.length, (i, j) => old[i] === fresh[j])) {
    if (pair.equal) {
      rows.push(...added, { sign: ' ', text: old[pair.expected ?? 0] ?? '' });
      added = [];
      continue;
    }
    if (pair.expected !== undefined) rows.push({ sign: '-', text: old[pair.expected] ?? '' });
    if (pair.actual !== undefined) added.push({ sign: '+', text: fresh[pair.actual] ?? '' });
  }
  rows.push(...added);
  return [`--- a/${name}`, `+++ b/${name}`, ...renderHunks(rows)];
}

function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function renderHunks(rows: readonly Row[]): readonly string[] {
  const lines: string[] = [];
  let [oldLine, newLine, from] = [1, 1, 0];
  while (from < rows.length) {
    const change = rows.findIndex((row, index) => index >= from && row.sign !== ' ');
    if (change === -1) break;
    const start = Math.max(from, change - CONTEXT);
    oldLine += start - from;
    newLine += start - from;
    const end = findEnd(rows, change);
    const hunk = rows.slice(start, end);
    const olds = hunk.filter(({ sign }) => sign !== '+').length;
    const news = hunk.filter(({ sign }) => sign !== '-').length;
    lines.push(`@@ -${place(oldLine, olds)} +${place(newLine, news)} @@`, ...hunk.flatMap(renderRow));
    oldLine += olds;
    newLine += news;
    from = end;
  }
  return lines;
}

/** The end of a hunk: where more equal lines follow than two contexts hold. */
function findEnd(rows: readonly Row[], change: number): number {
  let last = change;
  for (let index = change; index < rows.length && index - last <= CONTEXT * 2; index += 1) {
    if (rows[index]?.sign !== ' ') last = index;
  }
  return Math.min(rows.length, last + 1 + CONTEXT);
}

function place(line: number, count: number): string {
  return `${count === 0 ? line - 1 : line},${count}`;
}

function renderRow({ sign, text }: Row): readonly string[] {
  const line = sign + text.replace(/\n$/, '');
  return text.endsWith('\n') ? [line] : [line, '\\ No newline at end of file'];
}
