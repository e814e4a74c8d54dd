/**
 * Sets of fields, as `metadata.managedFields` records who owns what: a tree of path elements in which every element may be
 * owned itself and may have owned elements below it. An element is held in its `FieldsV1` spelling (`f:spec`).
 */
import type { JsonObject } from '../kube.ts';
import { fieldsOf, isObject, setField } from '../schema/json-value.ts';

export interface FieldSet {
  readonly members: ReadonlySet<string>;
  readonly children: ReadonlyMap<string, FieldSet>;
}

export const emptySet: FieldSet = { members: new Set(), children: new Map() };

/** A set under construction. */
export class FieldSetBuilder {
  readonly members: Set<string> = new Set();
  readonly children: Map<string, FieldSetBuilder> = new Map();

  /** Adds the element at the end of the path. The empty path is the object itself, which nobody owns. */
  insert(path: readonly string[]): void {
    const last = path.at(-1);
    if (last === undefined) return;
    let node = this.members;
    let children = this.children;
    for (const element of path.slice(0, -1)) {
      const child = children.get(element) ?? new FieldSetBuilder();
      children.set(element, child);
      node = child.members;
      children = child.children;
    }
    node.add(last);
  }
}

export function isEmptySet(set: FieldSet): boolean {
  return set.members.size === 0 && [...set.children.values()].every(isEmptySet);
}

export function hasPath(set: FieldSet, path: readonly string[]): boolean {
  const [element, ...rest] = path;
  if (element === undefined) return false;
  if (rest.length === 0) return set.members.has(element);
  const child = set.children.get(element);
  return child !== undefined && hasPath(child, rest);
}

export function unionOf(left: FieldSet, right: FieldSet): FieldSet {
  const children = new Map(left.children);
  for (const [element, child] of right.children) {
    children.set(element, unionOf(children.get(element) ?? emptySet, child));
  }
  return { members: new Set([...left.members, ...right.members]), children };
}

export function intersectionOf(left: FieldSet, right: FieldSet): FieldSet {
  const members = [...left.members].filter((element) => right.members.has(element));
  return {
    members: new Set(members),
    children: mapChildren(left, (child, element) =>
      intersectionOf(child, right.children.get(element) ?? emptySet),
    ),
  };
}

/** The left set without the very elements of the right one; what lies below a removed element stays. */
export function differenceOf(left: FieldSet, right: FieldSet): FieldSet {
  const members = [...left.members].filter((element) => !right.members.has(element));
  return {
    members: new Set(members),
    children: mapChildren(left, (child, element) =>
      differenceOf(child, right.children.get(element) ?? emptySet),
    ),
  };
}

/** The left set without the right one's elements and all that lies below them. */
export function withoutTrees(left: FieldSet, right: FieldSet): FieldSet {
  const members = [...left.members].filter((element) => !right.members.has(element));
  return {
    members: new Set(members),
    children: mapChildren(left, (child, element) =>
      right.members.has(element) ? emptySet : withoutTrees(child, right.children.get(element) ?? emptySet),
    ),
  };
}

function mapChildren(
  set: FieldSet,
  change: (child: FieldSet, element: string) => FieldSet,
): Map<string, FieldSet> {
  const children = [...set.children].map(([element, child]) => [element, change(child, element)] as const);
  return new Map(children.filter(([, child]) => !isEmptySet(child)));
}

/** Every owned path: an object's own elements first, each level in order. */
export function pathsOf(set: FieldSet): string[][] {
  const own = [...set.members].toSorted().map((element) => [element]);
  const below = [...set.children]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([element, child]) => pathsOf(child).map((path) => [element, ...path]));
  return [...own, ...below];
}

/** The set as `fieldsV1`. */
export function encodeSet(set: FieldSet): JsonObject {
  const result: JsonObject = {};
  const elements = new Set([...set.members, ...set.children.keys()]);
  for (const element of [...elements].toSorted()) {
    const child = set.children.get(element);
    const below = child === undefined ? {} : encodeSet(child);
    const isOwned = set.members.has(element) && Object.keys(below).length > 0;
    setField(result, element, isOwned ? { '.': {}, ...below } : below);
  }
  return result;
}

/** Reads `fieldsV1`. What is no object counts as an owned leaf. */
export function decodeSet(fields: JsonObject): FieldSet {
  const members = new Set<string>();
  const children = new Map<string, FieldSet>();
  for (const [element, below] of fieldsOf(fields)) {
    if (element === '.') continue;
    const isLeaf = !isObject(below) || fieldsOf(below).length === 0;
    if (isLeaf || Object.hasOwn(below, '.')) members.add(element);
    const child = isObject(below) ? decodeSet(below) : emptySet;
    if (!isEmptySet(child)) children.set(element, child);
  }
  return { members, children };
}
