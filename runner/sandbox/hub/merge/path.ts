/**
 * Paths into a resource as clients read them: segments joined by dots, a dot inside a segment written `~1`, an element of a
 * list named by its key (`spec.containers.?name=web.image`).
 */
import { isMap, isScalar } from 'yaml';
import type { Node, YAMLSeq } from 'yaml';
import { itemsOf, valueOf } from './node.ts';

/** What may identify an element of a list, as in Kubernetes' own merge keys; the first that fits a list counts. */
const KEYS: readonly string[] = [
  'containerPort',
  'mountPath',
  'devicePath',
  'port',
  'name',
  'key',
  'ip',
  'topologyKey',
];

/** The path of the whole resource. */
export const ROOT = '';

/** The path of what a mapping holds under `key`. */
export function childPath(path: string, key: string): string {
  const segment = key.replaceAll('.', '~1');
  return path === ROOT ? segment : `${path}.${segment}`;
}

/** The path of the element that `listKey` identifies. */
export function elementPath(path: string, listKey: string, element: Node): string {
  return childPath(path, `?${listKey}=${String(scalarOf(element, listKey))}`);
}

/** True if `path` is `ancestor` or lies inside it. */
export function isWithin(path: string, ancestor: string): boolean {
  return ancestor === ROOT || path === ancestor || path.startsWith(`${ancestor}.`);
}

/** `path` and what it lies in, the nearest first; not the whole resource. */
export function ancestorsOf(path: string): string[] {
  if (path === ROOT) return [];
  const dot = path.lastIndexOf('.');
  return [path, ...(dot < 0 ? [] : ancestorsOf(path.slice(0, dot)))];
}

/** The key that identifies the elements of all these lists; undefined if there is none: then a list is one value. */
export function findListKey(lists: readonly YAMLSeq[]): string | undefined {
  return KEYS.find((name) => lists.every((list) => isKeyedBy(list, name)));
}

/** The elements of a list by what they have under its key, in order. */
export function elementsOf(list: YAMLSeq | undefined, listKey: string): Map<unknown, Node> {
  return new Map(itemsOf(list).map((item) => [scalarOf(item, listKey), item]));
}

function isKeyedBy(list: YAMLSeq, name: string): boolean {
  const keys = list.items.map((item) => (isMap(item) ? scalarOf(item, name) : undefined));
  return keys.every((key) => key !== undefined) && new Set(keys).size === keys.length;
}

function scalarOf(element: Node, name: string): unknown {
  const found = isMap(element) ? valueOf(element, name) : undefined;
  return isScalar(found) && found.value !== null ? found.value : undefined;
}
