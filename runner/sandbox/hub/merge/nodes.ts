/**
 * Three-way merge inside one resource. What changed from `base` to `theirs` is done to `ours`, except where ours was changed
 * locally: there ours stays, silently, as ConfigHub has it. Unlike ConfigHub's public merge code, lists of mappings are matched by
 * a key (a container's name, a port's number), so an element that is added, removed or moved upstream is not lost.
 */
import { isMap, isScalar, isSeq } from 'yaml';
import type { Node, YAMLMap, YAMLSeq } from 'yaml';

/** What may identify an element of a list, most telling first. */
const KEYS: readonly string[] = [
  'name',
  'containerPort',
  'mountPath',
  'port',
  'key',
  'ip',
  'topologyKey',
  'devicePath',
];

/** Merges into `ours`, which is changed in place. */
export function mergeMap(base: YAMLMap | undefined, theirs: YAMLMap, ours: YAMLMap): void {
  for (const key of new Set([...keysOf(base), ...keysOf(theirs)])) {
    const before = valueOf(base, key);
    const after = valueOf(theirs, key);
    const own = valueOf(ours, key);
    if (equals(before, after)) continue;
    if (!equals(before, own)) mergeInside(before, after, own);
    else if (after === undefined) ours.delete(key);
    else ours.set(key, after.clone());
  }
}

/** Both sides changed the same place: go deeper where that is possible, else ours stays. */
function mergeInside(base: Node | undefined, theirs: Node | undefined, ours: Node | undefined): void {
  if (isMap(theirs) && isMap(ours) && (isMap(base) || base === undefined)) mergeMap(base, theirs, ours);
  else if (isSeq(theirs) && isSeq(ours) && (isSeq(base) || base === undefined)) mergeList(base, theirs, ours);
}

function mergeList(base: YAMLSeq | undefined, theirs: YAMLSeq, ours: YAMLSeq): void {
  const lists = [base, theirs, ours].flatMap((list) => (list === undefined ? [] : [list]));
  const key = KEYS.find((name) => lists.every((list) => isKeyedBy(list, name)));
  if (key === undefined) return;
  for (const element of itemsOf(base)) {
    if (find(theirs, key, element) !== undefined) continue;
    const own = find(ours, key, element);
    if (own !== undefined && equals(own, element)) ours.items.splice(ours.items.indexOf(own), 1);
  }
  let previous: YAMLMap | undefined;
  for (const element of itemsOf(theirs)) {
    const before = base === undefined ? undefined : find(base, key, element);
    const own = find(ours, key, element);
    if (own !== undefined) mergeMap(before, element, own);
    else if (before === undefined) insertAfter(ours, previous, element.clone() as YAMLMap);
    previous = find(ours, key, element) ?? previous;
  }
}

/** After the element that it follows upstream; at the front if that is nobody. */
function insertAfter(list: YAMLSeq, previous: YAMLMap | undefined, element: YAMLMap): void {
  list.items.splice(previous === undefined ? 0 : list.items.indexOf(previous) + 1, 0, element);
}

function isKeyedBy(list: YAMLSeq, name: string): boolean {
  const keys = list.items.map((item) => (isMap(item) ? keyOf(item, name) : undefined));
  return keys.every((key) => key !== undefined) && new Set(keys).size === keys.length;
}

function keyOf(element: YAMLMap, name: string): string | undefined {
  const found = valueOf(element, name);
  return isScalar(found) && found.value !== null ? JSON.stringify(found.value) : undefined;
}

function find(list: YAMLSeq, name: string, like: YAMLMap): YAMLMap | undefined {
  return itemsOf(list).find((item) => keyOf(item, name) === keyOf(like, name));
}

function itemsOf(list: YAMLSeq | undefined): YAMLMap[] {
  return (list?.items ?? []).filter((item) => isMap(item));
}

function keysOf(map: YAMLMap | undefined): string[] {
  return (map?.items ?? []).map(({ key }) => String(isScalar(key) ? key.value : key));
}

function valueOf(map: YAMLMap | undefined, key: string): Node | undefined {
  const found: unknown = map?.items.find(
    (pair) => String(isScalar(pair.key) ? pair.key.value : pair.key) === key,
  )?.value;
  return found === null || found === undefined ? undefined : (found as Node);
}

/** Equal values, whatever their style, comments and order of keys. */
export function equals(a: Node | undefined, b: Node | undefined): boolean {
  return a === undefined || b === undefined ? a === b : canonical(a) === canonical(b);
}

function canonical(node: Node): string {
  return JSON.stringify(sorted(node.toJSON() as unknown));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
