/** Opens the servers of a world that are not the reader's own: the sandbox, and a real control plane where one is asked for. */
import { DatabaseInUse, openSandbox, renderKwokConfig } from '../sandbox/open.ts';
import type { Sandbox, SandboxOptions } from '../sandbox/sandbox.ts';
import { buildControlPlane } from './control-plane/build.ts';
import { startControlPlane, type ControlPlane } from './control-plane/start.ts';
import { WorldNotReady } from './not-ready.ts';
import type { WorldFolders, WorldOptions } from './world.ts';

/** The release whose schemas and messages the emulator follows. */
const EMULATED = { version: 'v1.34.4', minor: 34 };
const DEFAULT_SPEED = 0.07;

export interface Servers {
  readonly sandbox: Sandbox;
  /** The Kubernetes version that the cluster claims. */
  readonly version: string;
  close(): Promise<void>;
}

/** Throws WorldNotReady, and leaves nothing open then. */
export async function openServers(
  options: WorldOptions,
  folders: WorldFolders,
  clientMinor: number,
): Promise<Servers> {
  const speed = readSpeed(options.env['MTX_SPEED']);
  const isReal = options.cluster === 'control-plane';
  const plane = isReal ? await openControlPlane(options, folders, speed) : undefined;
  const version = isReal ? EMULATED.version : claimVersion(clientMinor);
  try {
    const sandbox = await openState(options, {
      seed: options.seed,
      kubernetesVersion: version,
      speed,
      ...(plane === undefined ? {} : { controlPlane: plane.access }),
      ...(options.state === undefined ? {} : { state: options.state }),
      ...(options.snapshot === undefined ? {} : { snapshot: options.snapshot }),
    });
    const close = async (): Promise<void> => {
      await sandbox.close();
      await plane?.close();
    };
    return { sandbox, version, close };
  } catch (error) {
    await plane?.close();
    throw error;
  }
}

/** Builds what is not built yet, and starts it. */
async function openControlPlane(
  options: WorldOptions,
  folders: WorldFolders,
  speed: number,
): Promise<ControlPlane> {
  const binaries = await buildControlPlane(options);
  options.progress('starting a control plane: etcd, API server, controllers, scheduler, simulated nodes');
  const { env } = options;
  return await startControlPlane({
    binaries,
    folder: folders.world,
    kwokConfig: renderKwokConfig(speed),
    env,
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
    'Give a number above 0 and up to 10; 1 is as in life, 0.07 the default.',
  );
}
