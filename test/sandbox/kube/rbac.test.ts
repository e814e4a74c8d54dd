/** Who may do what: tokens of service accounts, roles and bindings, impersonation, and the reviews that ask about it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../runner/sandbox/kube/kube.ts';
import { openKubeServer, type KubeServer } from '../../helper/kube-server.ts';

let server: KubeServer;
let token = '';
beforeAll(async () => {
  server = await openKubeServer();
  await server.call('POST /api/v1/namespaces/default/serviceaccounts', {
    body: { metadata: { name: 'bot' } },
  });
  token = server.kube.cluster.token('default', 'bot');
});
afterAll(() => server.close());

const rbac = '/apis/rbac.authorization.k8s.io/v1';
const subjects = [{ kind: 'ServiceAccount', name: 'bot', namespace: 'default' }];
const roleRef = (name: string): JsonObject => ({
  apiGroup: 'rbac.authorization.k8s.io',
  kind: 'ClusterRole',
  name,
});

test('without a binding a service account may nothing, with one it may, and without it again nothing', async () => {
  const request = 'GET /api/v1/namespaces/default/secrets';
  const refused = await server.call(request, { token });
  expect(refused).toMatchObject({
    status: 403,
    body: {
      reason: 'Forbidden',
      message:
        'secrets is forbidden: User "system:serviceaccount:default:bot" cannot list resource "secrets" in API group "" in the namespace "default"',
    },
  });
  const body = { metadata: { name: 'bot-admin' }, roleRef: roleRef('cluster-admin'), subjects };
  await server.call(`POST ${rbac}/clusterrolebindings`, { body });
  expect((await server.call(request, { token })).status).toBe(200);
  await server.call(`DELETE ${rbac}/clusterrolebindings/bot-admin`);
  expect((await server.call(request, { token })).status).toBe(403);
});

test('a role binding holds in its own namespace, for its verbs and names', async () => {
  const rules = [
    { apiGroups: [''], resources: ['configmaps'], resourceNames: ['kube-root-ca.crt'], verbs: ['get'] },
  ];
  await server.call(`POST ${rbac}/namespaces/default/roles`, {
    body: { metadata: { name: 'reader' }, rules },
  });
  const reference = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' };
  const body = {
    metadata: { name: 'reader' },
    roleRef: reference,
    subjects: [{ kind: 'ServiceAccount', name: 'bot' }],
  };
  await server.call(`POST ${rbac}/namespaces/default/rolebindings`, { body });
  const status = async (request: string): Promise<number> => (await server.call(request, { token })).status;
  expect(await status('GET /api/v1/namespaces/default/configmaps/kube-root-ca.crt')).toBe(200);
  expect(await status('GET /api/v1/namespaces/default/configmaps')).toBe(403);
  expect(await status('DELETE /api/v1/namespaces/default/configmaps/kube-root-ca.crt')).toBe(403);
  expect(await status('GET /api/v1/namespaces/kube-system/configmaps/kube-root-ca.crt')).toBe(403);
});

test('impersonation is answered as that user, and is itself a right', async () => {
  const as = { 'impersonate-user': 'jane', 'impersonate-group': 'devs' };
  const reply = await server.call('GET /api/v1/nodes', { headers: as });
  expect(reply.body['message']).toBe(
    'nodes is forbidden: User "jane" cannot list resource "nodes" in API group "" at the cluster scope',
  );
  const refused = await server.call('GET /api/v1/nodes', { token, headers: as });
  expect(refused.body['message']).toContain('cannot impersonate resource "users"');
});

test('reviews answer what would be allowed and who one is', async () => {
  const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
  const resourceAttributes = { verb: 'create', resource: 'pods', namespace: 'default' };
  const body = { spec: { resourceAttributes } };
  expect((await server.call(`POST ${path}`, { body })).body['status']).toMatchObject({ allowed: true });
  expect((await server.call(`POST ${path}`, { body, token })).body['status']).toMatchObject({
    allowed: false,
  });
  const self = await server.call('POST /apis/authentication.k8s.io/v1/selfsubjectreviews', {
    body: {},
    token,
  });
  expect(self.body['status']).toMatchObject({ userInfo: { username: 'system:serviceaccount:default:bot' } });
});

test('a token ends with its account', async () => {
  const accounts = '/api/v1/namespaces/default/serviceaccounts';
  await server.call(`POST ${accounts}`, { body: { metadata: { name: 'gone' } } });
  const minted = await server.call(`POST ${accounts}/gone/token`, { body: { spec: {} } });
  const { token: theirs } = minted.body['status'] as { token: string };
  expect((await server.call('GET /api', { token: theirs })).status).toBe(200);
  await server.call(`DELETE ${accounts}/gone`);
  expect((await server.call('GET /api', { token: theirs })).status).toBe(401);
});

test('nobody grants what they do not hold', async () => {
  const rules = [
    { apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles', 'rolebindings'], verbs: ['create'] },
  ];
  await server.call(`POST ${rbac}/namespaces/default/roles`, {
    body: { metadata: { name: 'granter' }, rules },
  });
  const reference = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'granter' };
  const granter = {
    metadata: { name: 'granter' },
    roleRef: reference,
    subjects: [{ kind: 'User', name: 'jane' }],
  };
  await server.call(`POST ${rbac}/namespaces/default/rolebindings`, { body: granter });
  const headers = { 'impersonate-user': 'jane' };
  const more = {
    metadata: { name: 'more' },
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
  };
  expect(
    (await server.call(`POST ${rbac}/namespaces/default/roles`, { headers, body: more })).body['message'],
  ).toBe(
    'roles.rbac.authorization.k8s.io "more" is forbidden: user "jane" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n{APIGroups:[""], Resources:["pods"], Verbs:["get"]}',
  );
  const same = { metadata: { name: 'same' }, rules };
  expect((await server.call(`POST ${rbac}/namespaces/default/roles`, { headers, body: same })).status).toBe(
    201,
  );
  const admin = { metadata: { name: 'admin' }, roleRef: roleRef('cluster-admin'), subjects };
  expect(
    (await server.call(`POST ${rbac}/namespaces/default/rolebindings`, { headers, body: admin })).status,
  ).toBe(403);
});
