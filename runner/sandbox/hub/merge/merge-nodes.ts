/**
 * Merge inside one resource: what changed from `base` to `theirs` is done to `ours`, except at the places that `ours` keeps.
 * Only those places are touched that changed, so comments and order stay. Unlike ConfigHub's public merge code, lists of
 * mappings are matched by a key, so an element that is added, removed or moved upstream is not lost.
 */
import { isMap, isScalar, isSeq, Pair, Scalar, YAMLMap } from 'yaml';
import type { Node, YAMLSeq } from 'yaml';
import { addEntry, copyEntry, deleteEntry, insertElement, sortLike } from './edit.ts';
import { equals, valuesOf } from './node.ts';
import { identifyElements } from './element-pairs.ts';
import type { Elements } from './element-pairs.ts';
import { mergeValues } from './merge-values.ts';
import { childPlace, elementPlace } from './path.ts';
import type { Place } from './path.ts';

/** What the merge asks and tells of one resource. */
export interface Guard {
  /** Whether `own` at `place`, which was `before` in the base, is to stay as it is. */
  readonly keeps: (place: Place, before: Node | undefined, own: Node | undefined) => boolean;
  /** Upstream made `after` of this place, or took it away, and it stays as it is. */
  readonly passBy: (place: Place, after: Node | undefined) => void;
  /** New keys come last, and not where upstream has them. */
  readonly appends: boolean;
}

/** Merges into `ours`, which is changed in place. */
export function mergeNodes(base: YAMLMap | undefined, theirs: YAMLMap, ours: YAMLMap, guard: Guard): void {
  mergeMap({ base, theirs, ours, place: [] }, guard);
}

/** The same place in the three states. */
interface States<T extends Node> {
  readonly base: T | undefined;
  readonly theirs: T;
  readonly ours: T;
  readonly place: Place;
}

function mergeMap({ base, theirs, ours, place: whole }: States<YAMLMap>, guard: Guard): void {
  const old = valuesOf(base);
  const now = valuesOf(theirs);
  const mine = valuesOf(ours);
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const before = old.get(key);
    const after = now.get(key);
    const own = mine.get(key);
    const place = childPlace(whole, key);
    if (equals(before, after) || mergeInside(before, after, own, place, guard)) continue;
    const keeps = guard.keeps(place, before, own);
    if (!keeps && own === undefined && isMap(before) && isMap(after)) {
      const made = new YAMLMap();
      mergeMap({ base: before, theirs: after, ours: made, place }, guard);
      if (made.items.length > 0) addEntry(ours, theirs, new Pair(new Scalar(key), made), guard.appends);
    } else if (keeps || !fits(before, after, own)) {
      if (!equals(after, own) && !mergeValues(before, after, own)) guard.passBy(place, after);
    } else if (after === undefined) deleteEntry(ours, key);
    else copyEntry(ours, theirs, key, guard.appends);
  }
}

/** Goes deeper where both sides have something to go into; false: the place is one value. */
function mergeInside(
  base: Node | undefined,
  theirs: Node | undefined,
  ours: Node | undefined,
  place: Place,
  guard: Guard,
): boolean {
  if (isMap(theirs) && isMap(ours) && (isMap(base) || base === undefined)) {
    mergeMap({ base, theirs, ours, place }, guard);
    return true;
  }
  if (!isSeq(theirs) || !isSeq(ours) || !(isSeq(base) || base === undefined)) return false;
  const elements = identifyElements(base, theirs, ours);
  if (elements === undefined) return false;
  const local = new Set(elements.mine.keys());
  mergeList(ours, elements, place, guard);
  if (!mergeOrder(ours, elements, local)) guard.passBy(place, theirs);
  return true;
}

/** A part of a whole that is not here (any more) must not come as the whole. */
function fits(before: Node | undefined, after: Node | undefined, own: Node | undefined): boolean {
  if (before === undefined || after === undefined || isScalar(after)) return true;
  return own !== undefined && isMap(own) === isMap(before) && isSeq(own) === isSeq(before);
}

function mergeList(ours: YAMLSeq, elements: Elements, list: Place, guard: Guard): void {
  const { old, now, mine } = elements;
  const placeOf = (id: unknown): Place => placeOfElement(list, elements, id);
  for (const [id, before] of old) {
    const own = mine.get(id);
    if (own === undefined || now.has(id)) continue;
    if (guard.keeps(placeOf(id), before, own)) guard.passBy(placeOf(id), undefined);
    else ours.items.splice(ours.items.indexOf(own), 1);
  }
  let previous: Node | undefined;
  for (const [id, after] of now) {
    const own = mine.get(id);
    if (own !== undefined) mergeInside(old.get(id), after, own, placeOf(id), guard);
    else if (old.has(id) || guard.keeps(placeOf(id), undefined, own)) {
      if (!equals(old.get(id), after)) guard.passBy(placeOf(id), after);
    } else mine.set(id, insertElement(ours, previous, after));
    previous = mine.get(id) ?? previous;
  }
}

/**
 * Brings what is not `local` alone into upstream's order, unless the order was changed here. False if both changed it, so that
 * upstream's does not come.
 */
function mergeOrder(ours: YAMLSeq, { old, now, mine }: Elements, local: ReadonlySet<unknown>): boolean {
  const orderIn = (state: ReadonlyMap<unknown, Node>): unknown[] =>
    [...state.keys()].filter((id) => old.has(id) && now.has(id) && local.has(id));
  const [before, after, own] = [orderIn(old), orderIn(now), orderIn(mine)];
  if (!isSameOrder(before, own)) return isSameOrder(before, after) || isSameOrder(own, after);
  const order = [...now.keys()].filter((id) => old.has(id) || !local.has(id));
  sortLike(ours, mine, order);
  return true;
}

/** What is here counts for what a key means; for what is not, also what was and what is to come. */
function placeOfElement(list: Place, { old, now, mine }: Elements, id: unknown): Place {
  const states = [old, now, mine].flatMap((state) => state.get(id) ?? []);
  const rivals = mine.has(id) ? [mine] : old.has(id) ? [mine, old] : [mine, old, now];
  const others = rivals.flatMap((state) => [...state].filter(([other]) => other !== id));
  return elementPlace(
    list,
    states,
    others.map(([, element]) => element),
  );
}

function isSameOrder(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
