/**
 * Controllers whose pods the API refuses: they try later and later, and say so in few events. Counts and texts were seen on a
 * real control plane of the same version.
 */
import { expect, test } from 'vitest';
import type { Cluster, JsonObject, KubeObject } from '../../../runner/sandbox/kube/kube.ts';
import { name, openWorld } from '../../helper/controllers.ts';

const events = name('', 'events');
const LOOKUP = 'is forbidden: error looking up service account default/nope: serviceaccount "nope" not found';
const NINE_SECONDS = 9000;

const podSpec = { containers: [{ name: 'c', image: 'nginx:1.27' }] };
const replicated = (spec: JsonObject, replicas = 1): JsonObject => ({
  replicas,
  selector: { matchLabels: { app: 'a' } },
  template: { metadata: { labels: { app: 'a' } }, spec },
});
const byNobody = { ...podSpec, serviceAccountName: 'nope' };

/** `count message`, in order of their names, which begin with the time. */
const warnings = (cluster: Cluster): string[] =>
  cluster
    .list(events, 'default')
    .filter(({ reason }) => reason === 'FailedCreate')
    .map((event) => `${String(event['count'])} ${String(event['message'])}`);

interface Case {
  readonly resource: string;
  readonly group: string;
  readonly spec: JsonObject;
  readonly said: string;
}

const CASES: readonly Case[] = [
  {
    resource: 'replicasets',
    group: 'apps',
    spec: replicated(byNobody),
    said: `11 Error creating: pods "x-" ${LOOKUP}`,
  },
  {
    resource: 'daemonsets',
    group: 'apps',
    spec: { selector: { matchLabels: { app: 'a' } }, template: replicated(byNobody)['template'] },
    said: `11 Error creating: pods "x-" ${LOOKUP}`,
  },
  {
    resource: 'statefulsets',
    group: 'apps',
    spec: { ...replicated(byNobody), serviceName: 'x' },
    said: `11 create Pod x-0 in StatefulSet x failed error: pods "x-0" ${LOOKUP}`,
  },
  {
    resource: 'jobs',
    group: 'batch',
    spec: { template: { spec: { ...byNobody, restartPolicy: 'Never' } } },
    said: `4 Error creating: pods "x-" ${LOOKUP}`,
  },
];

test.each(CASES)('$resource: what is refused is tried later and later', ({ group, resource, spec, said }) => {
  const world = openWorld();
  world.make(name(group, resource), { metadata: { name: 'x' }, spec });
  world.clock.advance(NINE_SECONDS);
  expect(warnings(world.cluster)).toEqual([said]);
  world.make(name('', 'serviceaccounts'), { metadata: { name: 'nope' } });
  world.clock.advance(NINE_SECONDS);
  expect(world.pod('x-')?.status?.['phase']).toMatch(/^(?:Running|Succeeded)$/v);
});

test('a sync in between starts no other row of retries', () => {
  const world = openWorld();
  const sets = name('apps', 'replicasets');
  world.make(sets, { metadata: { name: 'x' }, spec: replicated(byNobody) });
  for (const note of ['one', 'two', 'three']) {
    const set = world.cluster.get(sets, 'default', 'x') as KubeObject;
    world.cluster.update(sets, { ...set, metadata: { ...set.metadata, annotations: { note } } }, 'test');
    world.clock.advance(10);
  }
  world.clock.advance(NINE_SECONDS);
  const [said = ''] = warnings(world.cluster);
  expect(Number.parseInt(said, 10)).toBeLessThanOrEqual(14);
});

test('under a quota pods are tried in growing batches, and many different refusals become one', () => {
  const world = openWorld();
  world.make(name('', 'resourcequotas'), {
    kind: 'ResourceQuota',
    metadata: { name: 'q' },
    spec: { hard: { pods: '1' } },
  });
  world.make(name('apps', 'replicasets'), { metadata: { name: 'x' }, spec: replicated(podSpec, 3) });
  world.clock.advance(1);
  expect(warnings(world.cluster)).toHaveLength(2);
  world.clock.advance(NINE_SECONDS);
  const said = warnings(world.cluster);
  const why =
    'Error creating: pods "x-NAME" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1';
  const plain = said.map((line) => line.replaceAll(/x-[a-z0-9]{5}/gv, 'x-NAME'));
  expect(plain.slice(0, 9)).toEqual(Array.from({ length: 9 }, () => `1 ${why}`));
  expect(plain).toHaveLength(10);
  expect(plain[9]?.replace(/^\d+/v, 'N')).toBe(`N (combined from similar events): ${why}`);
  const last = world.cluster
    .list(events, 'default')
    .find(({ message }) => String(message).startsWith('(comb'));
  expect(last).toMatchObject({
    source: { component: 'replicaset-controller' },
    reportingComponent: '',
    reportingInstance: '',
  });
});
