/** What is accepted with a warning, given once, or not kept at all. Expected: what a real API server was recorded to say. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../runner/sandbox/kube/kube.ts';
import { openKubeServer, type KubeServer } from '../../helper/kube-server.ts';

const services = '/api/v1/namespaces/default/services';
const deployments = '/apis/apps/v1/namespaces/default/deployments';

let server: KubeServer;
beforeAll(async () => {
  server = await openKubeServer();
});
afterAll(() => server.close());

const twice = [
  { name: 'A', value: 'x' },
  { name: 'A', value: 'z' },
];
const hidden =
  '299 - "spec.template.spec.containers[0].env[1]: hides previous definition of \\"A\\", which may be dropped when using apply"';

function deployment(name: string): JsonObject {
  const labels = { app: name };
  const containers = [{ name: 'web', image: 'nginx', env: twice }];
  const template = { metadata: { labels }, spec: { containers } };
  return { metadata: { name }, spec: { replicas: 0, selector: { matchLabels: labels }, template } };
}

function nodePort(name: string, port: number): JsonObject {
  return { metadata: { name }, spec: { type: 'NodePort', ports: [{ port: 80, nodePort: port }] } };
}

test('a template is warned of when it is made and when its Deployment moves on, not otherwise', async () => {
  const made = await server.call(`POST ${deployments}`, { body: deployment('warned') });
  expect(made.headers.get('warning')).toBe(hidden);
  const patch = async (body: JsonObject): Promise<string | null> => {
    const headers = { 'content-type': 'application/merge-patch+json' };
    return (await server.call(`PATCH ${deployments}/warned`, { body, headers })).headers.get('warning');
  };
  expect(await patch({ metadata: { labels: { a: 'b' } } })).toBeNull();
  expect(await patch({ spec: { minReadySeconds: 1 } })).toBe(hidden);
});

test.each([
  ['v1.32.0', null],
  ['v1.33.0', '299 - "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"'],
])('a server of %s says of Endpoints: %s', async (version, warning) => {
  const versioned = await openKubeServer({ version });
  const reply = await versioned.call('GET /api/v1/namespaces/default/endpoints');
  await versioned.close();
  expect(reply.headers.get('warning')).toBe(warning);
});

test('a node port has one owner, and is free again without it', async () => {
  const create = async (name: string): Promise<unknown> =>
    (await server.call(`POST ${services}`, { body: nodePort(name, 30_081) })).body['message'];
  expect(await create('first')).toBeUndefined();
  expect(await create('second')).toBe(
    'Service "second" is invalid: spec.ports[0].nodePort: Invalid value: 30081: provided port is already allocated',
  );
  await server.call(`DELETE ${services}/first`);
  expect(await create('second')).toBeUndefined();
});

test.each<[JsonObject, string]>([
  [{ podFailurePolicy: { rules: [{ action: 'Ignore' }] } }, 'podFailurePolicy'],
  [{ completionMode: 'Indexed', completions: 1, backoffLimitPerIndex: 1 }, 'backoffLimitPerIndex'],
  [
    { completionMode: 'Indexed', completions: 1, successPolicy: { rules: [{ succeededCount: 1 }] } },
    'successPolicy',
  ],
])('a Job with %j is not taken for one that keeps it', async (fields, named) => {
  const containers = [{ name: 'a', image: 'busybox' }];
  const body = {
    metadata: { name: 'j' },
    spec: { ...fields, template: { spec: { restartPolicy: 'Never', containers } } },
  };
  const reply = await server.call('POST /apis/batch/v1/namespaces/default/jobs', { body });
  expect(reply.status).toBe(501);
  expect(reply.body['message']).toBe(`the cluster emulator does not implement ${named} of Jobs`);
});
