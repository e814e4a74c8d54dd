/** Opens the world that a chain of chapters runs in: servers, clients on PATH, files in HOME. */
import { DatabaseInUse, openSandbox } from '../sandbox/open.ts';
import type { Sandbox, SandboxOptions } from '../sandbox/sandbox.ts';
import { writeClients, writeHome } from './furnish.ts';
import { findKubectl, type Kubectl } from './find-kubectl.ts';
import { WorldNotReady } from './not-ready.ts';
import { openReader, verifyCluster, type Reader } from './reader/open-reader.ts';
import type { World, WorldFolders, WorldOptions } from './world.ts';

/** The release whose schemas and messages the emulator follows. */
const EMULATED = { version: 'v1.34.4', minor: 34 };
const DEFAULT_SPEED = 0.1;

/** Opens it, or rejects with WorldNotReady and leaves nothing open. */
export async function openWorld(options: WorldOptions, folders: WorldFolders): Promise<World> {
  const kubectl = await findKubectl(options);
  const reader = await openReader(options, kubectl.path);
  const isWhollyReaders = reader.cluster !== undefined && reader.hub !== undefined;
  const sandbox = isWhollyReaders ? undefined : await openEmbedded(options, kubectl);
  try {
    const bin = await writeClients(options, folders, kubectl.path);
    const kubeconfig = await writeHome(folders.home, reader, sandbox);
    return describeWorld({ options, kubectl, reader, sandbox, kubeconfig, bin });
  } catch (error) {
    await sandbox?.close();
    throw error;
  }
}

interface Opened {
  readonly options: WorldOptions;
  readonly kubectl: Kubectl;
  readonly reader: Reader;
  /** Absent where hub and cluster are both the reader's. */
  readonly sandbox: Sandbox | undefined;
  readonly kubeconfig: string;
  readonly bin: string;
}

function describeWorld({ options, kubectl, reader, sandbox, kubeconfig, bin }: Opened): World {
  const { cluster, hub } = reader;
  const server = cluster?.version ?? claimVersion(kubectl.minor);
  const isSandbox = cluster === undefined && hub === undefined;
  return {
    info: {
      hub: hub === undefined ? 'embedded' : 'remote',
      cluster: cluster === undefined ? 'emulator' : 'context',
      ...(hub === undefined ? {} : { hubName: hub.url }),
      ...(cluster === undefined ? {} : { clusterName: cluster.name }),
      simulated: cluster === undefined,
      versions: { cub: options.cub ?? 'embedded', kubectl: kubectl.version, server },
    },
    capabilities: new Set(cluster === undefined ? ['rbac'] : ['rbac', 'containers']),
    env: { KUBECONFIG: kubeconfig, CONFIGHUB_URL: hub?.url ?? sandbox?.hubUrl ?? '' },
    path: [bin],
    secrets: () => [...(cluster?.secrets ?? []), ...(hub?.secrets ?? []), ...(sandbox?.secrets() ?? [])],
    ...(cluster === undefined ? {} : { verify: () => verifyCluster(kubeconfig, cluster) }),
    ...(sandbox === undefined || !isSandbox
      ? {}
      : {
          notes: sandbox.notes,
          snapshot: () => sandbox.snapshot(),
          inventory: () => sandbox.inventory(),
        }),
    close: async () => await sandbox?.close(),
  };
}

async function openEmbedded(options: WorldOptions, kubectl: Kubectl): Promise<Sandbox> {
  return await openState(options, {
    seed: options.seed,
    kubernetesVersion: claimVersion(kubectl.minor),
    speed: readSpeed(options.env['MTX_SPEED']),
    ...(options.state === undefined ? {} : { state: options.state }),
    ...(options.snapshot === undefined ? {} : { snapshot: options.snapshot }),
  });
}

async function openState({ state }: WorldOptions, options: SandboxOptions): Promise<Sandbox> {
  try {
    return await openSandbox(options);
  } catch (error) {
    if (error instanceof DatabaseInUse) {
      throw new WorldNotReady(
        `the sandbox in ${state ?? ''} is open in another mtx-doc`,
        'Leave that one first, or give another folder.',
        { cause: error },
      );
    }
    if (state === undefined || !(error instanceof Error)) throw error;
    throw new WorldNotReady(
      `the sandbox in ${state} cannot be opened: ${error.message}`,
      'Give the folder of an earlier session, or a new one.',
      { cause: error },
    );
  }
}

/** kubectl warns when the server is more than one minor version away, so the emulator claims the client's own then. */
function claimVersion(clientMinor: number): string {
  return Math.abs(clientMinor - EMULATED.minor) <= 1 ? EMULATED.version : `v1.${clientMinor}.0`;
}

function readSpeed(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_SPEED;
  const speed = Number(text);
  if (speed > 0 && speed <= 10) return speed;
  throw new WorldNotReady(
    `MTX_SPEED is \`${text}\``,
    'Give a number above 0 and up to 10; 1 is as in life, 0.1 the default.',
  );
}
