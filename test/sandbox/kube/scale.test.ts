/** Who owns the replicas after a scale. Expected: what a real API server of the same version records and refuses. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../runner/sandbox/kube/kube.ts';
import { openKubeServer, type KubeServer, type Reply } from '../../helper/kube-server.ts';

const path = '/apis/apps/v1/namespaces/default/deployments';
const merge = { 'content-type': 'application/merge-patch+json' };
const apply = { 'content-type': 'application/apply-patch+yaml' };
const replicas = { 'f:spec': { 'f:replicas': {} } };

let server: KubeServer;
beforeAll(async () => {
  server = await openKubeServer();
  const spec = {
    selector: { matchLabels: { app: 'a' } },
    template: {
      metadata: { labels: { app: 'a' } },
      spec: { containers: [{ name: 'a', image: 'nginx:1.27' }] },
    },
  };
  await server.call(`POST ${path}?fieldManager=maker`, { body: { metadata: { name: 'web' }, spec } });
});
afterAll(() => server.close());

const scale = (count: number, manager: string, place = '/scale'): Promise<Reply> =>
  server.call(`PATCH ${path}/web${place}?fieldManager=${manager}`, {
    headers: merge,
    body: { spec: { replicas: count } },
  });

async function ownersOfReplicas(): Promise<JsonObject[]> {
  const { body } = await server.call(`GET ${path}/web`);
  const { managedFields } = body['metadata'] as { managedFields: JsonObject[] };
  return managedFields.filter((entry) => JSON.stringify(entry['fieldsV1']).includes('"f:replicas":{}}'));
}

test('a scale owns the replicas as a subresource, without a time, until somebody else moves them', async () => {
  await scale(3, 'kubectl');
  const owner = { operation: 'Update', apiVersion: 'apps/v1', fieldsType: 'FieldsV1', fieldsV1: replicas };
  expect(await ownersOfReplicas()).toEqual([{ ...owner, manager: 'kubectl', subresource: 'scale' }]);
  await scale(4, 'other');
  expect(await ownersOfReplicas()).toEqual([{ ...owner, manager: 'other', subresource: 'scale' }]);
  await scale(5, 'editor', '');
  const edited = { ...owner, manager: 'editor' };
  expect(await ownersOfReplicas()).toEqual([{ ...edited, time: expect.any(String) }]);
  await scale(5, 'other');
  expect(await ownersOfReplicas()).toEqual([edited]);
});

test('a server-side apply conflicts with a scale', async () => {
  await scale(2, 'kubectl');
  const body = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { replicas: 9 },
  };
  expect(await server.call(`PATCH ${path}/web?fieldManager=me`, { headers: apply, body })).toMatchObject({
    status: 409,
    body: {
      message:
        'Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas',
    },
  });
});
