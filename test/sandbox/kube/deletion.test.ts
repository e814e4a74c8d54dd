/** Namespaces that empty themselves, and what becomes of objects whose owners go. */
import { expect, test } from 'vitest';
import {
  conditionOf,
  deployment,
  deployments,
  name,
  namespaces,
  openWorld,
  pods,
  replicaSets,
  type World,
} from '../../helper/controllers.ts';

function withDeployment(): World {
  const world = openWorld();
  world.make(deployments, {
    metadata: { name: 'app' },
    spec: deployment({ image: 'nginx:1.27' }, { replicas: 2 }),
  });
  world.clock.advance(10_000);
  expect(world.cluster.list(pods)).toHaveLength(2);
  return world;
}

const isEmpty = (world: World) => (): boolean =>
  [deployments, replicaSets, pods].every((resource) => world.cluster.list(resource).length === 0);

test('a namespace gets its default account and root certificate, and empties itself when deleted', () => {
  const world = openWorld();
  world.make(namespaces, { metadata: { name: 'prod' } });
  world.clock.advance(100);
  expect(world.cluster.get(name('', 'serviceaccounts'), 'prod', 'default')).toBeDefined();
  expect(world.cluster.get(name('', 'configmaps'), 'prod', 'kube-root-ca.crt')).toBeDefined();
  world.make(deployments, {
    metadata: { name: 'app', namespace: 'prod' },
    spec: deployment({ image: 'nginx:1.27' }),
  });
  world.clock.advance(10_000);
  expect(world.cluster.list(pods, 'prod')).toHaveLength(1);
  world.cluster.delete(namespaces, undefined, 'prod');
  world.clock.advance(5);
  expect(world.cluster.get(namespaces, undefined, 'prod')?.status).toMatchObject({ phase: 'Terminating' });
  const isGone = (): boolean => world.cluster.get(namespaces, undefined, 'prod') === undefined;
  expect(world.clock.until(isGone, 60_000)).toBe(true);
  expect(isEmpty(world)()).toBe(true);
  expect(world.cluster.list(name('', 'configmaps'), 'prod')).toEqual([]);
});

test('a finalizer holds the namespace, which says so', () => {
  const world = openWorld();
  const prod = { name: 'prod' };
  world.make(namespaces, { metadata: prod });
  const configMaps = name('', 'configmaps');
  const finalizers = ['example.com/hold'];
  world.make(configMaps, { metadata: { name: 'held', namespace: 'prod', finalizers } });
  world.clock.advance(100);
  world.cluster.delete(namespaces, undefined, 'prod');
  world.clock.advance(10_000);
  const held = world.cluster.get(namespaces, undefined, 'prod');
  expect(conditionOf(held, 'NamespaceContentRemaining')).toMatchObject({
    status: 'True',
    reason: 'SomeResourcesRemain',
    message: 'Some resources are remaining: configmaps. has 1 resource instances',
  });
  expect(conditionOf(held, 'NamespaceFinalizersRemaining')).toMatchObject({
    status: 'True',
    reason: 'SomeFinalizersRemain',
    message:
      'Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances',
  });
  const object = world.cluster.get(configMaps, 'prod', 'held');
  if (object === undefined) throw new Error('the ConfigMap is gone');
  world.cluster.update(configMaps, { ...object, metadata: { ...object.metadata, finalizers: [] } }, 'test');
  world.clock.advance(100);
  expect(world.cluster.get(namespaces, undefined, 'prod')).toBeUndefined();
});

test('background: the owner goes at once, what it owned follows', () => {
  const world = withDeployment();
  world.cluster.delete(deployments, 'default', 'app', { propagation: 'Background' });
  expect(world.cluster.list(deployments)).toEqual([]);
  expect(world.cluster.list(pods)).toHaveLength(2);
  expect(world.clock.until(isEmpty(world), 60_000)).toBe(true);
});

test('foreground: pods go first, the owner last', () => {
  const world = withDeployment();
  const order: string[] = [];
  world.cluster.watch(({ type, object }) => {
    if (type === 'DELETED') order.push(object.kind);
  });
  world.cluster.delete(deployments, 'default', 'app', { propagation: 'Foreground' });
  expect(world.clock.until(isEmpty(world), 60_000)).toBe(true);
  expect(order).toEqual(['Pod', 'Pod', 'ReplicaSet', 'Deployment']);
});

test('orphan: the ReplicaSet stays, and a new Deployment adopts it', () => {
  const world = withDeployment();
  world.cluster.delete(deployments, 'default', 'app', { propagation: 'Orphan' });
  world.clock.advance(1000);
  expect(world.cluster.list(deployments)).toEqual([]);
  const [orphan] = world.cluster.list(replicaSets);
  expect(orphan?.metadata.ownerReferences ?? []).toEqual([]);
  expect(world.cluster.list(pods)).toHaveLength(2);
  world.make(deployments, {
    metadata: { name: 'app' },
    spec: deployment({ image: 'nginx:1.27' }, { replicas: 2 }),
  });
  world.clock.advance(1000);
  expect(world.cluster.list(replicaSets)).toHaveLength(1);
  expect(world.cluster.list(replicaSets)[0]?.metadata.ownerReferences).toMatchObject([
    { kind: 'Deployment', name: 'app', controller: true },
  ]);
});

test('a ReplicaSet replaces a pod that is deleted', () => {
  const world = withDeployment();
  const [victim] = world.cluster.list(pods);
  world.cluster.delete(pods, 'default', victim?.metadata.name ?? '');
  world.clock.advance(5000);
  const names = world.cluster.list(pods).map(({ metadata }) => metadata.name);
  expect(names).toHaveLength(2);
  expect(names).not.toContain(victim?.metadata.name);
});

test('the same seed gives the same names and addresses', () => {
  const summary = (): unknown => {
    const world = withDeployment();
    return world.cluster.list(pods).map(({ metadata, status }) => [metadata, status]);
  };
  expect(summary()).toEqual(summary());
});
