/** Deployments from creation to rollback, over all controllers and a clock that the test moves. */
import { expect, test } from 'vitest';
import type { KubeObject } from '../../../runner/sandbox/kube/kube.ts';
import {
  conditionOf,
  deployment,
  deployments,
  name,
  openWorld,
  pods,
  replicaSets,
  services,
  state,
  type World,
} from '../../helper/controllers.ts';

const get = (world: World): KubeObject => {
  const found = world.cluster.get(deployments, 'default', 'app');
  if (found === undefined) throw new Error('no deployment');
  return found;
};

const isRolledOut = (world: World) => (): boolean => {
  const { status, spec, metadata } = get(world);
  return (
    status?.['observedGeneration'] === metadata.generation &&
    status?.['updatedReplicas'] === spec?.['replicas'] &&
    status?.['availableReplicas'] === spec?.['replicas'] &&
    status?.['replicas'] === spec?.['replicas']
  );
};

const edit = (world: World, change: (object: KubeObject) => KubeObject): void => {
  world.cluster.update(deployments, change(get(world)), 'test');
};

const withImage = (image: string) => (object: KubeObject) => ({
  ...object,
  spec: {
    ...object.spec,
    template: {
      metadata: { labels: { app: 'app' } },
      spec: { containers: [{ name: 'main', image }] },
    },
  },
});

test('a deployment rolls out: events, conditions, pod status', () => {
  const world = openWorld();
  world.make(deployments, {
    metadata: { name: 'app' },
    spec: deployment({ image: 'nginx:1.27' }, { replicas: 2 }),
  });
  expect(world.clock.until(isRolledOut(world), 20_000)).toBe(true);
  const [set] = world.cluster.list(replicaSets);
  const setName = set?.metadata.name ?? '';
  expect(setName).toMatch(/^app-[bcdfghjklmnpqrstvwxz2456789]+$/);
  expect(set?.metadata.annotations).toMatchObject({
    'deployment.kubernetes.io/revision': '1',
    'deployment.kubernetes.io/desired-replicas': '2',
    'deployment.kubernetes.io/max-replicas': '3',
  });
  expect(world.events('Deployment/app')).toEqual([
    `ScalingReplicaSet: Scaled up replica set ${setName} from 0 to 2`,
  ]);
  expect(conditionOf(get(world), 'Progressing')).toMatchObject({
    status: 'True',
    reason: 'NewReplicaSetAvailable',
    message: `ReplicaSet "${setName}" has successfully progressed.`,
  });
  expect(conditionOf(get(world), 'Available')).toMatchObject({
    status: 'True',
    reason: 'MinimumReplicasAvailable',
    message: 'Deployment has minimum availability.',
  });
  const [pod] = world.cluster.list(pods);
  const podName = pod?.metadata.name ?? '';
  expect(world.events(`Pod/${podName}`)).toEqual([
    `Scheduled: Successfully assigned default/${podName} to node-1`,
    'Pulling: Pulling image "nginx:1.27"',
    'Pulled: Successfully pulled image "nginx:1.27" in 1.9s (1.9s including waiting). Image size: 72195292 bytes.',
    'Created: Created container: main',
    'Started: Started container main',
  ]);
  expect(pod?.status).toMatchObject({ phase: 'Running', qosClass: 'BestEffort', hostIP: '127.0.0.1' });
  expect(pod?.status?.['podIP']).toMatch(/^10\.244\.0\.\d+$/);
});

