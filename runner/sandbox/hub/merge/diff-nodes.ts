/** What happened inside one resource, path by path; elements of lists are matched by key where they have one. */
import { isMap, isSeq } from 'yaml';
import type { Node, YAMLMap, YAMLSeq } from 'yaml';
import type { MutationType } from './mutation.ts';
import { equals, valuesOf } from './node.ts';
import { childPath, elementsOf, findIdentity, join, ROOT } from './path.ts';

/** One changed path; `value` is what is new, or what a Delete took away. */
export interface PathChange {
  readonly path: string;
  readonly type: MutationType;
  readonly value: Node;
}

/** The changed paths inside one resource, parents before children. */
export function diffNodes(before: YAMLMap, after: YAMLMap): PathChange[] {
  return [...diffMap(before, after, ROOT)];
}

function* diffMap(before: YAMLMap, after: YAMLMap, path: string): Generator<PathChange> {
  const old = valuesOf(before);
  const now = valuesOf(after);
  for (const key of new Set([...old.keys(), ...now.keys()]))
    yield* diffValue(old.get(key), now.get(key), childPath(path, key));
}

function* diffValue(before: Node | undefined, after: Node | undefined, path: string): Generator<PathChange> {
  if (equals(before, after)) return;
  if (after === undefined) {
    if (before !== undefined) yield { path, type: 'Delete', value: before };
  } else if (before === undefined) yield { path, type: 'Add', value: after };
  else if (isMap(before) && isMap(after)) yield* diffMap(before, after, path);
  else if (isSeq(before) && isSeq(after)) yield* diffList(before, after, path);
  else yield { path, type: 'Update', value: after };
}

function* diffList(before: YAMLSeq, after: YAMLSeq, path: string): Generator<PathChange> {
  const identity = findIdentity([before, after]);
  if (identity === undefined) {
    yield { path, type: 'Update', value: after };
    return;
  }
  const old = elementsOf(before, identity);
  const now = elementsOf(after, identity);
  for (const [name = '', element] of now) yield* diffValue(old.get(name), element, join(path, name));
  for (const [name = '', element] of old)
    if (!now.has(name)) yield { path: join(path, name), type: 'Delete', value: element };
}
