/** Events as controllers record them: counted up, dropped with their namespace, and selected by what they are about. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KubeObject, ResourceName } from '../../../runner/sandbox/kube/kube.ts';
import { openKubeServer, type KubeServer } from '../../helper/kube-server.ts';

const events: ResourceName = { group: '', version: 'v1', resource: 'events' };
const configMaps: ResourceName = { group: '', version: 'v1', resource: 'configmaps' };
let server: KubeServer;
let about: KubeObject;
beforeAll(async () => {
  server = await openKubeServer();
  const metadata = { name: 'subject', namespace: 'default' };
  about = server.kube.cluster.create(configMaps, { apiVersion: 'v1', kind: 'ConfigMap', metadata }, 'test');
});
afterAll(() => server.close());

test('the same thing about the same object counts up, another does not', async () => {
  const event = { type: 'Normal', reason: 'Tested', message: 'once more', component: 'tester' } as const;
  for (let time = 0; time < 3; time += 1) server.kube.cluster.event(about, event);
  server.kube.cluster.event(about, { ...event, message: 'something else' });
  const listed = await server.call(
    'GET /api/v1/namespaces/default/events?fieldSelector=involvedObject.name%3Dsubject,reason%3DTested',
  );
  const items = listed.body['items'] as { count: number; message: string }[];
  expect(items.map(({ count, message }) => `${count} ${message}`).toSorted()).toEqual([
    '1 something else',
    '3 once more',
  ]);
});

test('an event in a namespace that is gone is dropped', () => {
  const before = server.kube.cluster.list(events).length;
  const lost = { ...about, metadata: { ...about.metadata, namespace: 'gone' } };
  server.kube.cluster.event(lost, { type: 'Warning', reason: 'Lost', message: 'lost', component: 'tester' });
  expect(server.kube.cluster.list(events)).toHaveLength(before);
});
