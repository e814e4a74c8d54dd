/** Puts the embedded world together: one hub, one cluster, the worker between them, all on loopback and in memory. */
import { randomBytes } from 'node:crypto';
import { serveHttp2 } from './http/serve-http2.ts';
import { createCertificate } from './http/certificate.ts';
import { serve, type Listening } from './http/serve.ts';
import { openHub } from './hub/open.ts';
import { openKube } from './kube/open.ts';
import type { Kube } from './kube/kube.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';
import { systemClock } from './store/clock.ts';
import { seededIds } from './store/ids.ts';
import { openStore } from './store/open.ts';
import type { Store } from './store/store.ts';
import { createWorkerProgram } from './worker/program.ts';
import type { ApiServer } from './worker/worker.ts';

const WORKER_IMAGE = 'ghcr.io/confighubai/confighub-worker';
const CONTEXT = 'mtx-emulator';
/** Units may be large; the API server's own limit is smaller. */
const HUB_BODY_LIMIT = 16 * 1024 * 1024;

/** Opens it; on failure nothing stays open. */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const closers: (() => void | Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).toReversed()) await closer();
  };
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
  const cluster = await openClusterServer(options, own);
  const accessToken = randomBytes(16).toString('hex');
  const inventory = async (): Promise<string[]> => [...hub.spaces(), ...clusterInventory(cluster.kube)];
  const fresh = new Set(await inventory());
  return {
    hubUrl: hub.url,
    kubeconfig: renderKubeconfig(cluster.api, cluster.adminToken),
    hubSession: renderSession(accessToken),
    secrets: [cluster.adminToken, accessToken],
    leftovers: async () => (await inventory()).filter((line) => !fresh.has(line)),
    close,
  };
}

type Own = <T extends { close(): void | Promise<void> }>(part: T) => T;

async function openHubServer(
  options: SandboxOptions,
  own: Own,
): Promise<{ url: string; spaces: () => string[] }> {
  const store = own(openStore());
  let listening: Listening | undefined;
  let workers: Listening | undefined;
  const hub = own(
    openHub({
      store,
      clock: systemClock,
      ids: seededIds(`${options.seed}/hub`),
      workerPort: () => workers?.port,
      url: () => listening?.url ?? '',
    }),
  );
  listening = own(await serve(hub.handler, { bodyLimit: HUB_BODY_LIMIT }));
  workers = own(await serveHttp2(hub.handler));
  return { url: listening.url, spaces: () => listSpaces(store) };
}

function listSpaces(store: Store): string[] {
  return store
    .table<{ Slug: string }>('space')
    .list()
    .map(({ value }) => `space ${value.Slug}`);
}

async function openClusterServer(
  options: SandboxOptions,
  own: Own,
): Promise<{ kube: Kube; api: ApiServer; adminToken: string }> {
  const { key, certificate } = createCertificate();
  const adminToken = randomBytes(16).toString('hex');
  let api: ApiServer = { url: '', certificateAuthority: certificate };
  const kube = own(
    openKube({
      store: own(openStore()),
      clock: systemClock,
      ids: seededIds(`${options.seed}/cluster`),
      version: options.kubernetesVersion,
      speed: options.speed,
      programs: { [WORKER_IMAGE]: createWorkerProgram({ apiServer: () => api, speed: options.speed }) },
      adminToken,
      certificateAuthority: certificate,
    }),
  );
  const listening = own(await serve(kube.handler, { tls: { key, certificate }, upgrade: kube.upgrade }));
  api = { ...api, url: listening.url };
  kube.publish(listening.url);
  return { kube, api, adminToken };
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
