/** Quotas and limit ranges. Expected: what a real API server of the same version answers. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../runner/sandbox/kube/kube.ts';
import { openKubeServer, type KubeServer, type Reply } from '../../helper/kube-server.ts';

const base = '/api/v1/namespaces/default';
let server: KubeServer;
beforeAll(async () => {
  server = await openKubeServer();
});
afterAll(() => server.close());

const create = (resource: string, name: string, spec: JsonObject): Promise<Reply> =>
  server.call(`POST ${base}/${resource}`, { body: { metadata: { name }, spec } });

const pod = (name: string, requests: JsonObject, limits: JsonObject): Promise<Reply> =>
  create('pods', name, { containers: [{ name: 'c', image: 'nginx:1.27', resources: { requests, limits } }] });

test('a quota counts, and refuses what is too much or says nothing', async () => {
  await create('resourcequotas', 'small', {
    hard: { pods: '2', 'requests.cpu': '1', 'limits.memory': '1Gi' },
  });
  const bare = await create('pods', 'bare', { containers: [{ name: 'c', image: 'nginx:1.27' }] });
  expect([bare.status, bare.body['message']]).toEqual([
    403,
    'pods "bare" is forbidden: failed quota: small: must specify limits.memory for: c; requests.cpu for: c',
  ]);
  expect((await pod('fits', { cpu: '500m' }, { memory: '256Mi' })).status).toBe(201);
  expect((await pod('both', { cpu: '900m' }, { memory: '900Mi' })).body['message']).toBe(
    'pods "both" is forbidden: exceeded quota: small, requested: limits.memory=900Mi,requests.cpu=900m, used: limits.memory=256Mi,requests.cpu=500m, limited: limits.memory=1Gi,requests.cpu=1',
  );
  await expect
    .poll(async () => (await server.call(`GET ${base}/resourcequotas/small`)).body['status'])
    .toEqual({
      hard: { pods: '2', 'requests.cpu': '1', 'limits.memory': '1Gi' },
      used: { pods: '1', 'requests.cpu': '500m', 'limits.memory': '256Mi' },
    });
  await server.call(`DELETE ${base}/resourcequotas/small`);
});

test('a limit range fills what is missing and refuses what is out of it', async () => {
  const item = { type: 'Container', max: { memory: '512Mi' }, min: { cpu: '50m' }, default: { cpu: '200m' } };
  await create('limitranges', 'box', { limits: [{ ...item, defaultRequest: { cpu: '100m' } }] });
  const { body } = await create('pods', 'bare', { containers: [{ name: 'c', image: 'nginx:1.27' }] });
  expect(body).toMatchObject({
    metadata: {
      annotations: {
        'kubernetes.io/limit-ranger':
          'LimitRanger plugin set: cpu, memory request for container c; cpu, memory limit for container c',
      },
    },
    spec: {
      containers: [
        {
          resources: {
            limits: { cpu: '200m', memory: '512Mi' },
            requests: { cpu: '100m', memory: '512Mi' },
          },
        },
      ],
    },
  });
  const worse = await pod('worse', { cpu: '10m' }, { memory: '1Gi' });
  expect(worse.body['message']).toBe(
    'pods "worse" is forbidden: [minimum cpu usage per Container is 50m, but request is 10m, maximum memory usage per Container is 512Mi, but limit is 1Gi]',
  );
});

test.each([
  ['resourcequotas', { hard: { 'requests.example.com/gpu': '1' } }, 'a quota of requests.example.com/gpu'],
  ['resourcequotas', { hard: { pods: '1' }, scopes: ['BestEffort'] }, 'a quota with scopes'],
  ['limitranges', { limits: [{ type: 'PersistentVolumeClaim' }] }, 'a limit range of PersistentVolumeClaim'],
])('what nobody would keep is refused: %s %j', async (resource, spec, words) => {
  for (const query of ['', '?dryRun=All']) {
    const body = { metadata: { name: 'q' }, spec: spec as JsonObject };
    expect(await server.call(`POST ${base}/${resource}${query}`, { body })).toMatchObject({
      status: 501,
      body: { reason: 'NotImplemented', message: expect.stringContaining(words) },
    });
  }
});
