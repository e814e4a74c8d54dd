/** Subresources, each by its own rules. What the emulator cannot do is refused by name. */
import type { HttpResponse } from '../../http/http.ts';
import { ApiError, badRequest, notFound, notImplemented } from '../errors.ts';
import { childObject, readNumber, readText, timestamp } from '../objects/fields.ts';
import { evictPod } from './evict-pod.ts';
import { patchObject } from './patch-object.ts';
import { getPodLog } from './pod-log.ts';
import { checkBody, readBody } from './read-body.ts';
import { getObject } from './read-objects.ts';
import type { ResourceRequest } from './request.ts';
import { respond } from './respond.ts';
import { serveScale } from './scale.ts';
import type { ApiServer } from './server.ts';
import { putObject } from './write-objects.ts';

const defaultTokenSeconds = 3600;
const shortestTokenSeconds = 600;

/** Answers a request for a subresource. Throws ApiError. */
export async function serveSubresource(
  server: ApiServer,
  request: ResourceRequest,
  name: string,
): Promise<HttpResponse> {
  const { verb, resource } = request;
  switch (name) {
    case 'status':
    case 'finalize':
      if (verb === 'get') return getObject(server, request);
      return verb === 'patch' ? patchObject(server, request) : putObject(server, request);
    case 'scale':
      return serveScale(server, request);
    case 'log':
      return getPodLog(server, request);
    case 'eviction':
      return evictPod(server, request);
    case 'token':
      return createToken(server, request);
    default:
      throw notImplemented(`${verb} of ${resource.resource}/${name}`);
  }
}

async function createToken(server: ApiServer, request: ResourceRequest): Promise<HttpResponse> {
  const { resource, namespace = '', name, http } = request;
  const kind = { group: 'authentication.k8s.io', version: 'v1', kind: 'TokenRequest' };
  const { object } = checkBody(kind, (await readBody(http)) ?? {}, http.query);
  const wanted = readNumber(object, 'spec', 'expirationSeconds') ?? defaultTokenSeconds;
  if (wanted < shortestTokenSeconds) {
    const words = `TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: ${wanted}: may not specify a duration less than 10 minutes`;
    throw new ApiError(422, 'Invalid', words, {});
  }
  const account = readText(object, 'metadata', 'name');
  if (account !== '' && account !== name)
    throw badRequest(`the name of the object (${account}) does not match ${name}`);
  const token = server.tokens.mint(namespace, name, wanted);
  if (token === undefined) throw notFound(resource, name);
  Object.assign(childObject(object, 'spec'), {
    audiences: ['https://kubernetes.default.svc'],
    expirationSeconds: wanted,
    boundObjectRef: null,
  });
  Object.assign(childObject(object, 'metadata'), {
    name,
    namespace,
    creationTimestamp: timestamp(server.core.clock.now()),
  });
  const expirationTimestamp = timestamp(server.core.clock.now() + wanted * 1000);
  const identity = { kind: kind.kind, apiVersion: 'authentication.k8s.io/v1' };
  return respond(201, { ...object, ...identity, status: { token, expirationTimestamp } });
}
