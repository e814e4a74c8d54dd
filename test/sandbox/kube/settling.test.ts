/** Whatever users do, in whatever order: the API may refuse, controllers never break, and in the end all is as wanted. */
import { array, assert, constantFrom, integer, property, record, type Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import { ApiError } from '../../../runner/sandbox/kube/errors.ts';
import type { JsonObject } from '../../../runner/sandbox/kube/kube.ts';
import {
  deployment,
  deployments,
  namespaces,
  openWorld,
  pods,
  type World,
} from '../../helper/controllers.ts';

const VERBS = [
  'create',
  'scale',
  'change',
  'kill',
  'delete',
  'orphan',
  'foreground',
  'namespace',
  'restart',
] as const;

interface Action {
  readonly verb: (typeof VERBS)[number];
  readonly namespace: string;
  readonly image: string;
  readonly count: number;
  readonly waitMs: number;
}

const actions: Arbitrary<Action[]> = array(
  record({
    verb: constantFrom(...VERBS),
    namespace: constantFrom('default', 'other'),
    image: constantFrom('nginx:1.27', 'nginx:nope', 'busybox:1.37'),
    count: integer({ min: 0, max: 4 }),
    waitMs: integer({ min: 0, max: 5000 }),
  }),
  { minLength: 8, maxLength: 25 },
);

function act(world: World, { verb, namespace, image, count }: Action): void {
  const { cluster } = world;
  switch (verb) {
    case 'create':
      world.make(deployments, {
        metadata: { name: 'app', namespace },
        spec: deployment({ image }, { replicas: count }),
      });
      return;
    case 'scale':
      edit(world, namespace, { replicas: count });
      return;
    case 'change':
      edit(world, namespace, { template: deployment({ image })['template'] });
      return;
    case 'kill': {
      const pod = cluster.list(pods, namespace)[count];
      if (pod !== undefined) cluster.delete(pods, namespace, pod.metadata.name, { graceSeconds: count });
      return;
    }
    case 'delete':
      cluster.delete(deployments, namespace, 'app', { propagation: 'Background' });
      return;
    case 'orphan':
      cluster.delete(deployments, namespace, 'app', { propagation: 'Orphan' });
      return;
    case 'foreground':
      cluster.delete(deployments, namespace, 'app', { propagation: 'Foreground' });
      return;
    case 'namespace':
      if (count > 1) world.make(namespaces, { metadata: { name: 'other' } });
      else cluster.delete(namespaces, undefined, 'other');
      return;
    case 'restart':
      world.restart();
  }
}

function edit({ cluster }: World, namespace: string, spec: JsonObject): void {
  const object = cluster.get(deployments, namespace, 'app');
  if (object !== undefined)
    cluster.update(deployments, { ...object, spec: { ...object.spec, ...spec } }, 'test');
}

function unlessRefused(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

test('after any history, good images settle: counts are as wanted and a namespace can go', () => {
  assert(
    property(actions, (history) => {
      const world = openWorld();
      world.make(namespaces, { metadata: { name: 'other' } });
      world.clock.advance(100);
      for (const action of history) {
        unlessRefused(() => act(world, action));
        world.clock.advance(action.waitMs);
      }
      const template = deployment({ image: 'nginx:1.27' })['template'];
      for (const { metadata } of world.cluster.list(deployments))
        unlessRefused(() => edit(world, metadata.namespace ?? '', { template }));
      world.clock.advance(400_000);
      for (const { spec, status } of world.cluster.list(deployments)) {
        const { replicas = 0, availableReplicas = 0 } = status ?? {};
        expect([replicas, availableReplicas]).toEqual([spec?.['replicas'], spec?.['replicas']]);
      }
      unlessRefused(() => world.cluster.delete(namespaces, undefined, 'other'));
      world.clock.advance(60_000);
      expect(world.cluster.get(namespaces, undefined, 'other')).toBeUndefined();
      expect(world.cluster.list(pods, 'other')).toEqual([]);
    }),
    { numRuns: 12 },
  );
});
