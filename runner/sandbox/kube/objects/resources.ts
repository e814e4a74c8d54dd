/** The resources that the emulator serves: the generated discovery data, looked up by what URLs, objects and owners say. */
import discovery from '../data/discovery.json' with { type: 'json' };
import type { DiscoveredResource } from '../data/data.ts';
import type { GroupVersionKind, KubeObject, ResourceName } from '../kube.ts';

/** Every served resource, in the order in which discovery lists them. */
export const servedResources: readonly DiscoveredResource[] = discovery;

const byName = new Map(
  servedResources.map((entry) => [`${entry.group}/${entry.version}/${entry.resource}`, entry]),
);
const byKind = new Map(
  servedResources.map((entry) => [`${entry.group}/${entry.version}/${entry.kind}`, entry]),
);

/** The discovery entry of a resource; undefined where it is not served. */
export function findResource(resource: ResourceName): DiscoveredResource | undefined {
  return byName.get(`${resource.group}/${resource.version}/${resource.resource}`);
}

/** The resource that serves a kind. */
export function findKind(kind: GroupVersionKind): DiscoveredResource | undefined {
  return byKind.get(`${kind.group}/${kind.version}/${kind.kind}`);
}

/** The discovery entry of a resource that must be served: in-process callers name no others. */
export function servedResource(resource: ResourceName): DiscoveredResource {
  const found = findResource(resource);
  if (found === undefined) throw new Error(`no such resource: ${resource.resource}.${resource.group}`);
  return found;
}

/** Whether objects of this resource are stored (reviews are only answered). */
export function isStored(entry: DiscoveredResource): boolean {
  return entry.verbs.includes('get');
}

/** `apps/v1`, or `v1` for the core group. */
export function joinGroupVersion(of: Pick<ResourceName, 'group' | 'version'>): string {
  return of.group === '' ? of.version : `${of.group}/${of.version}`;
}

/** The group and version of an apiVersion. */
export function splitGroupVersion(apiVersion: string): { group: string; version: string } {
  const cut = apiVersion.indexOf('/');
  return cut < 0
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, cut), version: apiVersion.slice(cut + 1) };
}

/** The kind that an object says it is. */
export function kindOf(object: Pick<KubeObject, 'apiVersion' | 'kind'>): GroupVersionKind {
  return { ...splitGroupVersion(object.apiVersion), kind: object.kind };
}

function named(group: string, resource: string): ResourceName {
  return { group, version: 'v1', resource };
}

/** The resources that the API server itself reads or writes. */
export const namespaces: ResourceName = named('', 'namespaces');
export const serviceAccounts: ResourceName = named('', 'serviceaccounts');
export const pods: ResourceName = named('', 'pods');
export const events: ResourceName = named('', 'events');
export const services: ResourceName = named('', 'services');
