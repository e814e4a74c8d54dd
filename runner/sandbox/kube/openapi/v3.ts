/**
 * The documents behind `/openapi`. kubectl reads them before `apply`, `create -f`, `diff` and `explain`: whether the
 * server validates fields is written in a PATCH operation's parameters. Strategic merge is never listed there: kubectl would
 * then compute its patches from these schemas, which have no patch keys, in place of its own types.
 */
import type { ServedResource } from '../custom/custom.ts';
import type { JsonObject } from '../kube.ts';
import { renderSchemas } from './render-schemas.ts';

type Resources = readonly ServedResource[];

/** The index: a document per group and version, at a URL that changes with its content. */
export function renderOpenapiIndex(all: Resources): JsonObject {
  const paths: JsonObject = {};
  for (const groupVersion of new Set(all.map((resource) => groupVersionOf(resource)))) {
    const path = rootOf(groupVersion);
    paths[path] = { serverRelativeURL: `/openapi/v3/${path}?hash=${hashOpenapi(all, groupVersion)}` };
  }
  return { paths };
}

function groupVersionOf({ group, version }: ServedResource): string {
  return group === '' ? version : `${group}/${version}`;
}

/** The document of a group and version (`v1`, `apps/v1`); no paths for one that is not served. */
export function renderOpenapi(all: Resources, groupVersion: string): JsonObject {
  const resources = all.filter((resource) => groupVersionOf(resource) === groupVersion);
  const paths: JsonObject = {};
  for (const resource of resources) {
    const scope = resource.namespaced ? '/namespaces/{namespace}' : '';
    const path = `/${rootOf(groupVersion)}${scope}/${resource.resource}`;
    const verbs = new Set(resource.verbs);
    paths[path] = operationsOf(resource, { get: verbs.has('list'), post: verbs.has('create') });
    if (verbs.has('get')) {
      paths[`${path}/{name}`] = operationsOf(resource, { get: true, patch: verbs.has('patch') });
    }
  }
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'unversioned' },
    paths,
    components: { schemas: renderSchemas(resources) },
  };
}

/** What the document's URL carries as `hash`, and its `ETag`: upper-case hexadecimal. */
export function hashOpenapi(all: Resources, groupVersion: string): string {
  let hash = 0x81_1c_9d_c5;
  for (const character of JSON.stringify(renderOpenapi(all, groupVersion))) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01_00_01_93) >>> 0;
  }
  return hash.toString(16).toUpperCase().padStart(8, '0');
}

function rootOf(groupVersion: string): string {
  return groupVersion.includes('/') ? `apis/${groupVersion}` : `api/${groupVersion}`;
}

interface Operations {
  readonly get: boolean;
  readonly post?: boolean;
  readonly patch?: boolean;
}

function operationsOf(resource: ServedResource, { get, post, patch }: Operations): JsonObject {
  const { group, version, kind } = resource;
  const about = { 'x-kubernetes-group-version-kind': { group, kind, version }, responses: {} };
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation'].map((name) => queryParameter(name));
  const content = {
    'application/apply-patch+yaml': {},
    'application/json-patch+json': {},
    'application/merge-patch+json': {},
  };
  return {
    ...(get ? { get: { ...about, 'x-kubernetes-action': 'get' } } : {}),
    ...(post === true ? { post: { ...about, parameters, 'x-kubernetes-action': 'post' } } : {}),
    ...(patch === true
      ? {
          patch: {
            ...about,
            'x-kubernetes-action': 'patch',
            parameters: [...parameters, queryParameter('force', 'boolean')],
            requestBody: { content },
          },
        }
      : {}),
  };
}

function queryParameter(name: string, type = 'string'): JsonObject {
  return { name, in: 'query', schema: { type, uniqueItems: true } };
}
