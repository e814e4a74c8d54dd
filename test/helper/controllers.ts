/** Controllers over the emulator's own cluster and a manual clock, and the objects that their tests start from. */
import { Tokens } from '../../runner/sandbox/kube/auth/tokens.ts';
import { startControllers } from '../../runner/sandbox/kube/controllers/start.ts';
import type {
  Cluster,
  ContainerProgram,
  JsonObject,
  KubeObject,
  Nodes,
  ResourceName,
} from '../../runner/sandbox/kube/kube.ts';
import { ObjectStore } from '../../runner/sandbox/kube/objects/object-store.ts';
import { openCluster } from '../../runner/sandbox/kube/objects/open-cluster.ts';
import { seedCluster } from '../../runner/sandbox/kube/objects/seed.ts';
import { seededIds } from '../../runner/sandbox/store/ids.ts';
import { openStore } from '../../runner/sandbox/store/open.ts';
import { manualClock, type ManualClock } from './manual-clock.ts';

export const name = (group: string, resource: string): ResourceName => ({ group, version: 'v1', resource });
export const pods: ResourceName = name('', 'pods');
export const deployments: ResourceName = name('apps', 'deployments');
export const replicaSets: ResourceName = name('apps', 'replicasets');
export const services: ResourceName = name('', 'services');
export const namespaces: ResourceName = name('', 'namespaces');

export interface World {
  readonly clock: ManualClock;
  readonly cluster: Cluster;
  readonly nodes: Nodes;
  make(resource: ResourceName, object: Partial<KubeObject> & { metadata: { name: string } }): KubeObject;
  /** The first pod in `default` whose name contains `part`. */
  pod(part: string): KubeObject | undefined;
  /** Ends the controllers and starts them anew over the same objects. */
  restart(): void;
  /** `reason: message` of the events about `subject` (`Pod/p`), in order of first appearance. */
  events(subject: string): string[];
}

export function openWorld(
  programs: Readonly<Record<string, ContainerProgram>> = {},
  seed = 'test',
  nodeCount = 1,
): World {
  const clock = manualClock();
  const store = openStore();
  const ids = seededIds(seed);
  const version = 'v1.34.4';
  const core = { objects: new ObjectStore(store), clock, ids };
  const cluster = openCluster(core, new Tokens(store, core));
  seedCluster(core, version, nodeCount);
  const start = (): Nodes =>
    startControllers(cluster, {
      store,
      clock,
      ids,
      version,
      speed: 1,
      programs,
      adminToken: 'admin',
    });
  let nodes = start();
  const seen: KubeObject[] = [];
  cluster.watch(({ type, object }) => {
    if (type === 'ADDED' && object.kind === 'Event') seen.push(object);
  });
  clock.advance(100);
  return {
    clock,
    cluster,
    get nodes() {
      return nodes;
    },
    restart: () => {
      nodes.close();
      nodes = start();
    },
    make: (resource, object) => cluster.create(resource, withDefaults(resource, object), 'test'),
    pod: (part) => cluster.list(pods, 'default').find((pod) => pod.metadata.name.includes(part)),
    events: (subject) => {
      const [kind, title] = subject.split('/');
      return seen
        .filter(({ involvedObject }) => {
          const about = involvedObject as { kind: string; name: string };
          return about.kind === kind && about.name === title;
        })
        .map((event) => `${String(event['reason'])}: ${String(event['message'])}`);
    },
  };
}

function withDefaults(
  { group, resource }: ResourceName,
  object: Partial<KubeObject> & { metadata: { name: string } },
): KubeObject {
  const scope = ['namespaces', 'persistentvolumes'].includes(resource) ? {} : { namespace: 'default' };
  return {
    apiVersion: group === '' ? 'v1' : `${group}/v1`,
    kind: KINDS[resource] ?? '',
    ...object,
    metadata: { ...scope, ...object.metadata },
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
  serviceaccounts: 'ServiceAccount',
  statefulsets: 'StatefulSet',
  daemonsets: 'DaemonSet',
  jobs: 'Job',
  cronjobs: 'CronJob',
  poddisruptionbudgets: 'PodDisruptionBudget',
  persistentvolumes: 'PersistentVolume',
};

/** The spec of a Deployment of one container. */
export function deployment(container: JsonObject, spec: JsonObject = {}): JsonObject {
  return {
    replicas: 1,
    selector: { matchLabels: { app: 'app' } },
    template: {
      metadata: { labels: { app: 'app' } },
      spec: { containers: [{ name: 'main', ...container }] },
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
