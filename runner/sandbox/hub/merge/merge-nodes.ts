/**
 * Merge inside one resource: what changed from `base` to `theirs` is done to `ours`, except at the places that `ours` keeps.
 * Only those places are touched that changed, so comments and order stay. Unlike ConfigHub's public merge code, lists of
 * mappings are matched by a key, so an element that is added, removed or moved upstream is not lost.
 */
import { isMap, isScalar, isSeq } from 'yaml';
import type { Node, YAMLMap, YAMLSeq } from 'yaml';
import { copyEntry, deleteEntry, insertElement, sortLike } from './edit.ts';
import { equals, itemsOf, keysOf, valueOf } from './node.ts';
import { childPath, elementPath, findElement, findListKey, ROOT } from './path.ts';

/** Whether `own` at `path`, which was `before` in the base, is to stay as it is. */
export type Keeps = (path: string, before: Node | undefined, own: Node | undefined) => boolean;

/** Merges into `ours`, which is changed in place. */
export function mergeNodes(base: YAMLMap | undefined, theirs: YAMLMap, ours: YAMLMap, keeps: Keeps): void {
  mergeMap({ base, theirs, ours, path: ROOT }, keeps);
}

/** The same place in the three states. */
interface Place<T extends Node> {
  readonly base: T | undefined;
  readonly theirs: T;
  readonly ours: T;
  readonly path: string;
}

function mergeMap({ base, theirs, ours, path }: Place<YAMLMap>, keeps: Keeps): void {
  for (const key of new Set([...keysOf(base), ...keysOf(theirs)])) {
    const before = valueOf(base, key);
    const after = valueOf(theirs, key);
    const own = valueOf(ours, key);
    const place = childPath(path, key);
    if (equals(before, after) || mergeInside(before, after, own, place, keeps)) continue;
    if (keeps(place, before, own) || !fits(before, after, own)) continue;
    if (after === undefined) deleteEntry(ours, key);
    else copyEntry(ours, theirs, key);
  }
}

/** Goes deeper where both sides have something to go into; false: the place is one value. */
function mergeInside(
  base: Node | undefined,
  theirs: Node | undefined,
  ours: Node | undefined,
  path: string,
  keeps: Keeps,
): boolean {
  if (isMap(theirs) && isMap(ours) && (isMap(base) || base === undefined)) {
    mergeMap({ base, theirs, ours, path }, keeps);
    return true;
  }
  if (!isSeq(theirs) || !isSeq(ours) || !(isSeq(base) || base === undefined)) return false;
  const key = findListKey([base, theirs, ours].filter((list) => list !== undefined));
  if (key === undefined) return false;
  mergeList({ base, theirs, ours, path }, key, keeps);
  return true;
}

/** A part of a whole that is not here (any more) must not come as the whole. */
function fits(before: Node | undefined, after: Node | undefined, own: Node | undefined): boolean {
  if (before === undefined || after === undefined || isScalar(after)) return true;
  return own !== undefined && isMap(own) === isMap(before) && isSeq(own) === isSeq(before);
}

function mergeList({ base, theirs, ours, path }: Place<YAMLSeq>, key: string, keeps: Keeps): void {
  const sameOrder = orderOf(base, key) === orderOf(ours, key);
  for (const before of itemsOf(base)) {
    const own = findElement(ours, key, before);
    if (own === undefined || findElement(theirs, key, before) !== undefined) continue;
    if (!keeps(elementPath(path, key, before), before, own)) ours.items.splice(ours.items.indexOf(own), 1);
  }
  let previous: Node | undefined;
  for (const after of itemsOf(theirs)) {
    const before = findElement(base, key, after);
    const own = findElement(ours, key, after);
    const place = elementPath(path, key, after);
    if (own !== undefined) mergeInside(before, after, own, place, keeps);
    else if (before === undefined && !keeps(place, before, own)) insertElement(ours, previous, after);
    previous = findElement(ours, key, after) ?? previous;
  }
  if (sameOrder) sortLike(ours, theirs, key);
}

function orderOf(list: YAMLSeq | undefined, key: string): string {
  return JSON.stringify(itemsOf(list).map((element) => elementPath(ROOT, key, element)));
}
