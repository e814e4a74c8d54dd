/** The worker's Kubernetes client: @kubernetes/client-node, loaded when the first worker starts because it takes half a second. */
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
  const found = async <R>(call: Promise<R>): Promise<R | undefined> => {
    try {
      return await call;
    } catch (error) {
      const refusal = toRefusal(error);
      if (refusal.code === 404) return undefined;
      throw refusal;
    }
  };
  return {
    apply: async (manifest, { dryRun }) => {
      try {
        const strategy = PatchStrategy.ServerSideApply;
        const dry = dryRun ? 'All' : undefined;
        const applied: unknown = await api.patch(
          { ...manifest },
          undefined,
          dry,
          FIELD_MANAGER,
          true,
          strategy,
        );
        return applied as Manifest;
      } catch (error) {
        throw toRefusal(error);
      }
    },
    get: async (manifest) =>
      (await found(api.read({ ...manifest, metadata: { ...manifest.metadata } }))) as unknown as
        | Manifest
        | undefined,
    delete: async (manifest) => (await found(api.delete({ ...manifest }))) !== undefined,
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** client-node rejects with an ApiException whose `body` is the Status, sometimes as text. Anything else is a connection error. */
function toRefusal(error: unknown): KubernetesRefusal {
  if (!(error instanceof Error)) return new KubernetesRefusal(0, 'Unknown', String(error));
  const { code, body } = error as Error & { code?: unknown; body?: unknown };
  if (typeof code !== 'number') return new KubernetesRefusal(0, 'Unreachable', error.message);
  const status = parseStatus(body);
  return new KubernetesRefusal(code, status?.reason ?? 'Unknown', status?.message ?? error.message);
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
