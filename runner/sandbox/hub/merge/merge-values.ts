/**
 * Merge of a list of mappings that nothing tells apart but their values, such as `envFrom` or RBAC rules, and that was changed
 * on both sides: upstream's additions and removals come; where both changed the same element, ours stays.
 */
import { isMap, isNode, isSeq } from 'yaml';
import type { Node, YAMLSeq } from 'yaml';
import { alignElements } from './align.ts';
import { insertElement } from './edit.ts';
import { equals, itemsOf, valuesOf } from './node.ts';

/** Longer lists are one value: comparing all with all would take too long. */
const LONGEST = 500;

/** Changes `ours` in place; true if nothing was passed by. Without effect where the three are not all lists of mappings. */
export function mergeValues(
  base: Node | undefined,
  theirs: Node | undefined,
  ours: Node | undefined,
): boolean {
  if (!isValueList(base) || !isValueList(theirs) || !isValueList(ours)) return false;
  const moved = movedElements(itemsOf(base), itemsOf(theirs));
  let isComplete = moved.length === 0;
  const mine = alignElements(itemsOf(base), itemsOf(ours));
  let previous: Node | undefined;
  for (const { removed, ...hunk } of hunksOf(itemsOf(base), itemsOf(theirs))) {
    const kept = hunk.kept && mine.get(hunk.kept);
    const end = hunk.kept === undefined ? itemsOf(ours).at(-1) : (before(ours, kept) ?? previous);
    const gone = removed.filter((item) => !moved.includes(item));
    isComplete = applyHunk(ours, { ...hunk, removed: gone }, mine, end) && isComplete;
    previous = kept ?? previous;
  }
  return isComplete;
}

/** What upstream has as often as before is not gone, only elsewhere. */
function movedElements(before: readonly Node[], after: readonly Node[]): Node[] {
  const kept = alignElements(before, after);
  const count = (items: readonly Node[], item: Node): number =>
    items.filter((other) => equals(other, item)).length;
  return before.filter((item) => !kept.has(item) && count(after, item) >= count(before, item));
}

function before(list: YAMLSeq, element: Node | undefined): Node | undefined {
  return element && itemsOf(list)[list.items.indexOf(element) - 1];
}

/** What became of an element that was changed or removed here does not come: then this is false. */
function applyHunk(
  ours: YAMLSeq,
  { removed, added }: Hunk,
  mine: ReadonlyMap<Node, Node>,
  end: Node | undefined,
): boolean {
  const successors = findSuccessors(removed, added);
  const passed = removed
    .map((item) => !mine.has(item) && successors.get(item))
    .filter((item) => isNode(item));
  const isNew = (item: Node): boolean => !itemsOf(ours).some((other) => equals(other, item));
  let place = end;
  for (const item of added.filter((one) => ![...successors.values()].includes(one)))
    if (isNew(item)) place = insertElement(ours, place, item);
  for (const item of removed) {
    const own = mine.get(item);
    const successor = successors.get(item);
    if (own === undefined) continue;
    if (successor !== undefined && isNew(successor)) insertElement(ours, own, successor);
    ours.items.splice(ours.items.indexOf(own), 1);
  }
  return !passed.some(isNew);
}

/** What upstream did before an element that it kept; before the end if that is undefined. */
interface Hunk {
  readonly kept: Node | undefined;
  readonly removed: readonly Node[];
  readonly added: readonly Node[];
}

function* hunksOf(before: readonly Node[], after: readonly Node[]): Generator<Hunk> {
  const now = alignElements(before, after);
  let removed: Node[] = [];
  let next = 0;
  for (const item of before) {
    const partner = now.get(item);
    if (partner === undefined) {
      removed.push(item);
      continue;
    }
    const position = after.indexOf(partner);
    yield { kept: item, removed, added: after.slice(next, position) };
    removed = [];
    next = position + 1;
  }
  yield { kept: undefined, removed, added: after.slice(next) };
}

/** What upstream made of the elements that it changed: for each what is most like it. */
function findSuccessors(removed: readonly Node[], added: readonly Node[]): Map<Node, Node> {
  const successors = new Map<Node, Node>();
  for (const item of removed) {
    const taken = new Set(successors.values());
    const [closest] = added
      .filter((other) => !taken.has(other))
      .map((other) => ({ other, like: likeness(item, other) }))
      .toSorted((a, b) => b.like - a.like);
    if (closest !== undefined && closest.like > 0) successors.set(item, closest.other);
  }
  return successors;
}

/** Equal values count twice, and keys alone once. */
function likeness(one: Node, other: Node): number {
  if (!isMap(one) || !isMap(other)) return 0;
  const values = valuesOf(other);
  return [...valuesOf(one)].reduce(
    (sum, [key, value]) => sum + (values.has(key) ? 1 : 0) + (equals(value, values.get(key)) ? 1 : 0),
    0,
  );
}

function isValueList(node: Node | undefined): node is YAMLSeq {
  return isSeq(node) && node.items.length <= LONGEST && node.items.every((item) => isMap(item));
}
