/** Turns the API's discovery documents into the emulator's list of served resources. Used by `generate.ts` alone. */
import type { DiscoveredResource, DiscoveredSubresource } from './data.ts';
import type { ServedVersion } from './served-kinds.ts';

/** What the generator needs of an `APIResourceList`. */
export interface ResourceList {
  readonly resources: readonly ListedResource[];
}

interface ListedResource {
  readonly name: string;
  readonly kind: string;
  readonly group?: string;
  readonly version?: string;
  readonly singularName: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
}

/** The served kinds' resources, in the document's order, each with all of its subresources. */
export function selectDiscovery(served: ServedVersion, { resources }: ResourceList): DiscoveredResource[] {
  return resources
    .filter(({ name, kind }) => !name.includes('/') && served.kinds.includes(kind))
    .map((resource) => ({
      group: served.group,
      version: served.version,
      kind: resource.kind,
      resource: resource.name,
      singular: resource.singularName,
      shortNames: resource.shortNames ?? [],
      namespaced: resource.namespaced,
      verbs: resource.verbs,
      categories: resource.categories ?? [],
      subresources: resources
        .filter(({ name }) => name.startsWith(`${resource.name}/`))
        .map((listed) => describeSubresource(served, listed)),
    }));
}

function describeSubresource(served: ServedVersion, listed: ListedResource): DiscoveredSubresource {
  return {
    name: listed.name.slice(listed.name.indexOf('/') + 1),
    group: listed.version === undefined ? served.group : (listed.group ?? ''),
    version: listed.version ?? served.version,
    kind: listed.kind,
    verbs: listed.verbs,
  };
}
