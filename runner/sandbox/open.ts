/** Puts the embedded world together: one hub, one cluster, the worker between them, all on loopback. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { collectSecrets } from './collect-secrets.ts';
import { serveHttp2 } from './http/serve-http2.ts';
import { createCertificate } from './http/certificate.ts';
import { serve, type Listening } from './http/serve.ts';
import { keepHeapSmall } from './heap.ts';
import { openHub } from './hub/open.ts';
import { openKube } from './kube/open.ts';
import type { Kube } from './kube/kube.ts';
import { openKeepsake, sessionIds } from './keepsake.ts';
import type { Sandbox, SandboxOptions, SandboxSnapshot } from './sandbox.ts';
import { systemClock } from './store/clock.ts';
import { openStore, type StoreOptions } from './store/open.ts';
import type { Store } from './store/store.ts';
import { createWorkerProgram } from './worker/program.ts';
import type { ApiServer } from './worker/worker.ts';

export { DatabaseInUse } from './store/sqlite.ts';

const WORKER_IMAGE = 'ghcr.io/confighubai/confighub-worker';
const CONTEXT = 'mtx-emulator';
/** Units may be large; the API server's own limit is smaller. */
const HUB_BODY_LIMIT = 16 * 1024 * 1024;

/** Opens it; on failure nothing stays open. Throws DatabaseInUse where `state` is open already. */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const closers: (() => void | Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).toReversed()) await closer();
  };
  keepHeapSmall();
  try {
    return await assemble(options, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function assemble(
  options: SandboxOptions,
  closers: (() => void | Promise<void>)[],
  close: () => Promise<void>,
): Promise<Sandbox> {
  const own = <T extends { close(): void | Promise<void> }>(part: T): T => {
    closers.push(() => part.close());
    return part;
  };
  const hub = await openHubServer(options, own);
  const cluster = await openClusterServer(options, own, hub.reach);
  const inventory = async (): Promise<string[]> => [...hub.spaces(), ...clusterInventory(cluster.kube)];
  const fresh = new Set(await inventory());
  return {
    hubUrl: hub.url,
    kubeconfig: renderKubeconfig(cluster.api, cluster.adminToken),
    hubSession: renderSession(hub.accessToken),
    secrets: () => [cluster.adminToken, hub.accessToken, ...hub.secrets, ...cluster.secrets],
    notes: [...hub.notes, ...cluster.notes],
    leftovers: async () => (await inventory()).filter((line) => !fresh.has(line)),
    snapshot: () => ({ hub: hub.store.snapshot(), cluster: cluster.store.snapshot() }),
    close,
  };
}

type Own = <T extends { close(): void | Promise<void> }>(part: T) => T;

interface Server {
  readonly store: Store;
  readonly secrets: ReadonlySet<string>;
  readonly notes: readonly string[];
}

interface HubServer extends Server {
  readonly url: string;
  readonly accessToken: string;
  readonly spaces: () => string[];
  /** Where a worker finds the hub that its manifest names: an earlier address of this hub leads to the present one. */
  readonly reach: (url: string) => string;
}

/** The hub keeps its whole history in its tables, and nothing asks its log for more than the newest changes. */
const HUB_LOG_LENGTH = 100;

async function openHubServer(options: SandboxOptions, own: Own): Promise<HubServer> {
  const store = own(openStore({ ...storeOptions(options, 'hub'), logLength: HUB_LOG_LENGTH }));
  const ids = sessionIds(`${options.seed}/hub`, store);
  const keepsake = openKeepsake(store, () => ({ accessToken: randomBytes(16).toString('hex') }));
  let listening: Listening | undefined;
  let workers: Listening | undefined;
  const hub = own(
    openHub({
      store,
      clock: systemClock,
      ids,
      workerPort: () => workers?.port,
      url: () => listening?.url ?? '',
    }),
  );
  const limit = { bodyLimit: HUB_BODY_LIMIT };
  listening = own(await keepsake.listen('hub', (port) => serve(hub.handler, { ...limit, port })));
  workers = own(
    await keepsake.listen('port for workers', (port) => serveHttp2(hub.handler, { ...limit, port })),
  );
  const { url } = listening;
  return {
    url,
    store,
    accessToken: keepsake.content.accessToken,
    secrets: collectSecrets(store, 'bridge_worker', (_key, worker) => (worker as { Secret?: string }).Secret),
    notes: keepsake.notes,
    spaces: () => listSpaces(store),
    reach: (wanted) => (keepsake.isFormer(wanted) ? url : wanted),
  };
}

function storeOptions(options: SandboxOptions, part: keyof SandboxSnapshot): StoreOptions {
  const { state, snapshot } = options;
  return {
    ...(state === undefined ? {} : { file: join(state, `${part}.sqlite`) }),
    ...(snapshot === undefined ? {} : { snapshot: snapshot[part] }),
  };
}

function listSpaces(store: Store): string[] {
  return store
    .table<{ Slug: string }>('space')
    .list()
    .map(({ value }) => `space ${value.Slug}`);
}

interface ClusterServer extends Server {
  readonly kube: Kube;
  readonly api: ApiServer;
  readonly adminToken: string;
}

async function openClusterServer(
  options: SandboxOptions,
  own: Own,
  reach: (url: string) => string,
): Promise<ClusterServer> {
  const store = own(openStore(storeOptions(options, 'cluster')));
  const ids = sessionIds(`${options.seed}/cluster`, store);
  const keepsake = openKeepsake(store, () => ({
    ...createCertificate(),
    adminToken: randomBytes(16).toString('hex'),
  }));
  const { key, certificate, adminToken } = keepsake.content;
  let kube: Kube | undefined;
  const opened = (): Kube => kube ?? missing();
  // Listens first: the pods of an earlier session, workers among them, start while the cluster is made.
  const listening = own(
    await keepsake.listen('cluster', (port) =>
      serve((request) => opened().handler(request), {
        tls: { key, certificate },
        upgrade: (request) => opened().upgrade(request),
        port,
      }),
    ),
  );
  const api: ApiServer = { url: listening.url, certificateAuthority: certificate };
  kube = own(
    openKube({
      store,
      clock: systemClock,
      ids,
      version: options.kubernetesVersion,
      speed: options.speed,
      nodes: options.nodes ?? 1,
      programs: {
        [WORKER_IMAGE]: createWorkerProgram({ apiServer: () => api, speed: options.speed, reach }),
      },
      adminToken,
      certificateAuthority: certificate,
    }),
  );
  kube.publish(listening.url);
  const secrets = collectSecrets(store, 'kubetokens', (token) => token);
  return { kube, api, adminToken, store, secrets, notes: keepsake.notes };
}

function missing(): never {
  throw new Error('the cluster is not open yet');
}

/** What a chapter may make outside namespaces, and the namespaces themselves. */
function clusterInventory({ cluster }: Kube): string[] {
  const rbac = { group: 'rbac.authorization.k8s.io', version: 'v1' };
  const kinds = [
    { group: '', version: 'v1', resource: 'namespaces' },
    { ...rbac, resource: 'clusterroles' },
    { ...rbac, resource: 'clusterrolebindings' },
  ];
  return kinds.flatMap((resource) =>
    cluster.list(resource).map((object) => `${resource.resource.replace(/s$/, '')} ${object.metadata.name}`),
  );
}

function renderKubeconfig({ url, certificateAuthority }: ApiServer, token: string): string {
  const authority = Buffer.from(certificateAuthority).toString('base64');
  return `apiVersion: v1
kind: Config
clusters:
- name: ${CONTEXT}
  cluster:
    server: ${url}
    certificate-authority-data: ${authority}
users:
- name: ${CONTEXT}
  user:
    token: ${token}
contexts:
- name: ${CONTEXT}
  context:
    cluster: ${CONTEXT}
    user: ${CONTEXT}
current-context: ${CONTEXT}
`;
}

/** The smallest session that the original client accepts, with a user to show. */
function renderSession(accessToken: string): string {
  const user = { id: 'user_reader', email: 'reader@example.com', first_name: 'Reader', last_name: '' };
  return `${JSON.stringify({ access_token: accessToken, auth_type: 'AuthKit', user }, null, 2)}\n`;
}
