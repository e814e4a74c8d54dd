/**
 * Paths into a resource as clients read them: segments joined by dots, a dot inside a segment written `~1`, an element of a
 * list named by its key (`spec.containers.?name=web.image`).
 */
import { isMap, isScalar } from 'yaml';
import type { Node, YAMLSeq } from 'yaml';
import { itemsOf, valueOf } from './node.ts';

/** By what an element of a list is known: the segment that names it; undefined if it has nothing to know it by. */
export type Identity = (element: Node) => string | undefined;

/**
 * What may identify an element, as in Kubernetes' own merge keys; the first that fits a list counts. A name stays when a port's
 * number changes; a volume's name may be mounted twice.
 */
const KEYS = ['mountPath', 'devicePath', 'name', 'containerPort', 'port', 'key', 'ip', 'topologyKey'];

/** Kubernetes tells ports apart by number and protocol, which is TCP unless said. */
export const IDENTITIES: readonly Identity[] = KEYS.map((key): Identity => (element) => {
  const value = keyOf(element, key);
  const protocol = /port$/i.test(key) ? (keyOf(element, 'protocol') ?? 'TCP') : 'TCP';
  if (value === undefined) return undefined;
  return escapeDots(`?${key}=${value}${protocol === 'TCP' ? '' : `/${protocol}`}`);
});

/** The path of the whole resource. */
export const ROOT = '';

/** A place in a resource: segment by segment all the names that it goes by, as an element of a list may have several keys. */
export type Place = readonly (readonly string[])[];

/** The place of a path as it is on record. */
export function placeOf(path: string): Place {
  return path === ROOT ? [] : path.split('.').map((segment) => [segment]);
}

/** A path to a place, by the first of its names. */
export function pathOf(place: Place): string {
  return place.map(([name = '']) => name).join('.');
}

/** The place of what a mapping holds under `key`. */
export function childPlace(place: Place, key: string): Place {
  return [...place, [escapeDots(key)]];
}

/** The path of what a mapping holds under `key`. */
export function childPath(path: string, key: string): string {
  return join(path, escapeDots(key));
}

/** The path of a segment inside `path`. */
export function join(path: string, segment: string): string {
  return path === ROOT ? segment : `${path}.${segment}`;
}

/**
 * The place of an element, whose states are `states`: each key by which none of `others` could be meant is a name of it. The
 * record may have been written when another key fitted.
 */
export function elementPlace(place: Place, states: readonly Node[], others: readonly Node[]): Place {
  const names = IDENTITIES.flatMap((identity) => {
    const foreign = new Set(others.map(identity));
    return states.map(identity).filter((name) => name !== undefined && !foreign.has(name));
  });
  return [...place, names.filter((name) => name !== undefined)];
}

/** True if `path` is `ancestor` or lies inside it. */
export function isWithin(path: string, ancestor: string): boolean {
  return ancestor === ROOT || path === ancestor || path.startsWith(`${ancestor}.`);
}

/** What tells the elements of each of these lists apart; undefined if there is nothing: then a list is one value. */
export function findIdentity(lists: readonly YAMLSeq[]): Identity | undefined {
  return IDENTITIES.find((identity) => lists.every((list) => tellsApart(identity, list)));
}

/** The elements of a list by their segments, in order. */
export function elementsOf(list: YAMLSeq, identity: Identity): Map<string | undefined, Node> {
  return new Map(itemsOf(list).map((item) => [identity(item), item]));
}

function tellsApart(identity: Identity, list: YAMLSeq): boolean {
  const names = list.items.map((item) => (isMap(item) ? identity(item) : undefined));
  return names.every((name) => name !== undefined) && new Set(names).size === names.length;
}

function escapeDots(segment: string): string {
  return segment.replaceAll('.', '~1');
}

function keyOf(element: Node, name: string): string | undefined {
  const found = isMap(element) ? valueOf(element, name) : undefined;
  if (!isScalar(found)) return undefined;
  const { value } = found;
  return value === null ? undefined : `${value as string | number | boolean}`;
}
