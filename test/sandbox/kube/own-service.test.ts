/** What every cluster shows of itself: the way to its API, and the limits of a namespace, of which there are none. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openKubeServer, type KubeServer } from '../../helper/kube-server.ts';

const inDefault = 'namespaces/default';

let server: KubeServer;
beforeAll(async () => {
  server = await openKubeServer();
});
afterAll(() => server.close());

test('the Service kubernetes leads to where the API listens', async () => {
  const port = Number(new URL(server.url).port);
  const listening = [{ name: 'https', port, protocol: 'TCP' }];
  const service = await server.call(`GET /api/v1/${inDefault}/services/kubernetes`);
  expect(service.body['spec']).toMatchObject({ ports: [{ port: 443, targetPort: port }] });
  const endpoints = await server.call(`GET /api/v1/${inDefault}/endpoints/kubernetes`);
  expect(endpoints.body['subsets']).toEqual([{ addresses: [{ ip: '127.0.0.1' }], ports: listening }]);
  const slice = await server.call(`GET /apis/discovery.k8s.io/v1/${inDefault}/endpointslices/kubernetes`);
  expect(slice.body).toMatchObject({
    metadata: { generation: 1, labels: { 'kubernetes.io/service-name': 'kubernetes' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['127.0.0.1'], conditions: { ready: true } }],
    ports: listening,
  });
});

test('a new address takes the place of the old one', async () => {
  server.kube.publish('https://127.0.0.2:7443');
  const slices = await server.call(`GET /apis/discovery.k8s.io/v1/${inDefault}/endpointslices`);
  expect(slices.body['items']).toMatchObject([
    { metadata: { generation: 2 }, endpoints: [{ addresses: ['127.0.0.2'] }], ports: [{ port: 7443 }] },
  ]);
});
