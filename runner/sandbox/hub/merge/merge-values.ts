/**
 * Merge of a list of mappings without a key, such as `envFrom` or RBAC rules, that was changed on both sides: upstream's
 * additions and removals come by value; where both changed the same element, ours stays.
 */
import { isMap, isSeq } from 'yaml';
import type { Node, YAMLSeq } from 'yaml';
import { insertElement } from './edit.ts';
import { equals, itemsOf } from './node.ts';

/** Longer lists are one value: comparing all with all would take too long. */
const LONGEST = 500;

/** Changes `ours` in place; without effect where the three are not all lists of mappings. */
export function mergeValues(base: Node | undefined, theirs: Node | undefined, ours: Node | undefined): void {
  if (!isValueList(base) || !isValueList(theirs) || !isValueList(ours)) return;
  const [before, after, own] = [itemsOf(base), itemsOf(theirs), itemsOf(ours)];
  const mine = align(before, own);
  const now = align(before, after);
  const kept = new Set(now.values());
  let previous: Node | undefined;
  let added: Node[] = [];
  let removed: Node[] = [];
  const flush = (isEnd: boolean): void => {
    const gone = removed.flatMap((item) => mine.get(item) ?? []);
    if (removed.length === 0 || added.length === 0 || gone.length === removed.length) {
      let place = gone.at(-1) ?? (isEnd ? itemsOf(ours).at(-1) : previous);
      for (const item of added)
        if (!itemsOf(ours).some((other) => equals(other, item))) place = insertElement(ours, place, item);
      ours.items = ours.items.filter((item) => !gone.some((other) => other === item));
    }
    added = [];
    removed = [];
  };
  const rest = [...after];
  for (const item of before) {
    const partner = now.get(item);
    if (partner === undefined) {
      removed.push(item);
      continue;
    }
    while (rest.length > 0 && rest[0] !== partner) added.push(...rest.splice(0, 1));
    rest.shift();
    flush(false);
    previous = mine.get(item) ?? previous;
  }
  added.push(...rest.filter((item) => !kept.has(item)));
  flush(true);
}

function isValueList(node: Node | undefined): node is YAMLSeq {
  return isSeq(node) && node.items.length <= LONGEST && node.items.every((item) => isMap(item));
}

/** The longest common subsequence: for each element of `a` that is still there, the one of `b`. */
function align(a: readonly Node[], b: readonly Node[]): Map<Node, Node> {
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
