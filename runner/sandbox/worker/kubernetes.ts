/** The worker's Kubernetes client: @kubernetes/client-node, loaded when the first worker starts because it takes half a second. */
import { discover } from './discover.ts';
import { openObjects } from './objects.ts';
import { KubernetesRefusal } from './refusal.ts';
import type { ApiServer, Kubernetes, Manifest } from './worker.ts';

const FIELD_MANAGER = 'confighub';

/** Opens a client that speaks as the bearer of `token`. */
export async function openKubernetes(server: ApiServer, token: string): Promise<Kubernetes> {
  const { KubeConfig, PatchStrategy } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [{ name: 'in-cluster', server: server.url, caData: base64(server.certificateAuthority) }],
    users: [{ name: 'worker', token }],
    contexts: [{ name: 'in-cluster', cluster: 'in-cluster', user: 'worker' }],
    currentContext: 'in-cluster',
  });
  const api = await openObjects(config);
  const accepted = async <R>(call: Promise<R>): Promise<R> => {
    try {
      return await call;
    } catch (error) {
      throw toRefusal(error);
    }
  };
  const read = async (manifest: Manifest): Promise<Manifest> =>
    (await accepted(api.read({ ...manifest, metadata: { ...manifest.metadata } }))) as unknown as Manifest;
  const found = async <R>(call: Promise<R>): Promise<R | undefined> => {
    try {
      return await accepted(call);
    } catch (error) {
      if (error instanceof KubernetesRefusal && error.code === 404) return undefined;
      throw error;
    }
  };
  return {
    apply: async (manifest, { dryRun }) => {
      const strategy = PatchStrategy.ServerSideApply;
      const dry = dryRun ? 'All' : undefined;
      const applied: unknown = await accepted(
        api.patch({ ...manifest }, undefined, dry, FIELD_MANAGER, true, strategy),
      );
      return applied as Manifest;
    },
    read,
    get: (manifest) => found(read(manifest)),
    isNamespaced: (type) => accepted(api.isNamespaced(type)),
    delete: async (manifest) => (await found(accepted(api.delete({ ...manifest })))) !== undefined,
    list: async ({ apiVersion, kind }, namespace) => {
      const { items } = await accepted(api.list(apiVersion, kind, namespace));
      return items.map((item) => ({ ...item, apiVersion, kind }) as unknown as Manifest);
    },
    discover: () => accepted(discover(config)),
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** client-node rejects with an ApiException whose `body` is the Status, sometimes as text. Anything else is a connection error. */
function toRefusal(error: unknown): KubernetesRefusal {
  if (error instanceof KubernetesRefusal) return error;
  if (!(error instanceof Error)) return new KubernetesRefusal(0, '', String(error));
  const { code, body } = error as Error & { code?: unknown; body?: unknown };
  if (typeof code !== 'number') return new KubernetesRefusal(0, '', error.message);
  const status = parseStatus(body);
  return new KubernetesRefusal(code, status?.reason ?? '', status?.message ?? error.message);
}

function parseStatus(body: unknown): { reason?: string; message?: string } | undefined {
  if (typeof body === 'object' && body !== null) return body;
  if (typeof body !== 'string') return undefined;
  try {
    return JSON.parse(body) as { reason?: string; message?: string };
  } catch {
    return { message: body };
  }
}
