/** Discovery in its aggregated and its legacy form, and the little OpenAPI that kubectl insists on. */
import type { HttpRequest, HttpResponse } from '../../http/http.ts';
import type { DiscoveredResource, DiscoveredSubresource } from '../data/data.ts';
import { noSuchPath } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { allResources, joinGroupVersion } from '../objects/resources.ts';
import { respond } from './respond.ts';

interface GroupVersion {
  readonly group: string;
  readonly version: string;
}

type Resources = readonly DiscoveredResource[];

/** Every group and version, the core group first. */
function groupVersionsOf(resources: Resources): readonly GroupVersion[] {
  const found = new Map(resources.map(({ group, version }) => [`${group}/${version}`, { group, version }]));
  return [...found.values()];
}

/** Answers `/api`, `/apis`, `/apis/GROUP`, `/api/v1` and `/apis/GROUP/VERSION`. Throws ApiError 404. */
export function discover(objects: ObjectStore, http: HttpRequest): HttpResponse {
  const resources = allResources(objects);
  const [root, ...parts] = http.path.replace(/\/$/, '').split('/').slice(1);
  const group = root === 'api' ? '' : parts.shift();
  const [version] = parts;
  if (group === undefined || (root === 'api' && version === undefined))
    return discoverGroups(resources, http, root === 'api');
  if (version !== undefined) return respond(200, resourceList(resources, group, version));
  const versions = groupVersionsOf(resources).filter((candidate) => candidate.group === group);
  if (versions.length === 0) throw noSuchPath();
  return respond(200, { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group, versions) });
}

function discoverGroups(resources: Resources, http: HttpRequest, isCore: boolean): HttpResponse {
  const ofRoot = Map.groupBy(
    groupVersionsOf(resources).filter(({ group }) => (group === '') === isCore),
    ({ group }) => group,
  );
  const accept = http.headers['accept'] ?? '';
  const match = /application\/json;g=apidiscovery\.k8s\.io;v=(v2beta1|v2);as=APIGroupDiscoveryList/.exec(
    accept,
  );
  if (match !== null) return aggregated(resources, match[1] ?? 'v2', ofRoot);
  if (!isCore)
    return respond(200, {
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: [...ofRoot].map(([group, versions]) => groupOf(group, versions)),
    });
  const { host } = http.headers;
  return respond(200, {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: host ?? '127.0.0.1' }],
  });
}

/** The first version is the preferred one. */
function groupOf(group: string, list: readonly GroupVersion[]): JsonObject {
  const versions = list.map((of) => ({ groupVersion: joinGroupVersion(of), version: of.version }));
  return { name: group, versions, preferredVersion: versions[0] };
}

function aggregated(
  all: Resources,
  version: string,
  groups: ReadonlyMap<string, readonly GroupVersion[]>,
): HttpResponse {
  const items = [...groups].map(([group, list]) => ({
    metadata: group === '' ? {} : { name: group },
    versions: list.map((of) => ({
      version: of.version,
      freshness: 'Current',
      resources: resourcesOf(all, of).map(aggregatedResource),
    })),
  }));
  const kind = { kind: 'APIGroupDiscoveryList', apiVersion: `apidiscovery.k8s.io/${version}` };
  const type = `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
  const response = respond(200, { ...kind, metadata: {}, items });
  return { ...response, headers: { ...response.headers, 'content-type': type, vary: 'Accept' } };
}

function resourcesOf(resources: Resources, of: GroupVersion): Resources {
  return resources.filter(({ group, version }) => group === of.group && version === of.version);
}

function aggregatedResource(entry: DiscoveredResource): JsonObject {
  return {
    resource: entry.resource,
    responseKind: { group: entry.group, version: entry.version, kind: entry.kind },
    scope: entry.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: entry.singular,
    verbs: [...entry.verbs],
    shortNames: [...entry.shortNames],
    categories: [...entry.categories],
    subresources: entry.subresources.map(({ name, group, version, kind, verbs }) => ({
      subresource: name,
      responseKind: { group, version, kind },
      verbs: [...verbs],
    })),
  };
}

function resourceList(all: Resources, group: string, version: string): JsonObject {
  const entries = resourcesOf(all, { group, version });
  if (entries.length === 0) throw noSuchPath();
  const resources = entries.flatMap((entry) => [
    legacyResource(entry),
    ...entry.subresources.map((subresource) => legacySubresource(entry, subresource)),
  ]);
  const groupVersion = joinGroupVersion({ group, version });
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources };
}

function legacyResource(entry: DiscoveredResource): JsonObject {
  return {
    name: entry.resource,
    singularName: entry.singular,
    namespaced: entry.namespaced,
    kind: entry.kind,
    verbs: [...entry.verbs],
    ...(entry.shortNames.length === 0 ? {} : { shortNames: [...entry.shortNames] }),
    ...(entry.categories.length === 0 ? {} : { categories: [...entry.categories] }),
  };
}

function legacySubresource(entry: DiscoveredResource, subresource: DiscoveredSubresource): JsonObject {
  const { name, group, version, kind, verbs } = subresource;
  const isOther = group !== entry.group || version !== entry.version;
  return {
    name: `${entry.resource}/${name}`,
    singularName: '',
    namespaced: entry.namespaced,
    ...(isOther ? { group, version } : {}),
    kind,
    verbs: [...verbs],
  };
}
