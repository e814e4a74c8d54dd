/** Opens the world that a chain of chapters runs in: servers, clients on PATH, files in HOME. */
import type { Sandbox } from '../sandbox/sandbox.ts';
import { findKubectl, type Kubectl } from './find-kubectl.ts';
import { writeClients, writeHome } from './furnish.ts';
import { openServers, type Servers } from './open-servers.ts';
import { openReader, verifyCluster, type Reader } from './reader/open-reader.ts';
import type { World, WorldFolders, WorldInfo, WorldOptions } from './world.ts';

/** Opens it, or rejects with WorldNotReady and leaves nothing open. */
export async function openWorld(options: WorldOptions, folders: WorldFolders): Promise<World> {
  const kubectl = await findKubectl(options);
  const reader = await openReader(options, kubectl.path);
  const isWhollyReaders = reader.cluster !== undefined && reader.hub !== undefined;
  const servers = isWhollyReaders ? undefined : await openServers(options, folders, kubectl.minor);
  try {
    const bin = await writeClients(options, folders, kubectl.path);
    const kubeconfig = await writeHome(folders.home, reader, servers?.sandbox);
    return joinWorld({ options, kubectl, reader, servers, kubeconfig, bin });
  } catch (error) {
    await servers?.close();
    throw error;
  }
}

interface Parts {
  readonly options: WorldOptions;
  readonly kubectl: Kubectl;
  readonly reader: Reader;
  /** Absent where hub and cluster are both the reader's. */
  readonly servers: Servers | undefined;
  readonly kubeconfig: string;
  readonly bin: string;
}

function joinWorld(parts: Parts): World {
  const { reader, servers, kubeconfig, bin } = parts;
  const { cluster, hub } = reader;
  const sandbox = servers?.sandbox;
  return {
    info: describeWorld(parts),
    capabilities: new Set(cluster === undefined ? ['rbac'] : ['rbac', 'containers']),
    env: { KUBECONFIG: kubeconfig, CONFIGHUB_URL: hub?.url ?? sandbox?.hubUrl ?? '' },
    path: [bin],
    secrets: () => [...(cluster?.secrets ?? []), ...(hub?.secrets ?? []), ...(sandbox?.secrets() ?? [])],
    ...(cluster === undefined ? {} : { verify: () => verifyCluster(kubeconfig, cluster) }),
    ...(sandbox === undefined || cluster !== undefined || hub !== undefined ? {} : watch(sandbox)),
    close: async () => await servers?.close(),
  };
}

function describeWorld({ options, kubectl, reader: { cluster, hub }, servers }: Parts): WorldInfo {
  const ours = options.cluster === 'control-plane' ? 'control-plane' : 'emulator';
  return {
    hub: hub === undefined ? 'embedded' : 'remote',
    cluster: cluster === undefined ? ours : 'context',
    ...(hub === undefined ? {} : { hubName: hub.url }),
    ...(cluster === undefined ? {} : { clusterName: cluster.name }),
    simulated: cluster === undefined,
    versions: {
      cub: options.cub ?? 'embedded',
      kubectl: kubectl.version,
      server: cluster?.version ?? servers?.version ?? '',
    },
  };
}

/** What only a world that is wholly ours can tell of itself. */
function watch(sandbox: Sandbox): Pick<World, 'notes' | 'snapshot' | 'inventory'> {
  const { snapshot } = sandbox;
  return {
    notes: sandbox.notes,
    ...(snapshot === undefined ? {} : { snapshot }),
    inventory: () => sandbox.inventory(),
  };
}
