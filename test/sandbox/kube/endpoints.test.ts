/** What Endpoints and EndpointSlices say of a Service that nothing stands behind, and of what changed last; as v1.34 does. */
import { expect, test } from 'vitest';
import type { KubeObject } from '../../../runner/sandbox/kube/kube.ts';
import { conditionOf, name, openWorld, pods, services, type World } from '../../helper/controllers.ts';

const TRIGGER_TIME = 'endpoints.kubernetes.io/last-change-trigger-time';

function makeService(world: World): KubeObject {
  const service = world.make(services, {
    metadata: { name: 'app' },
    spec: { selector: { app: 'app' }, ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }] },
  });
  world.clock.advance(100);
  return service;
}

function sliceOf(world: World): KubeObject | undefined {
  return world.cluster.list(name('discovery.k8s.io', 'endpointslices'))[0];
}

function endpointsOf(world: World): KubeObject | undefined {
  return world.cluster.get(name('', 'endpoints'), 'default', 'app');
}

test('a Service that selects nothing has null endpoints and ports, and was triggered by its creation', () => {
  const world = openWorld();
  const { creationTimestamp } = makeService(world).metadata;
  expect(sliceOf(world)).toMatchObject({ endpoints: null, ports: null });
  for (const object of [sliceOf(world), endpointsOf(world)]) {
    expect(object?.metadata.annotations).toEqual({ [TRIGGER_TIME]: creationTimestamp });
  }
});

test('a pod that becomes ready is the trigger, one that goes away is none', () => {
  const world = openWorld();
  makeService(world);
  world.clock.advance(5000);
  const metadata = { name: 'p', labels: { app: 'app' } };
  world.make(pods, { metadata, spec: { containers: [{ name: 'main', image: 'nginx:1.27' }] } });
  world.clock.advance(20_000);
  const readyAt = conditionOf(world.pod('p'), 'Ready')?.['lastTransitionTime'];
  expect(readyAt).toBeDefined();
  for (const object of [sliceOf(world), endpointsOf(world)]) {
    expect(object?.metadata.annotations).toEqual({ [TRIGGER_TIME]: readyAt });
  }
  world.cluster.delete(pods, 'default', 'p');
  world.clock.advance(40_000);
  expect(sliceOf(world)).toMatchObject({ endpoints: null, ports: null });
  for (const object of [sliceOf(world), endpointsOf(world)]) {
    expect(object?.metadata.annotations).toBeUndefined();
  }
});
