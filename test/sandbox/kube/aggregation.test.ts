/** ClusterRoles that are made of others: their rules follow the roles that they select. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../runner/sandbox/kube/kube.ts';
import { openKubeServer, type KubeServer } from '../../helper/kube-server.ts';

const path = '/apis/rbac.authorization.k8s.io/v1/clusterroles';
const rule = (resource: string): JsonObject => ({
  apiGroups: [''],
  resources: [resource],
  verbs: ['get'],
});
const aggregationRule = { clusterRoleSelectors: [{ matchLabels: { part: 'yes' } }] };

let server: KubeServer;
beforeAll(async () => {
  server = await openKubeServer();
});
afterAll(() => server.close());

const create = (name: string, body: JsonObject, labels: JsonObject = {}): Promise<{ status: number }> =>
  server.call(`POST ${path}`, { body: { ...body, metadata: { name, labels } } });

async function role(name: string): Promise<JsonObject> {
  return (await server.call(`GET ${path}/${name}`)).body;
}

const resourcesOf = async (name: string): Promise<unknown> => {
  const rules = ((await role(name))['rules'] ?? []) as { resources: string[] }[];
  return rules.flatMap(({ resources }) => resources);
};

test('rules are collected by name, each once, in place of its own, and follow what happens to their sources', async () => {
  await create('whole', { aggregationRule, rules: [rule('pods')] });
  await create('b', { rules: [rule('configmaps')] }, { part: 'yes' });
  await create('a', { rules: [rule('configmaps'), rule('secrets')] }, { part: 'yes' });
  await create('c', { rules: [rule('nodes')] }, { part: 'no' });
  await expect.poll(() => resourcesOf('whole')).toEqual(['configmaps', 'secrets']);
  expect((await role('whole'))['metadata']).toMatchObject({
    managedFields: [
      {
        manager: 'clusterrole-aggregation-controller',
        operation: 'Apply',
        fieldsV1: { 'f:rules': {} },
      },
      { operation: 'Update', fieldsV1: { 'f:aggregationRule': {} } },
    ],
  });
  await server.call(`DELETE ${path}/a`);
  await expect.poll(() => resourcesOf('whole')).toEqual(['configmaps']);
  await server.call(`DELETE ${path}/b`);
  await expect.poll(() => resourcesOf('whole')).toEqual([]);
  expect(JSON.stringify((await role('whole'))['metadata'])).not.toContain('f:rules');
});

test('the roles of the cluster itself grow by aggregation, and say that they are kept up to date', async () => {
  await create(
    'more',
    { rules: [rule('widgets')] },
    { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' },
  );
  await expect.poll(() => resourcesOf('admin')).toContain('widgets');
  expect((await role('view'))['metadata']).toMatchObject({
    annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
  });
});

test('only who may everything may aggregate', async () => {
  const everyone = { kind: 'User', name: 'jane', apiGroup: 'rbac.authorization.k8s.io' };
  await create('makers', {
    rules: [{ ...rule('x'), apiGroups: ['*'], resources: ['clusterroles'], verbs: ['create'] }],
  });
  await server.call('POST /apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
    body: {
      metadata: { name: 'makers' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'makers' },
      subjects: [everyone],
    },
  });
  const reply = await server.call(`POST ${path}`, {
    headers: { 'impersonate-user': 'jane' },
    body: { metadata: { name: 'mine' }, aggregationRule },
  });
  expect(reply).toMatchObject({
    status: 403,
    body: {
      message: expect.stringContaining('must have cluster-admin privileges to use the aggregationRule'),
    },
  });
});
