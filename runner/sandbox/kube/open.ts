/** Puts the emulator together: stored objects, the API in front of them, controllers behind. */
import { Tokens } from './auth/tokens.ts';
import { handleApi, handleUpgrade } from './api/handle.ts';
import type { ApiServer } from './api/server.ts';
import { startControllers } from './controllers/start.ts';
import type { Kube, KubeOptions } from './kube.ts';
import type { Core } from './objects/core.ts';
import { ObjectStore } from './objects/object-store.ts';
import { openCluster } from './objects/open-cluster.ts';
import { publishServer } from './objects/publish-server.ts';
import { seedCluster } from './objects/seed.ts';

/** Opens a cluster over the store: seeded when it is empty, as it was left otherwise. Not yet listening. */
export function openKube(options: KubeOptions): Kube {
  const { store, clock, ids, version } = options;
  const objects = new ObjectStore(store);
  const core: Core = { objects, clock, ids };
  const tokens = new Tokens(store, core);
  const cluster = openCluster(core, tokens);
  seedCluster(core, version, options.nodes);
  const nodes = startControllers(cluster, options);
  const server: ApiServer = { core, cluster, tokens, options, nodes: () => nodes };
  return {
    cluster,
    handler: handleApi(server),
    upgrade: handleUpgrade(server),
    publish(url) {
      const { hostname, port } = new URL(url);
      publishServer(core, hostname, Number(port));
    },
    close() {
      nodes.close();
      objects.close();
    },
  };
}
