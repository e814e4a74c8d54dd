/** Clusters of several nodes: asked for, never made up, with room for what issue-sized rollouts need. */
import { expect, test } from 'vitest';
import { deployment, deployments, name, openWorld, pods } from '../../helper/controllers.ts';

const daemonSets = name('apps', 'daemonsets');

test('there is one node unless more are asked for', () => {
  expect(
    openWorld()
      .cluster.list(name('', 'nodes'))
      .map(({ metadata }) => metadata.name),
  ).toEqual(['node-1']);
});

test('a node bears the labels and the annotation of a running one, and holds its lease', () => {
  const { cluster } = openWorld({}, 'test', 2);
  const node = cluster.list(name('', 'nodes'))[1];
  expect(node?.metadata).toMatchObject({
    labels: { 'beta.kubernetes.io/arch': 'amd64', 'beta.kubernetes.io/os': 'linux' },
    annotations: { 'node.alpha.kubernetes.io/ttl': '0' },
  });
  const leases = cluster.list(name('coordination.k8s.io', 'leases'), 'kube-node-lease');
  expect(leases).toMatchObject([
    { metadata: { name: 'node-1' } },
    {
      metadata: { name: 'node-2', ownerReferences: [{ kind: 'Node', uid: node?.metadata.uid }] },
      spec: { holderIdentity: 'node-2', leaseDurationSeconds: 40 },
    },
  ]);
});

test('more pods than a node holds are spread over the nodes', () => {
  const world = openWorld({}, 'test', 2);
  world.make(deployments, {
    metadata: { name: 'app' },
    spec: deployment({ image: 'nginx:1.27' }, { replicas: 112 }),
  });
  const isReady = (): boolean =>
    world.cluster.get(deployments, 'default', 'app')?.status?.['availableReplicas'] === 112;
  expect(world.clock.until(isReady, 120_000)).toBe(true);
  const counts = Map.groupBy(world.cluster.list(pods), ({ spec }) => JSON.stringify(spec?.['nodeName']));
  const sizes = Object.fromEntries([...counts].map(([node, placed]) => [node, placed.length]));
  expect(sizes).toEqual({ '"node-1"': 56, '"node-2"': 56 });
  const addresses = world.cluster.list(pods).map(({ status }) => status?.['podIP']);
  expect(new Set(addresses).size).toBe(112);
});

test('a daemon set runs on each node that it selects, and follows a changed template', () => {
  const world = openWorld({}, 'test', 3);
  const spec = deployment({ image: 'nginx:1.27' });
  delete spec['replicas'];
  const set = world.make(daemonSets, { metadata: { name: 'agent' }, spec });
  const status = (): unknown => world.cluster.get(daemonSets, 'default', 'agent')?.status;
  const isRolledOut = (generation: number) => (): boolean => {
    const { observedGeneration, numberAvailable, updatedNumberScheduled } = status() as Record<
      string,
      number
    >;
    return observedGeneration === generation && numberAvailable === 3 && updatedNumberScheduled === 3;
  };
  expect(world.clock.until(isRolledOut(1), 30_000)).toBe(true);
  expect(world.events('DaemonSet/agent')).toHaveLength(3);
  const held = world.cluster.get(daemonSets, 'default', 'agent') ?? set;
  const next = { ...deployment({ image: 'nginx:1.28' }) };
  delete next['replicas'];
  world.cluster.update(daemonSets, { ...held, spec: { ...held.spec, ...next } }, 'test');
  expect(world.clock.until(isRolledOut(2), 200_000)).toBe(true);
  expect(status()).toMatchObject({ desiredNumberScheduled: 3, numberMisscheduled: 0, numberReady: 3 });
});

test('a node renews its lease every ten seconds, which goes with it', () => {
  const world = openWorld();
  const leases = name('coordination.k8s.io', 'leases');
  const renewed = (): number =>
    Date.parse(world.cluster.get(leases, 'kube-node-lease', 'node-1')?.spec?.['renewTime'] as string);
  const first = renewed();
  world.clock.advance(35_000);
  expect(Math.round((renewed() - first) / 1000)).toBe(30);
  world.cluster.delete(name('', 'nodes'), undefined, 'node-1');
  world.clock.advance(60_000);
  expect(world.cluster.get(leases, 'kube-node-lease', 'node-1')).toBeUndefined();
});
