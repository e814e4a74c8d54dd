/** The API's front door: who asks, may they, and which handler answers. */
import type { HttpHandler, HttpRequest, HttpResponse, UpgradeHandler } from '../../http/http.ts';
import { authenticate, serviceAccountUser } from '../auth/authenticate.ts';
import { authorize, refusal } from '../auth/authorize.ts';
import type { Action, User } from '../auth/user.ts';
import {
  ApiError,
  forbidden,
  methodNotAllowed,
  NoSuchPath,
  noSuchPath,
  notImplemented,
  tooLarge,
} from '../errors.ts';
import { isOwnPath, isStored } from '../objects/resources.ts';
import { BodyTooLarge } from '../../http/http.ts';
import { checkOptions } from './check-options.ts';
import { deleteCollection, deleteOne } from './delete-objects.ts';
import { discover } from './discovery.ts';
import { healthPaths, isHealthPath, serveHealth } from './health.ts';
import { readThroughView } from './views.ts';
import { serveOpenApi } from './openapi.ts';
import { patchObject } from './patch-object.ts';
import { getObject, listObjects } from './read-objects.ts';
import { parseRequest, type ResourceRequest } from './request.ts';
import { respondError, respondIndented, respondText, warningHeader } from './respond.ts';
import { review } from './reviews.ts';
import type { ApiServer } from './server.ts';
import { serveAttach } from '../streams/attach.ts';
import { serveExec } from '../streams/exec.ts';
import { servePortForward } from '../streams/port-forward.ts';
import type { UpgradeAnswer } from '../streams/streams.ts';
import { serveSubresource } from './subresources.ts';
import { watchObjects } from './watch-objects.ts';
import { postObject, putObject } from './write-objects.ts';

/** The whole API as one handler. It answers every error itself. */
export function handleApi(server: ApiServer): HttpHandler {
  return async (http) => {
    try {
      return await route(server, http, identify(server, http));
    } catch (error) {
      const isForeign = error instanceof NoSuchPath && !isOwnPath(http.path);
      return isForeign ? respondText(404, '404 page not found\n') : answerError(error);
    }
  };
}

/** Connections that a client upgrades: streams to and from a pod. It answers every error itself. */
export function handleUpgrade(server: ApiServer): UpgradeHandler {
  return async (http) => {
    try {
      const request = admitRequest(server, http, identify(server, http));
      return await serveStream(server, request);
    } catch (error) {
      return answerError(error);
    }
  };
}

function serveStream(server: ApiServer, request: ResourceRequest): Promise<UpgradeAnswer> {
  switch (request.subresource?.name) {
    case 'exec':
      return serveExec(server, request);
    case 'attach':
      return serveAttach(server, request);
    case 'portforward':
      return servePortForward(server, request);
    case undefined:
    default:
      throw notImplemented(`${request.http.method} ${request.http.path} with an upgrade`);
  }
}

function identify(server: ApiServer, http: HttpRequest): User {
  const { adminToken } = server.options;
  return impersonate(server, http, authenticate(http.headers['authorization'], adminToken, server.tokens));
}

function answerError(error: unknown): HttpResponse {
  return respondError(error instanceof BodyTooLarge ? tooLarge(error.limit) : error);
}

/** `kubectl --as`: the caller's own right to do so is checked first. */
function impersonate(server: ApiServer, http: HttpRequest, caller: User): User {
  const name = http.headers['impersonate-user'] ?? '';
  const groups = (http.headers['impersonate-group'] ?? '').split(', ').filter((group) => group !== '');
  if (name === '') {
    if (groups.length === 0) return caller;
    throw new ApiError(400, 'BadRequest', 'requested groups without impersonating a user');
  }
  const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name);
  const asked: readonly [string, string, string][] = [
    account === null ? ['users', '', name] : ['serviceaccounts', account[1] ?? '', account[2] ?? ''],
    ...groups.map((group): [string, string, string] => ['groups', '', group]),
  ];
  for (const [resource, namespace, subject] of asked) {
    const action: Action = {
      kind: 'resource',
      verb: 'impersonate',
      group: '',
      resource,
      namespace,
      name: subject,
    };
    requireRight(server, caller, action);
  }
  if (account !== null) return serviceAccountUser(account[1] ?? '', account[2] ?? '');
  return { name, groups: [...groups, 'system:authenticated'] };
}

