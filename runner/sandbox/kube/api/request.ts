/** What a URL asks for: the API server's RequestInfo. */
import type { HttpRequest } from '../../http/http.ts';
import type { User } from '../auth/user.ts';
import type { BodyKind, ServedResource } from '../custom/custom.ts';
import type { DiscoveredResource, DiscoveredSubresource } from '../data/data.ts';
import { methodNotAllowed, noSuchPath } from '../errors.ts';
import type { ResourceName } from '../kube.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { findServed, kindOfEntry } from '../objects/resources.ts';

export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

/** A request for a resource: who asks for what. */
export interface ResourceRequest {
  readonly http: HttpRequest;
  readonly user: User;
  readonly verb: Verb;
  readonly resource: ResourceName;
  readonly entry: ServedResource;
  readonly kind: BodyKind;
  readonly namespace: string | undefined;
  /** '' for collections. */
  readonly name: string;
  readonly subresource: DiscoveredSubresource | undefined;
}

/** Reads a resource request; throws ApiError 404 for what is not served and 405 for what cannot be done with it. */
export function parseRequest(objects: ObjectStore, http: HttpRequest, user: User): ResourceRequest {
  const { group, version, rest } = splitPath(http.path);
  if (rest[0] === 'watch') {
    // The old way to ask for a watch.
    rest.shift();
    http.query.set('watch', '1');
  }
  const scoped = rest[0] === 'namespaces' && rest.length > 2 && !isNamespacePart(group, rest);
  const namespace = scoped ? rest[1] : undefined;
  const [name, subresourceName, ...more] = scoped ? rest.slice(3) : rest.slice(1);
  const resource = { group, version, resource: (scoped ? rest[2] : rest[0]) ?? '' };
  const entry = findServed(objects, resource);
  if (entry === undefined || more.length > 0) throw noSuchPath();
  checkScope(http, entry, scoped, name);
  const subresource = entry.subresources.find((candidate) => candidate.name === subresourceName);
  if (subresourceName !== undefined && subresource === undefined) throw noSuchPath();
  const verb = verbOf(http, name);
  const isOnCollection = verb === 'create' || verb === 'deletecollection';
  if (
    subresource === undefined &&
    (isOnCollection ? name !== undefined : verb === 'update' && name === undefined)
  )
    throw methodNotAllowed();
  const verbs = subresource?.verbs ?? entry.verbs;
  if (!verbs.includes(verb)) throw methodNotAllowed();
  const kind = kindOfEntry(entry);
  return { http, user, verb, resource, entry, kind, namespace, name: name ?? '', subresource };
}

/** Namespaced objects live below their namespace; all of them together can only be listed. */
function checkScope(
  http: HttpRequest,
  entry: DiscoveredResource,
  scoped: boolean,
  name: string | undefined,
): void {
  if (entry.namespaced === scoped) return;
  if (scoped || name !== undefined) throw noSuchPath();
  if (http.method !== 'GET' && http.method !== 'HEAD') throw methodNotAllowed();
}

function splitPath(path: string): { group: string; version: string; rest: string[] } {
  const parts = path.replace(/\/$/, '').split('/').slice(1);
  if (parts.some((part) => part === '' || part === '.' || part === '..')) throw noSuchPath();
  const [root, ...after] = parts;
  if (root === 'api') {
    const [version = '', ...rest] = after;
    return { group: '', version, rest };
  }
  const [group = '', version = '', ...rest] = after;
  return { group, version, rest };
}

/** `/namespaces/NAME/status` is about the namespace, not about a resource in it. */
function isNamespacePart(group: string, rest: readonly string[]): boolean {
  return group === '' && rest.length === 3 && (rest[2] === 'status' || rest[2] === 'finalize');
}

function verbOf(http: HttpRequest, name: string | undefined): Verb {
  switch (http.method) {
    case 'GET':
    case 'HEAD':
      if (readFlag(http.query, 'watch')) return 'watch';
      return name === undefined ? 'list' : 'get';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return name === undefined ? 'deletecollection' : 'delete';
    default:
      throw methodNotAllowed();
  }
}

/** A boolean query parameter, as Go's ParseBool reads it. */
export function readFlag(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  return value !== null && value !== 'false' && value !== '0';
}

/** Whether nothing shall be kept. */
export function isDryRun(query: URLSearchParams): boolean {
  return query.getAll('dryRun').includes('All');
}
