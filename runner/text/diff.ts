/**
 * Aligns two texts line by line, so that one missing row does not mark everything below it. Time and size are bounded:
 * a report must survive an output of a million lines.
 */
import type { DiffMark, DiffRow } from './text.ts';

/** Two lines that stand side by side (0-based), or one that has no partner. */
export interface LinePair {
  readonly expected?: number;
  readonly actual?: number;
  readonly equal: boolean;
}

const LARGEST_TABLE = 250_000;
const MOST_ROWS = 200;
const CONTEXT = 3;

/**
 * Pairs `expectedCount` with `actualCount` lines: a longest common subsequence of equal lines; between them, lines that
 * differ are paired in order. Beyond 250,000 comparisons only the common start and end are looked for.
 */
export function alignLines(
  expectedCount: number,
  actualCount: number,
  equal: (expected: number, actual: number) => boolean,
): readonly LinePair[] {
  const shorter = Math.min(expectedCount, actualCount);
  let head = 0;
  while (head < shorter && equal(head, head)) head += 1;
  let tail = 0;
  while (tail < shorter - head && equal(expectedCount - 1 - tail, actualCount - 1 - tail)) tail += 1;
  const pairs: LinePair[] = [];
  for (let line = 0; line < head; line += 1) pairs.push({ expected: line, actual: line, equal: true });
  const rows = expectedCount - head - tail;
  const columns = actualCount - head - tail;
  const common =
    rows * columns > LARGEST_TABLE ? [] : commonLines(rows, columns, (i, j) => equal(head + i, head + j));
  let from = { expected: head, actual: head };
  for (const [i, j] of [...common, [rows, columns] as const]) {
    for (const pair of pairGap(from, { expected: head + i, actual: head + j })) pairs.push(pair);
    if (i < rows) pairs.push({ expected: head + i, actual: head + j, equal: true });
    from = { expected: head + i + 1, actual: head + j + 1 };
  }
  for (let line = tail; line > 0; line -= 1) {
    pairs.push({ expected: expectedCount - line, actual: actualCount - line, equal: true });
  }
  return pairs;
}

interface Place {
  readonly expected: number;
  readonly actual: number;
}

function pairGap(from: Place, to: Place): readonly LinePair[] {
  const pairs: LinePair[] = [];
  const height = Math.max(to.expected - from.expected, to.actual - from.actual);
  for (let step = 0; step < height; step += 1) {
    const expected = from.expected + step;
    const actual = from.actual + step;
    pairs.push({
      ...(expected < to.expected && { expected }),
      ...(actual < to.actual && { actual }),
      equal: false,
    });
  }
  return pairs;
}

function commonLines(
  rows: number,
  columns: number,
  equal: (i: number, j: number) => boolean,
): readonly (readonly [number, number])[] {
  const width = columns + 1;
  const lengths = new Uint32Array((rows + 1) * width);
  const same = new Uint8Array(rows * columns);
  const length = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      const matches = equal(i, j);
      if (matches) same[i * columns + j] = 1;
      lengths[i * width + j] = matches
        ? length(i + 1, j + 1) + 1
        : Math.max(length(i + 1, j), length(i, j + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < rows && j < columns;) {
    if (same[i * columns + j] === 1) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if (length(i + 1, j) >= length(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}

/** At most 200 rows: long runs of equal rows shrink to their edges, then the end is cut; notes say what is left out. */
export function boundRows(rows: readonly DiffRow[]): readonly DiffRow[] {
  if (rows.length <= MOST_ROWS) return rows;
  const near = new Uint8Array(rows.length);
  rows.forEach((row, index) => {
    if (row.kind === 'same' || row.kind === 'allowed' || row.kind === 'elided') return;
    near.fill(1, Math.max(0, index - CONTEXT), index + CONTEXT + 1);
  });
  const kept: DiffRow[] = [];
  let hidden = 0;
  const close = (): void => {
    if (hidden > 0) kept.push({ kind: 'note', text: `… ${hidden} equal lines` });
    hidden = 0;
  };
  rows.forEach((row, index) => {
    if (near[index] === 0) hidden += 1;
    else {
      close();
      kept.push(row);
    }
  });
  close();
  if (kept.length <= MOST_ROWS) return kept;
  const more = kept.length - (MOST_ROWS - 1);
  return [...kept.slice(0, MOST_ROWS - 1), { kind: 'note', text: `… ${more} more rows` }];
}

/** The range in which two lines differ, seen from both sides. */
export function markChange(expected: string, actual: string, reason: string): readonly [DiffMark, DiffMark] {
  const shorter = Math.min(expected.length, actual.length);
  let start = 0;
  while (start < shorter && expected[start] === actual[start]) start += 1;
  let tail = 0;
  while (tail < shorter - start && expected.at(-1 - tail) === actual.at(-1 - tail)) tail += 1;
  return [
    { start, end: expected.length - tail, reason },
    { start, end: actual.length - tail, reason },
  ];
}
