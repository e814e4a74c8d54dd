/** What in-process callers rely on: copies, order, and a store that brings the whole cluster back. */
import { afterEach, expect, test } from 'vitest';
import { openKube } from '../../../runner/sandbox/kube/open.ts';
import type { Kube, KubeObject, ResourceName } from '../../../runner/sandbox/kube/kube.ts';
import { seededIds } from '../../../runner/sandbox/store/ids.ts';
import { openStore } from '../../../runner/sandbox/store/open.ts';
import type { Store } from '../../../runner/sandbox/store/store.ts';
import { manualClock } from '../../helper/manual-clock.ts';

const configMaps: ResourceName = { group: '', version: 'v1', resource: 'configmaps' };
const opened: Kube[] = [];
afterEach(() => {
  for (const kube of opened.splice(0)) kube.close();
});

function open(store: Store = openStore()): Kube {
  const options = {
    clock: manualClock(),
    ids: seededIds('test'),
    version: 'v1.34.4',
    speed: 1,
    programs: {},
  };
  const kube = openKube({ ...options, store, adminToken: 'admin' });
  opened.push(kube);
  return kube;
}

const configMap = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default' },
  data: { a: '1' },
});

test('what is handed out is a copy, and so is what was handed in', () => {
  const { cluster } = open();
  const given = configMap('copy');
  const made = cluster.create(configMaps, given, 'test');
  given['data'] = { a: 'changed' };
  made['data'] = { a: 'changed' };
  const read = cluster.get(configMaps, 'default', 'copy');
  expect(read?.['data']).toEqual({ a: '1' });
  if (read !== undefined) read.metadata.name = 'changed';
  expect(cluster.list(configMaps, 'default').map(({ metadata }) => metadata.name)).toContain('copy');
});

test('a listener that writes hears of its own write after the change that caused it', () => {
  const { cluster } = open();
  const heard: string[] = [];
  const watcher = (mark: string) => (change: { type: string; object: KubeObject }) => {
    heard.push(`${mark} ${change.type} ${change.object.metadata.name}`);
    if (mark === 'first' && change.object.metadata.name === 'cause') {
      cluster.create(configMaps, configMap('effect'), 'test');
    }
  };
  cluster.watch(watcher('first'));
  cluster.watch(watcher('second'));
  cluster.create(configMaps, configMap('cause'), 'test');
  expect(heard).toEqual([
    'first ADDED cause',
    'second ADDED cause',
    'first ADDED effect',
    'second ADDED effect',
  ]);
});

test('a refused write leaves nothing behind', () => {
  const { cluster } = open();
  expect(() => cluster.create(configMaps, { ...configMap('bad'), data: { 'no key': '' } }, 'test')).toThrow(
    /is invalid/,
  );
  expect(cluster.get(configMaps, 'default', 'bad')).toBeUndefined();
});

test('a snapshot brings back objects and tokens', async () => {
  const store = openStore();
  const first = open(store);
  first.cluster.create(
    { group: '', version: 'v1', resource: 'serviceaccounts' },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'bot', namespace: 'default' } },
    'test',
  );
  const token = first.cluster.token('default', 'bot');
  const made = first.cluster.create(configMaps, configMap('kept'), 'test');
  const second = open(openStore({ snapshot: store.snapshot() }));
  expect(second.cluster.get(configMaps, 'default', 'kept')).toEqual(made);
  const reply = await second.handler({
    method: 'GET',
    path: '/api',
    query: new URLSearchParams(),
    headers: { authorization: `Bearer ${token}` },
    body: async () => new Uint8Array(),
    signal: new AbortController().signal,
  });
  expect(reply.status).toBe(200);
});
