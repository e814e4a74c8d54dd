/** Reading YAML nodes: keys, values, elements, equality of values, and the text of a fragment. */
import { isMap, isNode, isScalar, isSeq, Scalar, stringify } from 'yaml';
import type { Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import { HUB_YAML } from '../yaml-notation.ts';

/** The keys of a mapping, as text. */
export function keysOf(map: YAMLMap | undefined): string[] {
  return (map?.items ?? []).map(keyText);
}

/** What a mapping holds under `key`; `null` is a value, undefined is none. */
export function valueOf(map: YAMLMap | undefined, key: string): Node | undefined {
  const pair = pairOf(map, key);
  if (pair === undefined) return undefined;
  return isNode(pair.value) ? pair.value : new Scalar(null);
}

/** All that a mapping holds, by key. */
export function valuesOf(map: YAMLMap | undefined): Map<string, Node> {
  return new Map(
    (map?.items ?? []).map((pair) => [keyText(pair), isNode(pair.value) ? pair.value : new Scalar(null)]),
  );
}

/** The entry of `key` with its comments. */
export function pairOf(map: YAMLMap | undefined, key: string): Pair | undefined {
  return map?.items.find((pair) => keyText(pair) === key);
}

/** A key as text. */
export function keyText({ key }: Pair): string {
  return String(isScalar(key) ? (key.source ?? key.value) : key);
}

/** The elements of a list. */
export function itemsOf(list: YAMLSeq | undefined): Node[] {
  return (list?.items ?? []).filter((item) => isNode(item));
}

/** Equal values, whatever their style, comments and order of keys. */
export function equals(a: Node | undefined, b: Node | undefined): boolean {
  if (isMap(a) && isMap(b)) {
    const other = valuesOf(b);
    return (
      a.items.length === b.items.length &&
      [...valuesOf(a)].every(([key, value]) => equals(value, other.get(key)))
    );
  }
  if (isSeq(a) && isSeq(b)) {
    const other = itemsOf(b);
    return a.items.length === b.items.length && itemsOf(a).every((item, index) => equals(item, other[index]));
  }
  if (isScalar(a) && isScalar(b)) return Object.is(a.value, b.value) && exact(a) === exact(b);
  return a === undefined && b === undefined;
}

/** Numbers as they are written: `0644` is no `644` to Kubernetes, and JavaScript rounds long ones. */
function exact({ value, source }: { value: unknown; source?: string }): string | undefined {
  return typeof value === 'number' ? (source ?? String(value)) : undefined;
}

/** A fragment as YAML in the hub's style. */
export function fragmentText(node: Node): string {
  return stringify(node, { ...HUB_YAML, indentSeq: false, lineWidth: 0, flowCollectionPadding: false });
}
