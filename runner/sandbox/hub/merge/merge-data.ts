/**
 * Three-way merge of configuration data: the patch from `base` to `theirs`, replayed on `ours` with local changes kept. An
 * upgrade gives the upstream's data at the last upgrade and at its head; a lateral merge gives two revisions of any unit.
 *
 * A change is local if ours differs from base. (ConfigHub remembers who wrote each path last; the two differ only where
 * somebody set a value locally that upstream came to later by itself.)
 */
import { renderDocuments } from '../config-data.ts';
import { equals, mergeMap } from './nodes.ts';
import { readResources } from './resources.ts';
import type { Resource } from './resources.ts';

/** All three and the result are normalised YAML. */
export function mergeData(base: string, theirs: string, ours: string): string {
  const before = readResources(base);
  const after = readResources(theirs);
  const own = readResources(ours);
  const ownOf = matchRenamed(before, own);
  const result = own.map(({ document }) => document);
  for (const resource of after) {
    const old = before.find((other) => isSame(other, resource));
    const mine = old === undefined ? own.find((other) => isSame(other, resource)) : ownOf.get(old);
    if (mine !== undefined) mergeMap(old?.body, resource.body, mine.body);
    else if (old === undefined) result.push(resource.document);
  }
  for (const old of before) {
    const mine = ownOf.get(old);
    if (mine === undefined || after.some((other) => isSame(other, old)) || !isUntouched(old, mine)) continue;
    result.splice(result.indexOf(mine.document), 1);
  }
  return renderDocuments(result);
}

/** Resources are the same across spaces whatever their namespace. */
function isSame(a: Resource, b: Resource): boolean {
  return a.type === b.type && a.name === b.name;
}

/** Our resource for each of base; one that was renamed locally is found if it is the only one of its type without a partner. */
function matchRenamed(before: readonly Resource[], own: readonly Resource[]): Map<Resource, Resource> {
  const result = new Map<Resource, Resource>();
  for (const old of before) {
    const mine = own.find((other) => isSame(other, old));
    if (mine !== undefined) result.set(old, mine);
  }
  const taken = new Set(result.values());
  for (const old of before) {
    if (result.has(old)) continue;
    const lost = before.filter((other) => other.type === old.type && !result.has(other));
    const free = own.filter((other) => other.type === old.type && !taken.has(other));
    const [mine] = free;
    if (lost.length === 1 && free.length === 1 && mine !== undefined) result.set(old, mine);
  }
  return result;
}

/** Nothing but the namespace was changed locally: what upstream deletes may go here too. */
function isUntouched(old: Resource, mine: Resource): boolean {
  if (old.namespace === mine.namespace) return equals(old.body, mine.body);
  const moved = old.body.clone() as typeof old.body;
  moved.setIn(['metadata', 'namespace'], mine.namespace);
  return equals(moved, mine.body);
}
