/**
 * `Unit.MutationSources`: for each resource and path, which mutation wrote it last, and whether that was a local change. What
 * is deleted stays on record, so that an upgrade does not bring it back.
 */
import type { MutationType, ResourceInfo, ResourceMutation } from './mutation.ts';
import { ancestorsOf, isWithin, ROOT } from './path.ts';

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
    const names = Object.keys(change.AliasesWithoutScopes);
    const same = result.filter(({ Resource }) =>
      names.some((name) => isNamed(Resource, change.Resource, name)),
    );
    const known = same.find((one) => one.ResourceMutationInfo.MutationType !== 'Delete') ?? same[0];
    if (known === undefined) result.push(change);
    else
      result = result
        .filter((one) => one === known || !same.includes(one))
        .map((one) => (one === known ? addMutation(known, change) : one));
  }
  return result;
}

/** What is on record of a resource. */
export function findSource(
  sources: readonly ResourceMutation[],
  { ResourceType, ResourceNameWithoutScope }: ResourceInfo,
): ResourceMutation | undefined {
  return sources.find(({ Resource }) => isNamed(Resource, { ResourceType }, ResourceNameWithoutScope));
}

/** True if the last change of `path`, of what it lies in, or of something inside it was a local one. */
export function isLocal(source: ResourceMutation | undefined, path: string): boolean {
  if (source === undefined) return false;
  const map = source.PathMutationMap;
  const inside = Object.entries(map).some(([other, { Predicate }]) => !Predicate && isWithin(other, path));
  const nearest = ancestorsOf(path).find((other) => Object.hasOwn(map, other));
  const info = nearest === undefined ? source.ResourceMutationInfo : map[nearest];
  return inside || info?.Predicate === false;
}

function isNamed(info: ResourceInfo, like: Pick<ResourceInfo, 'ResourceType'>, name: string): boolean {
  return info.ResourceNameWithoutScope === name && kindOf(info.ResourceType) === kindOf(like.ResourceType);
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
