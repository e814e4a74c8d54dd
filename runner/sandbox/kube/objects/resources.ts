/** The resources that the emulator serves: the generated discovery data, looked up by what URLs, objects and owners say. */
import discovery from '../data/discovery.json' with { type: 'json' };
import type { BodyKind, ServedResource } from '../custom/custom.ts';
import { resourcesOf } from '../custom/custom-resources.ts';
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

/** The discovery entry of a built-in resource. */
function findResource(resource: ResourceName): DiscoveredResource | undefined {
  return byName.get(`${resource.group}/${resource.version}/${resource.resource}`);
}

/** The resource that serves a kind. */
export function findKind(kind: GroupVersionKind): DiscoveredResource | undefined {
  return byKind.get(`${kind.group}/${kind.version}/${kind.kind}`);
}

/** What custom resources are read from. */
interface Definitions {
  list(resource: ResourceName): KubeObject[];
}

/** Every resource that a cluster serves, those of its definitions last. */
export function allResources(objects: Definitions): readonly ServedResource[] {
  const custom = objects.list(definitions).flatMap((definition) => resourcesOf(definition));
  return custom.length === 0 ? servedResources : [...servedResources, ...custom];
}

/** The resource of that name, built in or custom. */
export function findServed(objects: Definitions, resource: ResourceName): ServedResource | undefined {
  const builtIn = findResource(resource);
  if (builtIn !== undefined) return builtIn;
  const { group, version, resource: plural } = resource;
  return allResources(objects).find(
    (entry) => entry.group === group && entry.version === version && entry.resource === plural,
  );
}

/** Whether a path is below a built-in group: only there does a path that leads nowhere get more than a bare page. */
export function isOwnPath(path: string): boolean {
  const [, root, group] = path.split('/');
  return root === 'api' || (root === 'apis' && servedResources.some((entry) => entry.group === group));
}

/** The kind of a resource's objects. */
export function kindOfEntry({ group, version, kind, custom }: ServedResource): BodyKind {
  return { group, version, kind, ...(custom === undefined ? {} : { schema: custom.schema }) };
}

/** The entry of a resource that must be served: in-process callers name no others. */
export function servedResource(objects: Definitions, resource: ResourceName): ServedResource {
  const found = findServed(objects, resource);
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
export const definitions: ResourceName = named('apiextensions.k8s.io', 'customresourcedefinitions');
