/** Which elements two lists have in common, by value and in order: their longest common subsequence. */
import type { Node } from 'yaml';
import { equals } from './node.ts';

/** Comparing more than this, all with all, would take too long. */
const MOST_PAIRS = 250_000;

/** For each element of `a` that is still there, the one of `b`. */
export function alignElements(a: readonly Node[], b: readonly Node[]): Map<Node, Node> {
  const start = countCommon(a, b);
  const end = countCommon(a.slice(start).toReversed(), b.slice(start).toReversed());
  const outer = [
    ...zip(a.slice(0, start), b.slice(0, start)),
    ...zip(a.slice(a.length - end), b.slice(b.length - end)),
  ];
  return new Map([...outer, ...alignRest(a.slice(start, a.length - end), b.slice(start, b.length - end))]);
}

function countCommon(a: readonly Node[], b: readonly Node[]): number {
  const different = a.findIndex((item, index) => !equals(item, b[index]));
  return different < 0 ? a.length : different;
}

function zip(a: readonly Node[], b: readonly Node[]): [Node, Node][] {
  return a.flatMap((item, index) => {
    const other = b[index];
    return other === undefined ? [] : [[item, other]];
  });
}

/** None if the lists are too long to be compared. */
function alignRest(a: readonly Node[], b: readonly Node[]): Map<Node, Node> {
  if (a.length * b.length > MOST_PAIRS) return new Map();
  const same = a.map((one) => b.map((other) => equals(one, other)));
  const length = Array.from({ length: a.length + 1 }, () => Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number): number => length[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = length[i];
      if (row === undefined) continue;
      row[j] = same[i]?.[j] === true ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const pairs = new Map<Node, Node>();
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const [one, other] = [a[i], b[j]];
    if (one !== undefined && other !== undefined && same[i]?.[j] === true) {
      pairs.set(one, other);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}
