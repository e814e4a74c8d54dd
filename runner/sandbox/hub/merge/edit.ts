/** Changes to YAML in place that leave the comments and the order of what is there alone. */
import { isCollection, isMap, isNode, isScalar, isSeq } from 'yaml';
import type { Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import { alignElements } from './align.ts';
import { itemsOf, keysOf, keyText, pairOf } from './node.ts';

/** Gives `key` the value that it has in `source`; a new key comes with its comments. */
export function copyEntry(map: YAMLMap, source: YAMLMap, key: string, newLast: boolean): void {
  const from = pairOf(source, key);
  if (from === undefined) return;
  const to = pairOf(map, key);
  if (to !== undefined) {
    const value: unknown = isNode(from.value) ? from.value.clone() : from.value;
    if (isNode(value) && isNode(to.value)) keepComments(value, to.value);
    to.value = value;
    return;
  }
  addEntry(map, source, from.clone(), newLast);
}

/** A new key: last, or after the one that it follows in `source`. */
export function addEntry(map: YAMLMap, source: YAMLMap, entry: Pair, last: boolean): void {
  const keys = keysOf(source);
  const before = last ? [] : keys.slice(0, keys.indexOf(keyText(entry)));
  const previous = before.findLast((other) => pairOf(map, other) !== undefined);
  const position = previous === undefined ? map.items.length : keysOf(map).indexOf(previous) + 1;
  openBlock(map);
  map.items.splice(position, 0, entry);
}

/** Takes `key` out. */
export function deleteEntry(map: YAMLMap, key: string): void {
  const position = keysOf(map).indexOf(key);
  if (position >= 0) map.items.splice(position, 1);
}

/** Puts a copy of `element`, which is returned, after `previous`; at the front if that is nobody. */
export function insertElement(list: YAMLSeq, previous: Node | undefined, element: Node): Node {
  openBlock(list);
  const copy = element.clone() as Node;
  list.items.splice(previous === undefined ? 0 : list.items.indexOf(previous) + 1, 0, copy);
  return copy;
}

/** Brings the elements that both lists have into the order of the identities `order`; the others stay in their places. */
export function sortLike(list: YAMLSeq, own: Map<unknown, Node>, order: Iterable<unknown>): void {
  const sorted = [...order].flatMap((id) => own.get(id) ?? []);
  const common = new Set<unknown>(sorted);
  list.items = list.items.map((item) => (common.has(item) ? sorted.shift() : item));
}

/** An empty collection is written `[]` or `{}`; what comes into it need not be. */
function openBlock(collection: YAMLMap | YAMLSeq): void {
  if (collection.items.length === 0) delete collection.flow;
}

/** Comments are about places, so they stay where the value changes; inside collections, where the same is still there. */
function keepComments(value: Node, old: Node): void {
  if (isScalar(value) && isScalar(old) && old.comment !== undefined) value.comment = old.comment;
  if (isCollection(value) === isCollection(old) && old.commentBefore !== undefined)
    value.commentBefore = old.commentBefore;
  if (old.spaceBefore === true) value.spaceBefore = true;
  if (isMap(value) && isMap(old)) keepEntryComments(value, old);
  if (isSeq(value) && isSeq(old)) keepElementComments(value, old);
}

function keepEntryComments(map: YAMLMap, old: YAMLMap): void {
  for (const pair of map.items) {
    const before = pairOf(old, keyText(pair));
    if (before === undefined) continue;
    if (isNode(pair.key) && isNode(before.key)) keepComments(pair.key, before.key);
    if (isNode(pair.value) && isNode(before.value)) keepComments(pair.value, before.value);
  }
}

/** An element that changed is where it was if none came or went. */
function keepElementComments(list: YAMLSeq, old: YAMLSeq): void {
  const [before, after] = [itemsOf(old), itemsOf(list)];
  const pairs = alignElements(before, after);
  for (const [index, item] of before.entries()) {
    const same = pairs.get(item) ?? (before.length === after.length ? after[index] : undefined);
    if (same !== undefined) keepComments(same, item);
  }
}
