/** Two clusters with one seed give the same names and addresses, however their clients took turns. */
import { afterEach, expect, test } from 'vitest';
import { openKubeServer, type KubeServer } from '../../helper/kube-server.ts';

const servers: KubeServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const deployments = '/apis/apps/v1/namespaces/default/deployments';

test('pods, their UIDs and Services are the same, created in another order', async () => {
  const orders = [
    ['web', 'api'],
    ['api', 'noise', 'web'],
  ];
  const seen = await Promise.all(orders.map((order) => describeWorld(order)));
  expect(seen[0]?.length).toBe(6);
  expect(seen[1]).toEqual(seen[0]);
});

/** Names, UIDs and addresses of what `web` and `api` got, in order. */
async function describeWorld(order: readonly string[]): Promise<string[]> {
  const server = await openKubeServer();
  servers.push(server);
  for (const name of order) await deploy(server, name);
  const pods = { group: '', version: 'v1', resource: 'pods' };
  for (let round = 0; server.kube.cluster.list(pods).length < order.length * 2 && round < 500; round += 1)
    await new Promise((resolve) => setTimeout(resolve, 20));
  const services = server.kube.cluster.list({ ...pods, resource: 'services' });
  return [...server.kube.cluster.list(pods), ...services]
    .filter(({ metadata }) => /^(?:web|api)/.test(metadata.name))
    .map(({ metadata, spec }) => `${metadata.name} ${metadata.uid} ${JSON.stringify(spec?.['clusterIP'])}`)
    .toSorted();
}

async function deploy(server: KubeServer, name: string): Promise<void> {
  const labels = { app: name };
  const template = {
    metadata: { labels },
    spec: { containers: [{ name: 'main', image: 'nginx:1.27' }] },
  };
  const spec = { replicas: 2, selector: { matchLabels: labels }, template };
  await server.call(`POST ${deployments}`, { body: { metadata: { name }, spec } });
  const service = { metadata: { name }, spec: { selector: labels, ports: [{ port: 80 }] } };
  await server.call('POST /api/v1/namespaces/default/services', { body: service });
}