test('an update rolls over, undo takes the old set back and renumbers it', () => {
  const world = openWorld();
  world.make(deployments, { metadata: { name: 'app' }, spec: deployment({ image: 'nginx:1.27' }) });
  world.clock.until(isRolledOut(world), 20_000);
  edit(world, withImage('nginx:1.28'));
  expect(world.clock.until(isRolledOut(world), 20_000)).toBe(true);
  edit(world, withImage('nginx:1.27'));
  expect(world.clock.until(isRolledOut(world), 20_000)).toBe(true);
  world.clock.advance(1000);
  const sets = world.cluster.list(replicaSets).map(({ metadata, spec }) => ({
    revision: metadata.annotations?.['deployment.kubernetes.io/revision'],
    history: metadata.annotations?.['deployment.kubernetes.io/revision-history'],
    replicas: spec?.['replicas'],
  }));
  expect(sets).toHaveLength(2);
  expect(sets).toContainEqual({ revision: '3', history: '1', replicas: 1 });
  expect(sets).toContainEqual({ revision: '2', history: undefined, replicas: 0 });
  expect(get(world).metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('3');
});

test('an image that no registry has: ErrImagePull, then ImagePullBackOff, then the deadline', () => {
  const world = openWorld();
  world.make(deployments, {
    metadata: { name: 'app' },
    spec: deployment({ image: 'nginx:nope' }, { progressDeadlineSeconds: 30 }),
  });
  const error =
    'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:nope": failed to resolve reference "docker.io/library/nginx:nope": docker.io/library/nginx:nope: not found';
  const waits = (reason: string) => (): boolean =>
    (state(world.pod('app-'))['waiting'] as { reason?: string } | undefined)?.reason === reason;
  expect(world.clock.until(waits('ErrImagePull'), 5000)).toBe(true);
  expect(state(world.pod('app-'))['waiting']).toEqual({ reason: 'ErrImagePull', message: error });
  expect(world.clock.until(waits('ImagePullBackOff'), 10_000)).toBe(true);
  expect(state(world.pod('app-'))['waiting']).toEqual({
    reason: 'ImagePullBackOff',
    message: `Back-off pulling image "nginx:nope": ErrImagePull: ${error}`,
  });
  expect(world.clock.until(waits('ErrImagePull'), 15_000)).toBe(true);
  world.clock.advance(30_000);
  const pod = world.pod('app-')?.metadata.name ?? '';
  expect(world.events(`Pod/${pod}`).slice(1)).toEqual([
    'Pulling: Pulling image "nginx:nope"',
    `Failed: Failed to pull image "nginx:nope": ${error}`,
    'Failed: Error: ErrImagePull',
    'BackOff: Back-off pulling image "nginx:nope"',
    'Failed: Error: ImagePullBackOff',
  ]);
  const set = world.cluster.list(replicaSets)[0]?.metadata.name;
  expect(conditionOf(get(world), 'Progressing')).toMatchObject({
    status: 'False',
    reason: 'ProgressDeadlineExceeded',
    message: `ReplicaSet "${set}" has timed out progressing.`,
  });
  expect(conditionOf(get(world), 'Available')).toMatchObject({
    status: 'False',
    reason: 'MinimumReplicasUnavailable',
  });
});

test('a service has its ready pods as end points', () => {
  const world = openWorld();
  world.make(services, {
    metadata: { name: 'app' },
    spec: {
      selector: { app: 'app' },
      ports: [{ port: 80, targetPort: 'web', protocol: 'TCP' }],
    },
  });
  world.make(deployments, {
    metadata: { name: 'app' },
    spec: deployment({ image: 'nginx:1.27', ports: [{ name: 'web', containerPort: 80 }] }),
  });
  world.clock.until(isRolledOut(world), 20_000);
  world.clock.advance(100);
  const ip = world.pod('app-')?.status?.['podIP'];
  expect(world.cluster.get(name('', 'endpoints'), 'default', 'app')?.['subsets']).toMatchObject([
    { addresses: [{ ip, nodeName: 'node-1' }], ports: [{ port: 80, protocol: 'TCP' }] },
  ]);
  const [slice] = world.cluster.list(name('discovery.k8s.io', 'endpointslices'));
  expect(slice?.['endpoints']).toMatchObject([
    { addresses: [ip], conditions: { ready: true, serving: true, terminating: false } },
  ]);
});

test('pausing holds an update back, resuming lets it go', () => {
  const world = openWorld();
  world.make(deployments, { metadata: { name: 'app' }, spec: deployment({ image: 'nginx:1.27' }) });
  world.clock.until(isRolledOut(world), 20_000);
  edit(world, (object) => ({ ...object, spec: { ...object.spec, paused: true } }));
  world.clock.advance(100);
  expect(conditionOf(get(world), 'Progressing')).toMatchObject({
    status: 'Unknown',
    reason: 'DeploymentPaused',
    message: 'Deployment is paused',
  });
  edit(world, withImage('nginx:1.28'));
  world.clock.advance(10_000);
  expect(world.cluster.list(replicaSets)).toHaveLength(1);
  edit(world, (object) => ({ ...object, spec: { ...object.spec, paused: false } }));
  expect(world.clock.until(isRolledOut(world), 20_000)).toBe(true);
  expect(world.cluster.list(replicaSets)).toHaveLength(2);
});

test('Recreate: no new pod before the last old one is gone', () => {
  const world = openWorld();
  world.make(deployments, {
    metadata: { name: 'app' },
    spec: deployment({ image: 'nginx:1.27' }, { replicas: 2, strategy: { type: 'Recreate' } }),
  });
  world.clock.until(isRolledOut(world), 20_000);
  let mixed = false;
  world.cluster.watch(() => {
    const images = world.cluster
      .list(pods)
      .map(({ spec }) => (spec?.['containers'] as { image: string }[] | undefined)?.[0]?.image);
    if (new Set(images).size > 1) mixed = true;
  });
  edit(world, withImage('nginx:1.28'));
  expect(world.clock.until(isRolledOut(world), 20_000)).toBe(true);
  expect(mixed).toBe(false);
});
