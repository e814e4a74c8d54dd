/** Events as controllers record them: counted up, dropped with their namespace, and selected by what they are about. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject, KubeObject, ResourceName } from '../../../runner/sandbox/kube/kube.ts';
import { openKubeServer, type KubeServer } from '../../helper/kube-server.ts';

const events: ResourceName = { group: '', version: 'v1', resource: 'events' };
const configMaps: ResourceName = { group: '', version: 'v1', resource: 'configmaps' };
const newer = '/apis/events.k8s.io/v1';
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

const nodeEvent = { type: 'Normal', reason: 'Pulled', component: 'kubelet', host: 'node-1' } as const;
const bindingEvent = { type: 'Normal', component: 'default-scheduler', host: 'scheduler-1' } as const;
const microTime: unknown = expect.stringMatching(/^\d{4}-.*\.\d{6}Z$/v);

async function eventNamed(message: string, root = '/api/v1'): Promise<JsonObject | undefined> {
  const { body } = await server.call(`GET ${root}/namespaces/default/events`);
  const items = body['items'] as JsonObject[];
  return items.find((item) => item['message'] === message || item['note'] === message);
}

test('a kubelet reports from its node, by whole seconds', async () => {
  server.kube.cluster.event(about, { ...nodeEvent, message: 'from a node' });
  expect(await eventNamed('from a node')).toMatchObject({
    source: { component: 'kubelet', host: 'node-1' },
    reportingComponent: 'kubelet',
    reportingInstance: 'node-1',
    eventTime: null,
    count: 1,
    metadata: { managedFields: [{ manager: 'kubelet', apiVersion: 'v1' }] },
  });
});

test('a component with an action reports through events.k8s.io: no source, microseconds, then a series', async () => {
  const event = { ...bindingEvent, reason: 'Scheduled', action: 'Binding', message: 'bound' };
  server.kube.cluster.event(about, event);
  const first = await eventNamed('bound');
  expect(first).toMatchObject({
    action: 'Binding',
    eventTime: microTime,
    firstTimestamp: null,
    lastTimestamp: null,
    source: {},
    reportingComponent: 'default-scheduler',
    reportingInstance: 'scheduler-1',
    metadata: { managedFields: [{ manager: 'kube-scheduler', apiVersion: 'events.k8s.io/v1' }] },
  });
  expect(first).not.toHaveProperty('count');
  server.kube.cluster.event(about, event);
  expect(await eventNamed('bound')).toMatchObject({ series: { count: 2, lastObservedTime: microTime } });
});

test('events.k8s.io/v1 shows the same events under its own names, and takes no writes', async () => {
  server.kube.cluster.event(about, { ...nodeEvent, message: 'seen twice' });
  const [core, view] = [await eventNamed('seen twice'), await eventNamed('seen twice', newer)];
  expect(view).toMatchObject({
    metadata: core?.['metadata'],
    regarding: core?.['involvedObject'],
    reportingController: 'kubelet',
    deprecatedSource: { component: 'kubelet', host: 'node-1' },
    deprecatedCount: 1,
  });
  expect(view).not.toHaveProperty('message');
  const selected = await server.call(`GET ${newer}/events?fieldSelector=regarding.name%3Dsubject`);
  expect(selected.body).toMatchObject({ kind: 'EventList', apiVersion: 'events.k8s.io/v1' });
  expect((selected.body['items'] as JsonObject[]).length).toBeGreaterThan(0);
  const unknown = await server.call(`GET ${newer}/events?fieldSelector=involvedObject.name%3Dsubject`);
  expect(unknown.body['message']).toBe('field label not supported: involvedObject.name');
  const refused = await server.call(`POST ${newer}/namespaces/default/events`, {
    body: { metadata: { name: 'x' } },
  });
  expect(refused).toMatchObject({
    status: 501,
    body: { message: expect.stringContaining('create of events.events.k8s.io') },
  });
});

test('an event in a namespace that is gone is dropped', () => {
  const before = server.kube.cluster.list(events).length;
  const lost = { ...about, metadata: { ...about.metadata, namespace: 'gone' } };
  server.kube.cluster.event(lost, { type: 'Warning', reason: 'Lost', message: 'lost', component: 'tester' });
  expect(server.kube.cluster.list(events)).toHaveLength(before);
});
