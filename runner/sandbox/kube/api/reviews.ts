/** Reviews: questions that are answered and not stored (`auth can-i`, `auth whoami`, `auth can-i --list`). */
import type { HttpResponse } from '../../http/http.ts';
import { authenticate, serviceAccountUser } from '../auth/authenticate.ts';
import { authorize, rulesOf } from '../auth/authorize.ts';
import type { Action, User } from '../auth/user.ts';
import { ApiError, badRequest, notImplemented } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { childObject, readObject, readText, readTexts, timestamp } from '../objects/fields.ts';
import { joinGroupVersion } from '../objects/resources.ts';
import { readChecked } from './read-body.ts';
import type { ResourceRequest } from './request.ts';
import { respond } from './respond.ts';
import type { ApiServer } from './server.ts';

type Answer = (server: ApiServer, request: ResourceRequest, review: JsonObject) => JsonObject;

const answers: Readonly<Record<string, Answer>> = {
  SelfSubjectAccessReview: (server, { user }, review) => accessStatus(server, user, review),
  SubjectAccessReview: (server, _, review) => accessStatus(server, subjectOf(review), review),
  LocalSubjectAccessReview: (server, _, review) => accessStatus(server, subjectOf(review), review),
  SelfSubjectRulesReview: rulesStatus,
  SelfSubjectReview: (_, { user }) => ({ userInfo: userInfo(user) }),
  TokenReview: tokenStatus,
};

/** POST of a review. Throws ApiError. */
export async function review(server: ApiServer, request: ResourceRequest): Promise<HttpResponse> {
  const { kind } = request;
  const answer = answers[kind.kind];
  if (answer === undefined) throw notImplemented(`${kind.kind} reviews`);
  const { object } = await readChecked(request.http, kind);
  childObject(object, 'metadata')['creationTimestamp'] ??=
    kind.kind === 'SelfSubjectReview' ? timestamp(server.core.clock.now()) : null;
  const status = answer(server, request, object);
  return respond(201, { ...object, kind: kind.kind, apiVersion: joinGroupVersion(kind), status });
}

function subjectOf(object: JsonObject): User {
  const name = readText(object, 'spec', 'user');
  const match = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name);
  const groups = readTexts(object, 'spec', 'groups');
  if (match === null) return { name, groups };
  const account = serviceAccountUser(match[1] ?? '', match[2] ?? '');
  return { ...account, groups: [...new Set([...groups, ...account.groups])] };
}

function accessStatus(server: ApiServer, user: User, object: JsonObject): JsonObject {
  const { allowed, reason } = authorize(server.core, user, actionOf(readObject(object, 'spec')));
  return { allowed, ...(reason === '' ? {} : { reason }) };
}

function actionOf(spec: JsonObject): Action {
  const path = readObject(spec, 'nonResourceAttributes');
  if (readText(path, 'path') !== '') {
    return { kind: 'path', verb: readText(path, 'verb'), path: readText(path, 'path') };
  }
  const attributes = readObject(spec, 'resourceAttributes');
  const subresource = readText(attributes, 'subresource');
  const resource = readText(attributes, 'resource');
  return {
    kind: 'resource',
    verb: readText(attributes, 'verb'),
    group: readText(attributes, 'group'),
    resource: subresource === '' ? resource : `${resource}/${subresource}`,
    namespace: readText(attributes, 'namespace'),
    name: readText(attributes, 'name'),
  };
}

const everything: readonly JsonObject[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  { verbs: ['*'], nonResourceURLs: ['*'] },
];

function rulesStatus(server: ApiServer, { user }: ResourceRequest, object: JsonObject): JsonObject {
  const namespace = readText(object, 'spec', 'namespace');
  if (namespace === '') throw badRequest('no namespace on request');
  const isMaster = user.groups.includes('system:masters');
  const rules = isMaster ? everything : rulesOf(server.core, user, namespace).map(({ rule }) => rule);
  return {
    resourceRules: rules.filter((rule) => rule['resources'] !== undefined).map((rule) => ({ ...rule })),
    nonResourceRules: rules
      .filter((rule) => rule['nonResourceURLs'] !== undefined)
      .map((rule) => ({ ...rule })),
    incomplete: false,
  };
}

function userInfo(user: User): JsonObject {
  return {
    username: user.name,
    ...(user.uid === undefined ? {} : { uid: user.uid }),
    groups: [...user.groups],
  };
}

function tokenStatus(server: ApiServer, _: ResourceRequest, object: JsonObject): JsonObject {
  const token = readText(object, 'spec', 'token');
  try {
    const user = authenticate(`Bearer ${token}`, server.options.adminToken, server.tokens);
    return { authenticated: true, user: userInfo(user), audiences: ['https://kubernetes.default.svc'] };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { user: {}, error: 'invalid bearer token' };
  }
}
