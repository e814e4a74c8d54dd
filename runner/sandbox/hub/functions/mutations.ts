/** Accumulates what several functions did to the same resources, as the original does. */
import type { MutationInfo, ResourceMutation } from './functions.ts';

/** `before` with `added` merged in: a later change of a place takes the earlier one's part. */
export function addMutations(
  before: readonly ResourceMutation[],
  added: readonly ResourceMutation[],
): ResourceMutation[] {
  const result = [...before];
  for (const mutation of added) {
    const index = findResource(result, mutation);
    const known = result[index];
    if (known === undefined) result.push(mutation);
    else result[index] = addMutation(known, mutation);
  }
  return result;
}

function findResource(
  list: readonly ResourceMutation[],
  { Resource, AliasesWithoutScopes }: ResourceMutation,
): number {
  const find = (name: string): number =>
    list.findIndex(
      (other) =>
        other.Resource.ResourceType === Resource.ResourceType &&
        other.Resource.ResourceNameWithoutScope === name,
    );
  const names = [Resource.ResourceNameWithoutScope, ...Object.keys(AliasesWithoutScopes)];
  return names.map(find).find((index) => index >= 0) ?? -1;
}

function addMutation(before: ResourceMutation, added: ResourceMutation): ResourceMutation {
  const type = added.ResourceMutationInfo.MutationType;
  const beforeType = before.ResourceMutationInfo.MutationType;
  if (type === 'None') return before;
  if (type === 'Delete' || type === 'Replace' || beforeType === 'None') return added;
  if (beforeType === 'Delete')
    return { ...added, ResourceMutationInfo: { ...added.ResourceMutationInfo, MutationType: 'Replace' } };
  return {
    ...before,
    Resource: added.Resource,
    PathMutationMap: addPaths(before.PathMutationMap, added.PathMutationMap),
    Aliases: { ...before.Aliases, ...added.Aliases },
    AliasesWithoutScopes: { ...before.AliasesWithoutScopes, ...added.AliasesWithoutScopes },
  };
}

type PathMap = Readonly<Record<string, MutationInfo>>;

/** A path replaces all longer ones that begin with its text, even where that is no segment's end. */
function addPaths(before: PathMap, added: PathMap): PathMap {
  const result = new Map(Object.entries(before));
  for (const [path, info] of Object.entries(added)) {
    const known = result.get(path);
    for (const other of result.keys()) if (other.startsWith(path)) result.delete(other);
    const isBack = known?.MutationType === 'Delete' && info.MutationType !== 'Delete';
    const type = isBack ? 'Replace' : (known?.MutationType ?? info.MutationType);
    result.set(path, { ...info, MutationType: type });
  }
  return Object.fromEntries(result);
}
