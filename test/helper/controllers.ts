/** Controllers over a memory cluster and a manual clock, and the objects that their tests start from. */
import type {
  ContainerProgram,
  JsonObject,
  KubeObject,
  Nodes,
  ResourceName,
} from '../../runner/sandbox/kube/kube.ts';
import { startControllers } from '../../runner/sandbox/kube/controllers/start.ts';
import { seededIds } from '../../runner/sandbox/store/ids.ts';
import { openStore } from '../../runner/sandbox/store/open.ts';
import { manualClock, type ManualClock } from './manual-clock.ts';
import { memoryCluster, type MemoryCluster } from './memory-cluster.ts';

export const name = (group: string, resource: string): ResourceName => ({ group, version: 'v1', resource });
export const pods: ResourceName = name('', 'pods');
export const deployments: ResourceName = name('apps', 'deployments');
export const replicaSets: ResourceName = name('apps', 'replicasets');
export const services: ResourceName = name('', 'services');
export const namespaces: ResourceName = name('', 'namespaces');

export interface World {
  readonly clock: ManualClock;
  readonly cluster: MemoryCluster;
  readonly nodes: Nodes;
  make(resource: ResourceName, object: Partial<KubeObject> & { metadata: { name: string } }): KubeObject;
  pod(part: string): KubeObject | undefined;
  /** `reason: message` of the events about objects whose name contains `part`. */
  events(part: string): string[];
}

export function openWorld(programs: Readonly<Record<string, ContainerProgram>> = {}, seed = 'test'): World {
  const clock = manualClock();
  const cluster = memoryCluster(clock, seed);
  const nodes = startControllers(cluster, {
    store: openStore(),
    clock,
    ids: seededIds(seed),
    version: 'v1.34.4',
    speed: 1,
    programs,
    adminToken: 'admin',
  });
  const make: World['make'] = (resource, object) =>
    cluster.create(
      resource,
      {
        apiVersion: resource.group === '' ? 'v1' : `${resource.group}/v1`,
        kind: KINDS[resource.resource] ?? '',
        ...object,
        metadata: {
          ...(resource.resource === 'namespaces' ? {} : { namespace: 'default' }),
          ...object.metadata,
        },
      },
      'test',
    );
  make(namespaces, { metadata: { name: 'default' }, spec: { finalizers: ['kubernetes'] } });
  clock.advance(100);
  return {
    clock,
    cluster,
    nodes,
    make,
    pod: (part) => cluster.list(pods).find((pod) => pod.metadata.name.includes(part)),
    events: (part) =>
      cluster.events
        .filter(({ about }) => about.includes(part))
        .map(({ reason, message }) => `${reason}: ${message}`),
  };
}

const KINDS: Readonly<Record<string, string>> = {
  pods: 'Pod',
  deployments: 'Deployment',
  replicasets: 'ReplicaSet',
  services: 'Service',
  namespaces: 'Namespace',
  configmaps: 'ConfigMap',
  secrets: 'Secret',
};

/** A Deployment `app` of one container, with the API's defaults. */
export function deployment(container: JsonObject, spec: JsonObject = {}): JsonObject {
  return {
    replicas: 1,
    selector: { matchLabels: { app: 'app' } },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
    template: {
      metadata: { labels: { app: 'app' } },
      spec: {
        restartPolicy: 'Always',
        containers: [{ name: 'main', imagePullPolicy: 'IfNotPresent', ...container }],
      },
    },
    ...spec,
  };
}

/** The first container's state: `waiting`, `running` or `terminated`, with its content. */
export function state(pod: KubeObject | undefined): JsonObject {
  const statuses = pod?.status?.['containerStatuses'] as JsonObject[] | undefined;
  return (statuses?.[0]?.['state'] as JsonObject | undefined) ?? {};
}

export function conditionOf(object: KubeObject | undefined, type: string): JsonObject | undefined {
  const conditions = object?.status?.['conditions'] as JsonObject[] | undefined;
  return conditions?.find((condition) => condition['type'] === type);
}
