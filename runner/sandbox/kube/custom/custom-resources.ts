/** Reads from stored CustomResourceDefinitions what they make the server serve. */
import type { DiscoveredSubresource } from '../data/data.ts';
import type { JsonObject, KubeObject } from '../kube.ts';
import { asJson, readObject, readObjects, readPath, readText, readTexts } from '../objects/fields.ts';
import type { CustomKind, ServedResource } from './custom.ts';

const verbs = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];
const subresourceVerbs = ['get', 'patch', 'update'];

/** The resources of an established definition: one for each served version, the preferred one first. */
export function resourcesOf(definition: KubeObject): ServedResource[] {
  const json = asJson(definition);
  if (!isEstablished(json)) return [];
  return readObjects(json, 'spec', 'versions')
    .filter((version) => version['served'] === true)
    .toSorted((one, other) => compareVersions(readText(one, 'name'), readText(other, 'name')))
    .map((version) => resourceOf(readObject(json, 'spec'), version));
}

function isEstablished(definition: JsonObject): boolean {
  return readObjects(definition, 'status', 'conditions').some(
    (condition) => condition['type'] === 'Established' && condition['status'] === 'True',
  );
}

function resourceOf(spec: JsonObject, version: JsonObject): ServedResource {
  const group = readText(spec, 'group');
  const kind = readText(spec, 'names', 'kind');
  const name = readText(version, 'name');
  const custom = customKindOf(version);
  return {
    group,
    version: name,
    kind,
    resource: readText(spec, 'names', 'plural'),
    singular: readText(spec, 'names', 'singular'),
    shortNames: readTexts(spec, 'names', 'shortNames'),
    namespaced: readText(spec, 'scope') === 'Namespaced',
    verbs,
    categories: readTexts(spec, 'names', 'categories'),
    subresources: subresourcesOf(custom, { group, version: name, kind }),
    custom,
  };
}

function customKindOf(version: JsonObject): CustomKind {
  const scale = readPath(version, 'subresources', 'scale');
  return {
    schema: readObject(version, 'schema', 'openAPIV3Schema'),
    columns: readObjects(version, 'additionalPrinterColumns'),
    ...(scale === undefined ? {} : { scale: readObject(version, 'subresources', 'scale') }),
    hasStatus: readPath(version, 'subresources', 'status') !== undefined,
  };
}

function subresourcesOf(
  { hasStatus, scale }: CustomKind,
  kind: Pick<DiscoveredSubresource, 'group' | 'version' | 'kind'>,
): DiscoveredSubresource[] {
  const status = { name: 'status', ...kind, verbs: subresourceVerbs };
  const scaled = {
    name: 'scale',
    group: 'autoscaling',
    version: 'v1',
    kind: 'Scale',
    verbs: subresourceVerbs,
  };
  return [...(hasStatus ? [status] : []), ...(scale === undefined ? [] : [scaled])];
}

const stages = ['alpha', 'beta', undefined];

/** Kubernetes' order of versions: `v2`, `v1`, `v1beta2`, `v1beta1`, `v1alpha1`. */
function compareVersions(one: string, other: string): number {
  const [left, right] = [rankOf(one), rankOf(other)];
  for (const [index, rank] of right.entries()) {
    const difference = rank - (left[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return one < other ? -1 : 1;
}

function rankOf(version: string): number[] {
  const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/v.exec(version);
  if (match === null) return [-1, 0, 0];
  const [, major = '0', stage, minor = '0'] = match;
  return [stages.indexOf(stage), Number(major), Number(minor)];
}
