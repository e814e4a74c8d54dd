/**
 * Runs the sandbox's programs for the pods that ask for their images, in a cluster whose nodes are simulated: what the
 * emulator's kubelet does for them there. A program that ends by itself is started again.
 */
import type { CoreV1Api, KubeConfig, V1Container, V1Pod } from '@kubernetes/client-node';
import { parseImageReference } from '../kube/catalogue/image-reference.ts';
import { expand, resolveEnvironment } from '../kube/controllers/kubelet/environment.ts';
import type {
  ContainerProgram,
  JsonObject,
  KubeObject,
  ResourceName,
  RunningContainer,
} from '../kube/kube.ts';

const RESTART_MS = 1_000;
const TOKEN_SECONDS = 24 * 3_600;

/** What of the cluster and of the sandbox it works with. */
export interface WorkerPodsOptions {
  readonly config: KubeConfig;
  readonly api: CoreV1Api;
  /** By image without tag. */
  readonly programs: Readonly<Record<string, ContainerProgram>>;
  /** Told of each token that a program got. */
  readonly secret: (token: string) => void;
}

/** Begins to watch; resolves once the pods that are there were seen. `close` ends every program. */
export async function runWorkerPods(options: WorkerPodsOptions): Promise<{ close(): Promise<void> }> {
  const { makeInformer } = await import('@kubernetes/client-node');
  const running = new Map<string, RunningContainer>();
  const informer = makeInformer(options.config, '/api/v1/pods', () => options.api.listPodForAllNamespaces());
  let closed = false;
  const stop = (pod: V1Pod): void => {
    for (const container of pod.spec?.containers ?? []) {
      const key = keyOf(pod, container);
      running.get(key)?.stop();
      running.delete(key);
    }
  };
  const look = (pod: V1Pod): void => {
    const isOver = pod.metadata?.deletionTimestamp !== undefined || pod.status?.phase !== 'Running';
    if (isOver) stop(pod);
    else
      for (const { container, program } of findPrograms(pod, options.programs)) {
        const key = keyOf(pod, container);
        if (!running.has(key)) running.set(key, keepRunning(options, program, pod, container));
      }
  };
  informer.on('add', look);
  informer.on('update', look);
  informer.on('delete', stop);
  informer.on('error', () => {
    setTimeout(() => {
      if (!closed) void informer.start().catch(() => undefined);
    }, RESTART_MS).unref();
  });
  await informer.start();
  return {
    close: async () => {
      closed = true;
      await informer.stop();
      for (const program of running.values()) program.stop();
    },
  };
}

function keyOf({ metadata }: V1Pod, { name }: V1Container): string {
  return `${metadata?.uid ?? ''}/${name}`;
}

function findPrograms(
  pod: V1Pod,
  programs: WorkerPodsOptions['programs'],
): { container: V1Container; program: ContainerProgram }[] {
  return (pod.spec?.containers ?? []).flatMap((container) => {
    const program = programs[parseImageReference(container.image ?? '')?.repository ?? ''];
    return program === undefined ? [] : [{ container, program }];
  });
}

function keepRunning(
  options: WorkerPodsOptions,
  program: ContainerProgram,
  pod: V1Pod,
  container: V1Container,
): RunningContainer {
  let stopped = false;
  let current: RunningContainer | undefined;
  const again = (): void => {
    if (!stopped) setTimeout(() => void start(), RESTART_MS).unref();
  };
  const start = async (): Promise<void> => {
    const given = await prepare(options, pod, container).catch(() => undefined);
    if (stopped) return;
    if (given === undefined) again();
    else current = program.start({ ...given, log: () => undefined, exited: again });
  };
  void start();
  return {
    stop: () => {
      stopped = true;
      current?.stop();
    },
  };
}

/** Its environment and a token of its service account. Rejects where a Secret or ConfigMap is not there yet. */
async function prepare({ api, secret }: WorkerPodsOptions, pod: V1Pod, container: V1Container) {
  const { name = '', namespace = '' } = pod.metadata ?? {};
  const serviceAccount = pod.spec?.serviceAccountName ?? 'default';
  const environment = resolveEnvironment(await readSources(api, namespace), plain(pod), plain(container));
  if (environment.kind === 'refused') throw new Error(environment.error);
  const { env } = environment;
  const { status } = await api.createNamespacedServiceAccountToken({
    name: serviceAccount,
    namespace,
    body: { spec: { audiences: [], expirationSeconds: TOKEN_SECONDS } },
  });
  const token = status?.token ?? '';
  secret(token);
  const args = (container.args ?? []).map((arg) => expand(arg, env));
  return { pod: { name, namespace, serviceAccount }, args, env, token };
}

/** What environments are made of, read at one moment. */
async function readSources(api: CoreV1Api, namespace: string) {
  const [secrets, configMaps, services, master] = await Promise.all([
    api.listNamespacedSecret({ namespace }),
    api.listNamespacedConfigMap({ namespace }),
    api.listNamespacedService({ namespace }),
    api.readNamespacedService({ name: 'kubernetes', namespace: 'default' }),
  ]);
  const objects: Readonly<Record<string, readonly KubeObject[]>> = {
    secrets: secrets.items.map((object) => plain(object)),
    configmaps: configMaps.items.map((object) => plain(object)),
    services: [...services.items, master].map((object) => plain(object)),
  };
  const list = ({ resource }: ResourceName, within?: string): KubeObject[] =>
    (objects[resource] ?? []).filter(({ metadata }) => within === undefined || metadata.namespace === within);
  return {
    list,
    get: (resource: ResourceName, within: string | undefined, name: string) =>
      list(resource, within).find(({ metadata }) => metadata.name === name),
  };
}

/** The client's object as JSON. */
function plain(object: object): KubeObject & JsonObject {
  return JSON.parse(JSON.stringify(object)) as KubeObject & JsonObject;
}
