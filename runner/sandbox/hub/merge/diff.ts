/** What happened to configuration data between two states, resource by resource and path by path. */
import { diffNodes } from './diff-nodes.ts';
import type { MutationInfo, MutationType, ResourceMutation } from './mutation.ts';
import { fragmentText } from './node.ts';
import { pairResources } from './pair.ts';
import { describeResource, viewResources } from './resources.ts';
import type { Resource } from './resources.ts';

/** The changes that make `after` of `before`, both normalised YAML; all of them by mutation `index`. */
export function diffData(before: string, after: string, index: number): ResourceMutation[] {
  const old = viewResources(before);
  const now = viewResources(after);
  const pairs = pairResources(old, now);
  const oldOf = new Map([...pairs].map(([one, other]) => [other, one]));
  return [
    ...now.map((resource) => compare(oldOf.get(resource), resource, index)),
    ...old
      .filter((resource) => !pairs.has(resource))
      .map((resource) => mutation(resource, [], info('Delete', index, bodyText(resource)))),
  ];
}

function compare(before: Resource | undefined, after: Resource, index: number): ResourceMutation {
  if (before === undefined) return mutation(after, [], info('Add', index, bodyText(after)));
  const changes = diffNodes(before.body, after.body);
  return {
    ...mutation(after, [before], info(changes.length === 0 ? 'None' : 'Update', index, '')),
    PathMutationMap: Object.fromEntries(
      changes.map(({ path, type, value }) => [path, info(type, index, fragmentText(value))]),
    ),
  };
}

function mutation(resource: Resource, former: readonly Resource[], change: MutationInfo): ResourceMutation {
  const names = [...former, resource].map(describeResource);
  return {
    Resource: describeResource(resource),
    ResourceMutationInfo: change,
    PathMutationMap: {},
    Aliases: Object.fromEntries(names.map(({ ResourceName }) => [ResourceName, {}])),
    AliasesWithoutScopes: Object.fromEntries(names.map((name) => [name.ResourceNameWithoutScope, {}])),
  };
}

function info(type: MutationType, index: number, value: string): MutationInfo {
  return { MutationType: type, Index: index, Predicate: true, Value: value };
}

function bodyText({ body }: Resource): string {
  return fragmentText(body);
}
