/** The hub of the embedded world: its store, its two listeners, and what it keeps from session to session. */
import { randomBytes } from 'node:crypto';
import { collectSecrets } from './collect-secrets.ts';
import { serve, type Listening } from './http/serve.ts';
import { serveHttp2 } from './http/serve-http2.ts';
import { openHub } from './hub/open.ts';
import { openKeepsake, sessionIds } from './keepsake.ts';
import type { SandboxOptions } from './sandbox.ts';
import { storeOptions, type Own, type Server } from './server-part.ts';
import { systemClock } from './store/clock.ts';
import { openStore } from './store/open.ts';
import type { Store } from './store/store.ts';

/** Units may be large; the API server's own limit is smaller. */
const HUB_BODY_LIMIT = 16 * 1024 * 1024;

export interface HubServer extends Server {
  readonly store: Store;
  readonly url: string;
  readonly accessToken: string;
  readonly organizationId: string;
  /** Where a worker finds the hub that its manifest names: an earlier address of this hub leads to the present one. */
  readonly reach: (url: string) => string;
}

/** The hub keeps its whole history in its tables, and nothing asks its log for more than the newest changes. */
const HUB_LOG_LENGTH = 100;

/** Opens it and listens. */
export async function openHubServer(options: SandboxOptions, own: Own): Promise<HubServer> {
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
    organizationId: hub.organizationId,
    secrets: collectSecrets(store, 'bridge_worker', (_key, worker) => (worker as { Secret?: string }).Secret),
    notes: keepsake.notes,
    reach: (wanted) => (keepsake.isFormer(wanted) ? url : wanted),
  };
}
