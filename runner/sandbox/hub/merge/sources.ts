/**
 * `Unit.MutationSources`: which mutation brought each resource. The wire also has room for who wrote each path last; this hub
 * does not need that to merge, so the path maps are empty, as they are in a unit that was just created.
 */
import { readResources, resourceName } from './resources.ts';

/** ResourceMutation on the wire. */
export interface ResourceSource {
  readonly Resource: {
    readonly ResourceType: string;
    readonly ResourceName: string;
    readonly ResourceNameWithoutScope: string;
    readonly ResourceCategory: string;
  };
  readonly ResourceMutationInfo: {
    readonly MutationType: string;
    readonly Index: number;
    readonly Predicate: boolean;
    readonly Value: string;
  };
  readonly PathMutationMap: Readonly<Record<string, never>>;
}

/** The sources after mutation `number` has made the data `text`; a resource that was there before keeps its own. */
export function traceSources(
  before: readonly ResourceSource[],
  text: string,
  number: number,
): ResourceSource[] {
  return readResources(text).map((resource) => {
    const Resource = {
      ResourceType: resource.type,
      ResourceName: resourceName(resource),
      ResourceNameWithoutScope: resource.name,
      ResourceCategory: 'Resource',
    };
    const known = before.find(
      (source) =>
        source.Resource.ResourceType === resource.type &&
        source.Resource.ResourceNameWithoutScope === resource.name,
    );
    return {
      Resource,
      ResourceMutationInfo: known?.ResourceMutationInfo ?? {
        MutationType: 'Add',
        Index: number,
        Predicate: true,
        Value: '',
      },
      PathMutationMap: {},
    };
  });
}
