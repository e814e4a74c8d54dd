/** Differences of two texts by lines: a longest common subsequence, removals before additions. */

export interface Segment {
  readonly kind: 'same' | 'removed' | 'added';
  /** Each with its newline, if it has one. */
  readonly lines: readonly string[];
}

/** The segments that lead from `before` to `after`; none of them is empty, neighbours differ in kind. */
export function diffLines(before: string, after: string): Segment[] {
  const [old, fresh] = [splitLines(before), splitLines(after)];
  const start = countEqual(old, fresh);
  const end = countEqual(old.slice(start).toReversed(), fresh.slice(start).toReversed());
  const middle = align(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end));
  const all: Segment[] = [
    { kind: 'same', lines: old.slice(0, start) },
    ...middle,
    { kind: 'same', lines: end === 0 ? [] : old.slice(-end) },
  ];
  return merge(all);
}

function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function countEqual(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < Math.min(a.length, b.length) && a[count] === b[count]) count += 1;
  return count;
}

function align(old: readonly string[], fresh: readonly string[]): Segment[] {
  const lengths = commonLengths(old, fresh);
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  const segments: Segment[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      segments.push({ kind: 'same', lines: [old[i] ?? ''] });
      i += 1;
      j += 1;
    } else if (i < old.length && (j >= fresh.length || at(i + 1, j) >= at(i, j + 1))) {
      segments.push({ kind: 'removed', lines: [old[i] ?? ''] });
      i += 1;
    } else {
      segments.push({ kind: 'added', lines: [fresh[j] ?? ''] });
      j += 1;
    }
  }
  return segments;
}

/** `[i][j]`: how many lines the rests from i and j have in common. */
function commonLengths(old: readonly string[], fresh: readonly string[]): number[][] {
  const table = Array.from({ length: old.length + 1 }, () =>
    Array.from({ length: fresh.length + 1 }, () => 0),
  );
  for (let i = old.length - 1; i >= 0; i -= 1) {
    const [row = [], below = []] = [table[i], table[i + 1]];
    for (let j = fresh.length - 1; j >= 0; j -= 1)
      row[j] = old[i] === fresh[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
  }
  return table;
}

/** Joins neighbours of one kind; between two equal parts, removals come first. */
function merge(segments: readonly Segment[]): Segment[] {
  const merged: Segment[] = [];
  let change: Record<'removed' | 'added', string[]> = { removed: [], added: [] };
  const flush = (): void => {
    for (const kind of ['removed', 'added'] as const)
      if (change[kind].length > 0) merged.push({ kind, lines: change[kind] });
    change = { removed: [], added: [] };
  };
  for (const { kind, lines } of segments) {
    if (lines.length === 0) continue;
    if (kind !== 'same') {
      change[kind].push(...lines);
      continue;
    }
    flush();
    const last = merged.at(-1);
    if (last?.kind === 'same') merged[merged.length - 1] = { kind, lines: [...last.lines, ...lines] };
    else merged.push({ kind, lines });
  }
  flush();
  return merged;
}