function requireRight(server: ApiServer, user: User, action: Action): void {
  if (authorize(server.core, user, action).allowed) return;
  const words = refusal(user, action);
  if (action.kind === 'path') throw new ApiError(403, 'Forbidden', `forbidden: ${words}`, {});
  const [resource = ''] = action.resource.split('/');
  throw forbidden({ group: action.group, version: 'v1', resource }, action.name, words);
}

async function route(server: ApiServer, http: HttpRequest, user: User): Promise<HttpResponse> {
  const segments = http.path.replace(/\/$/, '').split('/').slice(1);
  const isResource =
    (segments[0] === 'api' && segments.length > 2) || (segments[0] === 'apis' && segments.length > 3);
  if (!isResource) return servePath(server, http, user);
  const request = admitRequest(server, http, user);
  const subresource = request.subresource?.name;
  if (subresource !== undefined) return serveSubresource(server, readThroughView(request), subresource);
  checkOptions(request, server.core.objects.version());
  if (!isStored(request.entry)) return review(server, request);
  try {
    return warnOfDeprecation(server, request, await serveObjects(server, readThroughView(request)));
  } catch (error) {
    return warnOfDeprecation(server, request, answerError(error));
  }
}

/** What is asked for, if the user may. Throws ApiError. */
function admitRequest(server: ApiServer, http: HttpRequest, user: User): ResourceRequest {
  const request = parseRequest(server.core.objects, http, user);
  const { group, resource } = request.resource;
  const subresource = request.subresource?.name;
  requireRight(server, user, {
    kind: 'resource',
    verb: request.verb,
    group,
    resource: subresource === undefined ? resource : `${resource}/${subresource}`,
    namespace: request.namespace ?? '',
    name: request.name,
  });
  return request;
}

/** Endpoints warn in every answer since 1.33, errors too; kubectl prints it. */
function warnOfDeprecation(
  server: ApiServer,
  request: ResourceRequest,
  response: HttpResponse,
): HttpResponse {
  const isDeprecated = Number(versionInfo(server.options.version)['minor']) >= 33;
  if (request.kind.kind !== 'Endpoints' || !isDeprecated) return response;
  const words = 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice';
  return { ...response, headers: { ...response.headers, warning: warningHeader([words]) } };
}

function serveObjects(server: ApiServer, request: ResourceRequest): HttpResponse | Promise<HttpResponse> {
  switch (request.verb) {
    case 'get':
      return getObject(server, request);
    case 'list':
      return listObjects(server, request);
    case 'watch':
      return watchObjects(server, request);
    case 'create':
      return postObject(server, request);
    case 'update':
      return putObject(server, request);
    case 'patch':
      return patchObject(server, request);
    case 'delete':
      return deleteOne(server, request);
    case 'deletecollection':
      return deleteCollection(server, request);
  }
}

function servePath(server: ApiServer, http: HttpRequest, user: User): HttpResponse {
  const { path } = http;
  requireRight(server, user, { kind: 'path', verb: http.method.toLowerCase(), path });
  if (http.method !== 'GET' && http.method !== 'HEAD') throw methodNotAllowed();
  if (path === '/version' || path === '/version/')
    return respondIndented(versionInfo(server.options.version));
  if (isHealthPath(path)) return serveHealth(http);
  if (path.startsWith('/openapi/')) return serveOpenApi(server.core, http);
  if (/^\/apis?(\/|$)/.test(path)) return discover(server.core.objects, http);
  if (path === '/')
    return respondIndented({
      paths: ['/api', '/api/v1', '/apis', ...healthPaths, '/openapi/v2', '/openapi/v3', '/version'],
    });
  throw noSuchPath();
}

function versionInfo(gitVersion: string): Record<string, string> {
  const [, major = '1', minor = '0'] = /^v(\d+)\.(\d+)/.exec(gitVersion) ?? [];
  const build = { gitCommit: '', gitTreeState: 'clean', buildDate: '1970-01-01T00:00:00Z' };
  return { major, minor, gitVersion, ...build, goVersion: '', compiler: 'gc', platform: 'linux/amd64' };
}
