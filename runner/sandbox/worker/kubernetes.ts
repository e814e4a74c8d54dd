/** The worker's Kubernetes client: @kubernetes/client-node, loaded when the first worker starts because it takes half a second. */
import { discover } from './discover.ts';
import type { ApiServer, Kubernetes, Manifest } from './worker.ts';

const FIELD_MANAGER = 'confighub';

/** The API server refused; `reason` is the Status' reason (`Invalid`, `Forbidden` …), `message` its text. */
export class KubernetesRefusal extends Error {
  readonly code: number;
  readonly reason: string;

  constructor(code: number, reason: string, message: string) {
    super(message);
    this.code = code;
    this.reason = reason;
  }
}

/** Opens a client that speaks as the bearer of `token`. */
export async function openKubernetes(server: ApiServer, token: string): Promise<Kubernetes> {
  const { KubeConfig, KubernetesObjectApi, PatchStrategy } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [{ name: 'in-cluster', server: server.url, caData: base64(server.certificateAuthority) }],
    users: [{ name: 'worker', token }],
    contexts: [{ name: 'in-cluster', cluster: 'in-cluster', user: 'worker' }],
    currentContext: 'in-cluster',
  });
  const api = KubernetesObjectApi.makeApiClient(config);
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
  if (!(error instanceof Error)) return new KubernetesRefusal(0, 'Unknown', String(error));
  const { code, body } = error as Error & { code?: unknown; body?: unknown };
  if (typeof code !== 'number') return toLocalRefusal(error);
  const status = parseStatus(body);
  return new KubernetesRefusal(code, status?.reason ?? 'Unknown', status?.message ?? error.message);
}

/** Nothing was asked, or nobody answered. */
function toLocalRefusal({ message }: Error): KubernetesRefusal {
  const [, version, kind] = /^Unrecognized API version and kind: (\S+) (\S+)$/.exec(message) ?? [];
  return kind === undefined
    ? new KubernetesRefusal(0, 'Unreachable', message)
    : new KubernetesRefusal(0, 'NoMatch', `no matches for kind "${kind}" in version "${version}"`);
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
