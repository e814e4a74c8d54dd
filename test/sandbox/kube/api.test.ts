/** The API over HTTP: verbs, versions, forms, and errors in the server's words. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openKubeServer, type Call, type KubeServer } from '../../helper/kube-server.ts';

let server: KubeServer;
beforeAll(async () => {
  server = await openKubeServer();
});
afterAll(() => server.close());

const maps = '/api/v1/namespaces/default/configmaps';
const configMap = (
  name: string,
  data = { a: '1' },
): { metadata: { name: string }; data: Record<string, string> } => ({
  metadata: { name },
  data,
});

test('an object is created, read, listed, changed and deleted', async () => {
  const created = await server.call(`POST ${maps}`, { body: configMap('crud') });
  expect(created).toMatchObject({
    status: 201,
    body: { kind: 'ConfigMap', apiVersion: 'v1', data: { a: '1' } },
  });
  const read = await server.call(`GET ${maps}/crud`);
  expect(read.body).toEqual(created.body);
  const listed = await server.call(`GET ${maps}?fieldSelector=metadata.name=crud`);
  expect(listed.body).toMatchObject({ kind: 'ConfigMapList', items: [{ metadata: { name: 'crud' } }] });
  expect(listed.body['items']).not.toMatchObject([{ kind: 'ConfigMap' }]);
  const changed = await server.call(`PUT ${maps}/crud`, { body: configMap('crud', { a: '2' }) });
  expect(changed).toMatchObject({ status: 200, body: { data: { a: '2' } } });
  expect((await server.call(`DELETE ${maps}/crud`)).body).toMatchObject({
    kind: 'Status',
    status: 'Success',
  });
  expect((await server.call(`GET ${maps}/crud`)).status).toBe(404);
});

test('writing what is there moves no version, and a stale version is refused', async () => {
  const { body: first } = await server.call(`POST ${maps}`, { body: configMap('version') });
  const { body: same } = await server.call(`PUT ${maps}/version`, { body: configMap('version') });
  expect(same['metadata']).toEqual(first['metadata']);
  await server.call(`PUT ${maps}/version`, { body: configMap('version', { a: '2' }) });
  const stale = await server.call(`PUT ${maps}/version`, { body: { ...first, data: { a: '3' } } });
  expect(stale).toMatchObject({ status: 409, body: { reason: 'Conflict' } });
});

test('a dry run answers and keeps nothing', async () => {
  const dry = await server.call(`POST ${maps}?dryRun=All`, { body: configMap('dry') });
  expect(dry.status).toBe(201);
  expect(dry.body['metadata']).not.toHaveProperty('resourceVersion');
  expect((await server.call(`GET ${maps}/dry`)).status).toBe(404);
});

test('finalizers hold a deleted object until they are gone', async () => {
  const metadata = { name: 'held', finalizers: ['example.com/x'] };
  await server.call(`POST ${maps}`, { body: { metadata } });
  const deleted = await server.call(`DELETE ${maps}/held`);
  expect(deleted.body).toMatchObject({
    kind: 'ConfigMap',
    metadata: { deletionTimestamp: expect.any(String) },
  });
  const headers = { 'content-type': 'application/merge-patch+json' };
  await server.call(`PATCH ${maps}/held`, { headers, body: { metadata: { finalizers: null } } });
  expect((await server.call(`GET ${maps}/held`)).status).toBe(404);
});

test('lists come in pages that a token continues', async () => {
  for (const name of ['page-a', 'page-b', 'page-c'])
    await server.call(`POST ${maps}`, { body: { metadata: { name, labels: { page: 'x' } } } });
  const first = await server.call(`GET ${maps}?limit=2&labelSelector=page%3Dx`);
  expect(first.body).toMatchObject({ metadata: { remainingItemCount: 1 } });
  const token = (first.body['metadata'] as { continue: string }).continue;
  const second = await server.call(
    `GET ${maps}?limit=2&labelSelector=page%3Dx&continue=${encodeURIComponent(token)}`,
  );
  expect(second.body).toMatchObject({ items: [{ metadata: { name: 'page-c' } }] });
});

test('objects come as table rows and as metadata alone', async () => {
  await server.call(`POST ${maps}`, { body: configMap('forms') });
  const table = await server.call(`GET ${maps}/forms`, {
    headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' },
  });
  expect(table.body).toMatchObject({ kind: 'Table', rows: [{ cells: ['forms', 1, expect.any(String)] }] });
  const metadata = await server.call(`GET ${maps}/forms`, {
    headers: { accept: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io' },
  });
  expect(metadata.body).toMatchObject({ kind: 'PartialObjectMetadata' });
  expect(metadata.body).not.toHaveProperty('data');
});

test('discovery is aggregated for who asks for it, and lists subresources', async () => {
  const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
  const aggregated = await server.call('GET /apis', { headers: { accept } });
  expect(aggregated.headers.get('content-type')).toContain('as=APIGroupDiscoveryList');
  expect(aggregated.body).toMatchObject({ kind: 'APIGroupDiscoveryList' });
  const legacy = await server.call('GET /apis/apps/v1');
  expect(legacy.body['resources']).toContainEqual(
    expect.objectContaining({ name: 'deployments/scale', kind: 'Scale' }),
  );
});

test('server-side apply owns fields, and another manager meets a conflict', async () => {
  const headers = { 'content-type': 'application/apply-patch+yaml' };
  const apply = (manager: string, value: string, force = false): ReturnType<KubeServer['call']> => {
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'applied' }, data: { a: value } };
    return server.call(`PATCH ${maps}/applied?fieldManager=${manager}&force=${force}`, { headers, body });
  };
  expect((await apply('one', '1')).status).toBe(201);
  expect(await apply('two', '2')).toMatchObject({
    status: 409,
    body: { message: 'Apply failed with 1 conflict: conflict with "one": .data.a' },
  });
  expect(await apply('two', '2', true)).toMatchObject({ status: 200, body: { data: { a: '2' } } });
});

test('a Service keeps its address, and a new type takes with it what only the old one had', async () => {
  const services = '/api/v1/namespaces/default/services';
  const body = { metadata: { name: 'typed' }, spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } };
  const { body: made } = await server.call(`POST ${services}`, { body });
  const { clusterIP } = made['spec'] as { clusterIP: string };
  expect(JSON.stringify(made['metadata'])).not.toContain('f:clusterIP');
  expect(made['spec']).toMatchObject({
    clusterIP: expect.stringMatching(/^10\.96\./),
    ports: [{ nodePort: expect.any(Number) }],
  });
  const headers = { 'content-type': 'application/merge-patch+json' };
  const { body: changed } = await server.call(`PATCH ${services}/typed`, {
    headers,
    body: { spec: { type: 'ClusterIP' } },
  });
  expect(changed['spec']).toEqual({
    clusterIP,
    clusterIPs: [clusterIP],
    internalTrafficPolicy: 'Cluster',
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
    sessionAffinity: 'None',
    type: 'ClusterIP',
  });
});

test('what the emulator cannot do is refused by name', async () => {
  const pods = '/api/v1/namespaces/default/pods';
  const reply = await server.call(`GET ${pods}/x/portforward`);
  expect(reply).toMatchObject({
    status: 501,
    body: { reason: 'NotImplemented', message: expect.stringContaining('pods/portforward') },
  });
});

test.each(['/nope', '/livez/nope', '/apis/nope.example.com', '/apis/nope.example.com/v1/foos'])(
  '%s is a page that is not there',
  async (path) => {
    expect(await server.call(`GET ${path}`)).toMatchObject({
      status: 404,
      body: { text: '404 page not found\n' },
    });
  },
);

const errors: readonly [string, Call, number, string][] = [
  [`GET ${maps}/nope`, {}, 404, 'configmaps "nope" not found'],
  ['GET /api/v1/namespaces/default/foos', {}, 404, 'the server could not find the requested resource'],
  ['GET /apis/apps/v9/foos', {}, 404, 'the server could not find the requested resource'],
  [
    'POST /api/v1/configmaps',
    { body: configMap('x') },
    405,
    'the server does not allow this method on the requested resource',
  ],
  ['POST /api/v1/namespaces/nope/configmaps', { body: configMap('x') }, 404, 'namespaces "nope" not found'],
  [
    `POST ${maps}`,
    { body: configMap('kube-root-ca.crt') },
    409,
    'configmaps "kube-root-ca.crt" already exists',
  ],
  [
    'DELETE /api/v1/namespaces/default',
    {},
    403,
    'namespaces "default" is forbidden: this namespace may not be deleted',
  ],
  [
    `DELETE ${maps}?labelSelector=${encodeURIComponent('app notin (a b)')}`,
    {},
    400,
    "unable to parse requirement: found 'b', expected: ',' or ')'",
  ],
  [
    `GET ${maps}?fieldSelector=data.a=b`,
    {},
    400,
    '"data.a" is not a known field selector: only "metadata.name", "metadata.namespace"',
  ],
  [
    'GET /apis/apps/v1/namespaces/default/replicasets?fieldSelector=status.replicas=0',
    {},
    400,
    '"status.replicas" is not a known field selector: only "metadata.name", "metadata.namespace"',
  ],
  ['GET /api/v1/pods?fieldSelector=spec.foo=bar', {}, 400, 'field label not supported: spec.foo'],
  [
    'GET /apis/batch/v1/jobs?fieldSelector=spec.foo=bar',
    {},
    400,
    'field label "spec.foo" not supported for Job',
  ],
  [`GET ${maps}`, { token: 'wrong' }, 401, 'Unauthorized'],
  [
    `GET ${maps}?watch=1&resourceVersion=x`,
    {},
    500,
    'resourceVersion: Invalid value: "x": strconv.ParseUint: parsing "x": invalid syntax',
  ],
];

test.each(errors)('%s', async (request, call, code, message) => {
  const reply = await server.call(request, call);
  expect(reply.body).toMatchObject({ kind: 'Status', status: 'Failure', message, code });
  expect(reply.status).toBe(code);
});

test.each(['/healthz/ping', '/livez/ping', '/readyz/ping'])('%s answers ok', async (path) => {
  expect((await server.call(`GET ${path}`)).body).toEqual({ text: 'ok' });
});

test('the log of a pod that has no node yet is empty', async () => {
  const resources = { requests: { cpu: '500' } };
  const body = {
    metadata: { name: 'too-big' },
    spec: { containers: [{ name: 'main', image: 'nginx:1.27', resources }] },
  };
  await server.call('POST /api/v1/namespaces/default/pods', { body });
  const log = await server.call('GET /api/v1/namespaces/default/pods/too-big/log?follow=true');
  expect(log).toMatchObject({ status: 200, body: {} });
});

test('jobs are selected by how many of their pods succeeded', async () => {
  const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'nginx:1.27' }] } };
  const jobs = '/apis/batch/v1/namespaces/default/jobs';
  await server.call(`POST ${jobs}`, { body: { metadata: { name: 'j' }, spec: { suspend: true, template } } });
  const count = async (successful: number): Promise<unknown> => {
    const { body } = await server.call(`GET ${jobs}?fieldSelector=status.successful=${successful}`);
    return (body['items'] as unknown[]).length;
  };
  expect([await count(0), await count(1)]).toEqual([1, 0]);
});
