/** Lays an applied configuration over the live object: maps and keyed lists merge, everything else is replaced. */
import type { Json, JsonObject } from '../kube.ts';
import { getField, isObject, setField } from '../schema/json-value.ts';
import { isVoid, mergingOf } from './field-schema.ts';
import type { Place } from './field-schema.ts';
import { itemElement } from './path-element.ts';

/** As structured-merge-diff's `Merge`. Undefined where both sides are empty. */
export function mergeConfig(
  place: Place,
  live: Json | undefined,
  config: Json | undefined,
): Json | undefined {
  const merging = mergingOf(place);
  if (merging.kind === 'leaf' || (isVoid(live) && isVoid(config))) return config ?? live;
  if (merging.kind === 'list') {
    const items = mergeItems(merging.item, merging.keys, listOf(live), listOf(config));
    return items.length > 0 ? items : undefined;
  }
  const left = isObject(live) ? live : {};
  const right = isObject(config) ? config : {};
  const result: JsonObject = {};
  for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const merged = mergeConfig(merging.place(name), getField(left, name), getField(right, name));
    if (merged !== undefined) setField(result, name, merged);
  }
  return Object.keys(result).length > 0 ? result : undefined;
}

/**
 * Items in the configuration's order, with the live object's other items kept at their places between them. Live items that
 * stand twice are kept as they are.
 */
function mergeItems(
  item: Place,
  keys: readonly string[],
  live: readonly Json[],
  config: readonly Json[],
): Json[] {
  const liveBy = Map.groupBy(live, (value) => itemElement(value, keys));
  const applied = config.map((value) => ({ element: itemElement(value, keys), value }));
  const elements = new Set(applied.map(({ element }) => element));
  const shared = applied.map(({ element }) => element).filter((element) => liveBy.has(element));
  const result: Json[] = [];
  const take = (next: { element: string; value: Json }): void => {
    const found = liveBy.get(next.element) ?? [];
    result.push(mergeConfig(item, found.length === 1 ? found[0] : undefined, next.value) ?? next.value);
    if (shared[0] === next.element) shared.shift();
  };
  let taken = 0;
  const takeUpTo = (element: string): void => {
    for (let next = applied[taken]; next !== undefined; next = applied[taken]) {
      take(next);
      taken += 1;
      if (next.element === element) return;
    }
  };
  for (const value of live) {
    const element = itemElement(value, keys);
    if (!elements.has(element)) result.push(value);
    else if (shared[0] === element) takeUpTo(element);
  }
  for (const next of applied.slice(taken)) take(next);
  return result;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
