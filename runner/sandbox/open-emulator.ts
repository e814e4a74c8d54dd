/** The cluster of the embedded world: the emulator, listening with TLS, and the worker's program for its pods. */
import { randomBytes } from 'node:crypto';
import { collectSecrets } from './collect-secrets.ts';
import { createCertificate } from './http/certificate.ts';
import { serve } from './http/serve.ts';
import type { Kube } from './kube/kube.ts';
import { openKube } from './kube/open.ts';
import { openKeepsake, sessionIds } from './keepsake.ts';
import { listObjects } from './inventory.ts';
import type { SandboxOptions } from './sandbox.ts';
import { WORKER_IMAGE, storeOptions, type ClusterServer, type Own } from './server-part.ts';
import { systemClock } from './store/clock.ts';
import { openStore } from './store/open.ts';
import { createWorkerProgram } from './worker/program.ts';
import type { ApiServer } from './worker/worker.ts';

/** Opens it and listens. `reach` leads a worker to the hub that its manifest names. */
export async function openEmulator(
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
  const worker = createWorkerProgram({ apiServer: () => api, speed: options.speed, reach });
  kube = own(
    openKube({
      store,
      clock: systemClock,
      ids,
      version: options.kubernetesVersion,
      speed: options.speed,
      nodes: options.nodes ?? 1,
      programs: { [WORKER_IMAGE]: worker },
      adminToken,
      certificateAuthority: certificate,
    }),
  );
  kube.publish(listening.url);
  const secrets = collectSecrets(store, 'kubetokens', (token) => token);
  return {
    api,
    adminToken,
    secrets,
    notes: keepsake.notes,
    inventory: async () => listObjects(opened().cluster),
    snapshot: () => store.snapshot(),
  };
}

function missing(): never {
  throw new Error('the cluster is not open yet');
}
