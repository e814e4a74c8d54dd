/**
 * `Unit.MutationSources`: for each resource and path, which mutation wrote it last, and whether that was a local change. What
 * is deleted stays on record, so that an upgrade does not bring it back.
 */
import type { MutationType, ResourceInfo, ResourceMutation } from './mutation.ts';
import { isWithin, placeOf, ROOT } from './path.ts';
import type { Place } from './path.ts';

/** Whether a change may be overwritten by what comes from elsewhere: false for local ones. */
export type PredicateOf = (resource: ResourceInfo, path: string) => boolean;

type PathMap = ResourceMutation['PathMutationMap'];

/** The sources after the changes of `diff`. */
export function addMutations(
  sources: readonly ResourceMutation[],
  diff: readonly ResourceMutation[],
  predicateOf: PredicateOf,
): ResourceMutation[] {
  let result = [...sources];
  for (const change of diff.map((one) => withPredicates(one, predicateOf))) {
    const same = findNamed(result, change);
    const known = same.find((one) => one.ResourceMutationInfo.MutationType !== 'Delete') ?? same[0];
    if (known === undefined) result.push(change);
    else
      result = result
        .filter((one) => one === known || !same.includes(one))
        .map((one) => (one === known ? addMutation(known, change) : one));
  }
  return result;
}

/**
 * All that is on record under the names that a resource has and had. Of several API groups only its own counts; one that went
 * to another group is found by its name, but what is new is none of those.
 */
function findNamed(
  sources: readonly ResourceMutation[],
  { Resource: { ResourceType }, ResourceMutationInfo: { MutationType }, Aliases }: ResourceMutation,
): ResourceMutation[] {
  const named = sources.filter(
    ({ Resource }) =>
      Object.hasOwn(Aliases, Resource.ResourceName) && kindOf(Resource.ResourceType) === kindOf(ResourceType),
  );
  const exact = named.filter(({ Resource }) => groupOf(Resource.ResourceType) === groupOf(ResourceType));
  return exact.length > 0 || MutationType === 'Add' ? exact : named;
}

/**
 * What is on record of a resource. Names count with their namespace, types with their group; but what is gone has no more of
 * either than its record, so that is found by kind and name if it is the only one.
 */
export function findSource(
  sources: readonly ResourceMutation[],
  info: ResourceInfo,
): ResourceMutation | undefined {
  const exact = sources.find(({ Resource }) => isSame(Resource, info));
  if (exact !== undefined) return exact;
  const gone = sources.filter(
    ({ Resource, ResourceMutationInfo: { MutationType } }) =>
      MutationType === 'Delete' &&
      Resource.ResourceNameWithoutScope === info.ResourceNameWithoutScope &&
      kindOf(Resource.ResourceType) === kindOf(info.ResourceType),
  );
  return gone.length === 1 ? gone[0] : undefined;
}

function isSame(a: ResourceInfo, b: ResourceInfo): boolean {
  return a.ResourceType === b.ResourceType && a.ResourceName === b.ResourceName;
}

/** True if the last change of the place, of what it lies in, or of something inside it was a local one. */
export function isLocal(source: ResourceMutation | undefined, place: Place): boolean {
  if (source === undefined) return false;
  let nearest = -1;
  let isNearestLocal = !source.ResourceMutationInfo.Predicate;
  for (const [path, { Predicate }] of Object.entries(source.PathMutationMap)) {
    const recorded = placeOf(path);
    const depth = Math.min(recorded.length, place.length);
    if (!recorded.slice(0, depth).every(([name = ''], index) => place[index]?.includes(name) === true))
      continue;
    if (recorded.length >= place.length && !Predicate) return true;
    if (recorded.length > place.length || depth < nearest) continue;
    isNearestLocal = !Predicate || (depth === nearest && isNearestLocal);
    nearest = depth;
  }
  return isNearestLocal;
}

/** What comes from upstream may be overwritten from there again, unless it came into a list that was changed here. */
export function unlessLocal(sources: readonly ResourceMutation[]): PredicateOf {
  return (resource, path) => path === ROOT || !isLocal(findSource(sources, resource), placeOf(path));
}

function kindOf(type: string): string {
  return type.slice(type.lastIndexOf('/') + 1);
}

/** The data itself says what a whole resource looks like, so only the changes inside one keep their value. */
function withPredicates(change: ResourceMutation, predicateOf: PredicateOf): ResourceMutation {
  const { Resource, ResourceMutationInfo: info } = change;
  return {
    ...change,
    ResourceMutationInfo: { ...info, Value: '', Predicate: predicateOf(Resource, ROOT) },
    PathMutationMap: Object.fromEntries(
      Object.entries(change.PathMutationMap).map(([path, entry]) => [
        path,
        { ...entry, Predicate: predicateOf(Resource, path) },
      ]),
    ),
  };
}

function addMutation(known: ResourceMutation, change: ResourceMutation): ResourceMutation {
  const type = change.ResourceMutationInfo.MutationType;
  const named = {
    Resource: change.Resource,
    Aliases: { ...known.Aliases, ...change.Aliases },
    AliasesWithoutScopes: { ...known.AliasesWithoutScopes, ...change.AliasesWithoutScopes },
  };
  if (type === 'None') return { ...known, ...named };
  if (type === 'Update')
    return { ...known, ...named, PathMutationMap: addPaths(known.PathMutationMap, change.PathMutationMap) };
  const MutationType = combine(known.ResourceMutationInfo.MutationType, type);
  return { ...change, ...named, ResourceMutationInfo: { ...change.ResourceMutationInfo, MutationType } };
}

/** A change of a place replaces what was on record of anything inside it. */
function addPaths(known: PathMap, change: PathMap): PathMap {
  const result = new Map(Object.entries(known));
  for (const [path, info] of Object.entries(change)) {
    const before = result.get(path);
    for (const other of result.keys()) if (isWithin(other, path)) result.delete(other);
    const MutationType =
      before === undefined ? info.MutationType : combine(before.MutationType, info.MutationType);
    result.set(path, { ...info, MutationType });
  }
  return Object.fromEntries(result);
}

/** What two changes of one place are together: added and then changed is still added. */
function combine(before: MutationType, now: MutationType): MutationType {
  if (now === 'Delete') return now;
  return before === 'Delete' ? 'Replace' : before === 'None' ? now : before;
}

function groupOf(type: string): string {
  return type.split('/').slice(0, -2).join('/');
}
