/**
 * The order of a list after a strategic merge: what the patch names stands in the patch's order, what only the server has
 * keeps its own, and the two are woven together by the server's order where that says something.
 */
import type { Json } from '../kube.ts';
import { getField, isObject, sameJson } from '../schema/json-value.ts';

/** Whether two items are the same: by merge key for objects, by value for scalars. */
export function isSameItem(left: Json, right: Json, mergeKey: string | undefined): boolean {
  if (mergeKey === undefined) return sameJson(left, right);
  if (!isObject(left) || !isObject(right)) return false;
  const key = getField(left, mergeKey);
  return key !== undefined && sameJson(key, getField(right, mergeKey));
}

/** The merged items in their final order. `patchOrder` and `serverOrder` hold items or objects with just the merge key. */
export function orderList(
  merged: readonly Json[],
  patchOrder: readonly Json[],
  serverOrder: readonly Json[],
  mergeKey: string | undefined,
): Json[] {
  const indexIn = (order: readonly Json[], item: Json): number =>
    order.findIndex((other) => isSameItem(other, item, mergeKey));
  const sortBy = (items: readonly Json[], order: readonly Json[]): Json[] =>
    items
      .map((item) => ({ item, at: indexIn(order, item) }))
      .toSorted((left, right) => left.at - right.at)
      .map(({ item }) => item);
  const inPatch = sortBy(
    merged.filter((item) => indexIn(patchOrder, item) >= 0),
    patchOrder,
  );
  const serverOnly = sortBy(
    merged.filter((item) => indexIn(patchOrder, item) < 0),
    serverOrder,
  );
  return weave(serverOnly, inPatch, (item) => indexIn(serverOrder, item));
}

/** Takes from `left` while its head stands before `right`'s head in the server's order, else from `right`. */
function weave(left: readonly Json[], right: readonly Json[], indexOf: (item: Json) => number): Json[] {
  const result: Json[] = [];
  let taken = 0;
  for (const item of right) {
    const at = indexOf(item);
    for (let head = left[taken]; head !== undefined; head = left[taken]) {
      const headAt = indexOf(head);
      if (at < 0 || headAt < 0 || headAt >= at) break;
      result.push(head);
      taken += 1;
    }
    result.push(item);
  }
  return [...result, ...left.slice(taken)];
}

/**
 * The server's order as apimachinery sees it after the merge. It deletes and appends in the array that it later reads the
 * order from, so new items take the places at the end that deleted ones left: kept, because users see the order.
 */
export function orderAfterMerge(
  original: readonly Json[],
  patch: readonly Json[],
  mergeKey: string | undefined,
): Json[] {
  if (mergeKey === undefined) return [...original];
  const directiveOf = (item: Json): Json | undefined =>
    isObject(item) ? getField(item, '$patch') : undefined;
  const deleted = patch.filter((item) => directiveOf(item) === 'delete');
  const isDeleted = (item: Json): boolean => deleted.some((other) => isSameItem(other, item, mergeKey));
  const kept = original.filter((item) => !isDeleted(item));
  const added = patch.filter(
    (item) => directiveOf(item) === undefined && !kept.some((other) => isSameItem(other, item, mergeKey)),
  );
  const stale = original.slice(kept.length);
  return [...kept, ...stale.map((item, index) => added[index] ?? item)];
}
