/** Puts the embedded world together: one hub, one cluster, the worker between them, all on loopback. */
import { openControlPlane } from './control-plane/open-control-plane.ts';
import { keepHeapSmall } from './heap.ts';
import { FUNCTIONS } from './hub/function.ts';
import { listEntities } from './inventory.ts';
import { openEmulator } from './open-emulator.ts';
import { openHubServer } from './open-hub.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';
import type { Own } from './server-part.ts';
import type { ApiServer } from './worker/worker.ts';

export { renderKwokConfig } from './control-plane/kwok-config.ts';
export { DatabaseInUse } from './store/sqlite.ts';

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
  const own: Own = (part) => {
    closers.push(() => part.close());
    return part;
  };
  const hub = await openHubServer(options, own);
  const { controlPlane } = options;
  const cluster =
    controlPlane === undefined
      ? await openEmulator(options, own, hub.reach)
      : await openControlPlane(controlPlane, options.speed, own);
  const { snapshot } = cluster;
  return {
    hubUrl: hub.url,
    kubeconfig: renderKubeconfig(
      controlPlane === undefined ? 'emulator' : 'control-plane',
      cluster.api,
      cluster.adminToken,
    ),
    hubSession: renderSession(hub.accessToken),
    hubContext: JSON.stringify({ confighub_url: hub.url, organization_id: hub.organizationId }, null, 2),
    hubFunctions: JSON.stringify({ builtin: FUNCTIONS }),
    secrets: () => [cluster.adminToken, hub.accessToken, ...hub.secrets, ...cluster.secrets],
    notes: [...hub.notes, ...cluster.notes],
    inventory: async () => [...listEntities(hub.store), ...(await cluster.inventory())],
    ...(snapshot === undefined
      ? {}
      : { snapshot: () => ({ hub: hub.store.snapshot(), cluster: snapshot() }) }),
    close,
  };
}

function renderKubeconfig(cluster: string, { url, certificateAuthority }: ApiServer, token: string): string {
  const context = `mtx-${cluster}`;
  const authority = Buffer.from(certificateAuthority).toString('base64');
  return `apiVersion: v1
kind: Config
clusters:
- name: ${context}
  cluster:
    server: ${url}
    certificate-authority-data: ${authority}
users:
- name: ${context}
  user:
    token: ${token}
contexts:
- name: ${context}
  context:
    cluster: ${context}
    user: ${context}
current-context: ${context}
`;
}

/** The smallest session that the original client accepts, with a user to show. */
function renderSession(accessToken: string): string {
  const user = { id: 'user_reader', email: 'reader@example.com', first_name: 'Reader', last_name: '' };
  return `${JSON.stringify({ access_token: accessToken, auth_type: 'AuthKit', user }, null, 2)}\n`;
}
