/** StatefulSets over a clock that the test moves. Expected: order, events and counts of a real controller. */
import { expect, test } from 'vitest';
import type { JsonObject, KubeObject } from '../../../runner/sandbox/kube/kube.ts';
import { deployment, name, openWorld, pods, type World } from '../../helper/controllers.ts';

const sets = name('apps', 'statefulsets');
const revisions = name('apps', 'controllerrevisions');

const spec = (image: string, more: JsonObject = {}): JsonObject =>
  deployment({ image }, { replicas: 3, serviceName: 'web', ...more });

const get = (world: World): KubeObject => {
  const found = world.cluster.get(sets, 'default', 'web');
  if (found === undefined) throw new Error('no set');
  return found;
};

const change = (world: World, more: JsonObject): void => {
  const held = get(world);
  world.cluster.update(sets, { ...held, spec: { ...held.spec, ...more } }, 'test');
};

const hasReady = (world: World, count: number) => (): boolean => {
  const { status, metadata } = get(world);
  return (
    status?.['observedGeneration'] === metadata.generation &&
    status?.['availableReplicas'] === count &&
    status['replicas'] === count &&
    status['updatedReplicas'] === count
  );
};

const images = (world: World): unknown[] =>
  world.cluster
    .list(pods, 'default')
    .map(({ spec: of, metadata }) => [
      metadata.name,
      (of as { containers: JsonObject[] }).containers[0]?.['image'],
    ]);

test('pods come one after the other, and go in the opposite order', () => {
  const world = openWorld();
  world.make(sets, { metadata: { name: 'web' }, spec: spec('nginx:1.27') });
  expect(world.clock.until(() => world.cluster.list(pods).length === 2, 20_000)).toBe(true);
  expect(world.pod('web-0')?.status?.['phase']).toBe('Running');
  expect(world.clock.until(hasReady(world, 3), 20_000)).toBe(true);
  expect(world.events('StatefulSet/web')).toEqual([
    'SuccessfulCreate: create Pod web-0 in StatefulSet web successful',
    'SuccessfulCreate: create Pod web-1 in StatefulSet web successful',
    'SuccessfulCreate: create Pod web-2 in StatefulSet web successful',
  ]);
  change(world, { replicas: 1 });
  expect(world.clock.until(hasReady(world, 1), 90_000)).toBe(true);
  expect(world.events('StatefulSet/web').slice(3)).toEqual([
    'SuccessfulDelete: delete Pod web-2 in StatefulSet web successful',
    'SuccessfulDelete: delete Pod web-1 in StatefulSet web successful',
  ]);
});

test('an update stops at the partition, and the old template comes back as a newer revision', () => {
  const world = openWorld();
  world.make(sets, { metadata: { name: 'web' }, spec: spec('nginx:1.27') });
  expect(world.clock.until(hasReady(world, 3), 20_000)).toBe(true);
  const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: 2 } };
  change(world, { ...spec('nginx:1.28'), updateStrategy });
  const isPartial = (): boolean =>
    get(world).status?.['updatedReplicas'] === 1 && get(world).status?.['availableReplicas'] === 3;
  expect(world.clock.until(isPartial, 60_000)).toBe(true);
  expect(images(world)).toEqual([
    ['web-0', 'nginx:1.27'],
    ['web-1', 'nginx:1.27'],
    ['web-2', 'nginx:1.28'],
  ]);
  world.cluster.delete(pods, 'default', 'web-0');
  world.clock.advance(40_000);
  expect(world.clock.until(isPartial, 60_000)).toBe(true);
  expect(images(world)[0]).toEqual(['web-0', 'nginx:1.27']);
  change(world, spec('nginx:1.27', { updateStrategy: { type: 'RollingUpdate' } }));
  expect(world.clock.until(hasReady(world, 3), 60_000)).toBe(true);
  expect(new Set(world.cluster.list(revisions).map((one) => one['revision']))).toEqual(new Set([2, 3]));
  expect(get(world).status?.['currentRevision']).toBe(get(world).status?.['updateRevision']);
});

test('each pod has its own claim, which outlives it; without a volume the pod waits', () => {
  const world = openWorld();
  const claim = {
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  };
  world.make(sets, {
    metadata: { name: 'web' },
    spec: spec('nginx:1.27', { replicas: 1, volumeClaimTemplates: [claim] }),
  });
  world.clock.advance(1000);
  expect(world.events('StatefulSet/web')).toEqual([
    'SuccessfulCreate: create Claim data-web-0 Pod web-0 in StatefulSet web success',
    'SuccessfulCreate: create Pod web-0 in StatefulSet web successful',
  ]);
  expect(world.events('Pod/web-0')).toEqual([
    'FailedScheduling: 0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found',
  ]);
  world.make(name('', 'persistentvolumes'), {
    metadata: { name: 'disk' },
    spec: { capacity: { storage: '2Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/disk' } },
  });
  expect(world.clock.until(hasReady(world, 1), 20_000)).toBe(true);
  world.cluster.delete(sets, 'default', 'web');
  world.clock.advance(60_000);
  expect(world.cluster.list(pods)).toEqual([]);
  const kept = world.cluster.get(name('', 'persistentvolumeclaims'), 'default', 'data-web-0');
  expect(kept?.status).toMatchObject({ phase: 'Bound', capacity: { storage: '2Gi' } });
});
