/** Opens the world that a chain of chapters runs in: servers, clients on PATH, files in HOME. */
import { existsSync } from 'node:fs';
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseInUse, openSandbox, renderKwokConfig } from '../sandbox/open.ts';
import type { Sandbox, SandboxOptions } from '../sandbox/sandbox.ts';
import { findCacheFolder } from './cache-folder.ts';
import { buildControlPlane } from './control-plane/build.ts';
import { startControlPlane, type ControlPlane } from './control-plane/start.ts';
import { findKubectl, type Kubectl } from './find-kubectl.ts';
import { WorldNotReady } from './not-ready.ts';
import type { World, WorldFolders, WorldOptions } from './world.ts';

/** The release whose schemas and messages the emulator follows. */
const EMULATED = { version: 'v1.34.4', minor: 34 };
const DEFAULT_SPEED = 0.1;
const CUB = fileURLToPath(new URL('../sandbox/cub/bin.js', import.meta.url));

/** Opens it, or rejects with WorldNotReady and leaves nothing open. */
export async function openWorld(options: WorldOptions, folders: WorldFolders): Promise<World> {
  refuseUnknown('cluster', options.cluster, ['emulator', 'control-plane']);
  refuseUnknown('hub', options.hub, ['embedded']);
  const speed = readSpeed(options.env['MTX_SPEED']);
  const kubectl = await findKubectl(options);
  const isReal = options.cluster === 'control-plane';
  const plane = isReal ? await openControlPlane(options, folders, speed) : undefined;
  const kubernetesVersion = isReal ? EMULATED.version : claimVersion(kubectl.minor);
  try {
    const sandbox = await openState(options, {
      seed: options.seed,
      kubernetesVersion,
      speed,
      ...(plane === undefined ? {} : { controlPlane: plane.access }),
      ...(options.state === undefined ? {} : { state: options.state }),
      ...(options.snapshot === undefined ? {} : { snapshot: options.snapshot }),
    });
    try {
      return await furnish(options, folders, kubectl, kubernetesVersion, sandbox, plane);
    } catch (error) {
      await sandbox.close();
      throw error;
    }
  } catch (error) {
    await plane?.close();
    throw error;
  }
}

/** The servers run: puts the clients and their files in place. */
async function furnish(
  options: WorldOptions,
  folders: WorldFolders,
  kubectl: Kubectl,
  server: string,
  sandbox: Sandbox,
  plane: ControlPlane | undefined,
): Promise<World> {
  const bin = await writeClients(options, folders, kubectl);
  const kubeconfig = await writeHome(folders.home, sandbox);
  const { snapshot } = sandbox;
  return {
    info: {
      hub: 'embedded',
      cluster: plane === undefined ? 'emulator' : 'control-plane',
      simulated: true,
      versions: { cub: options.cub ?? 'embedded', kubectl: kubectl.version, server },
    },
    capabilities: new Set(['rbac']),
    env: { KUBECONFIG: kubeconfig, CONFIGHUB_URL: sandbox.hubUrl },
    path: [bin],
    secrets: () => sandbox.secrets(),
    notes: sandbox.notes,
    ...(snapshot === undefined ? {} : { snapshot }),
    inventory: () => sandbox.inventory(),
    close: async () => {
      await sandbox.close();
      await plane?.close();
    },
  };
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

function refuseUnknown(what: string, given: string, known: readonly string[]): void {
  if (known.includes(given)) return;
  throw new WorldNotReady(
    `there is no ${what} \`${given}\` in this version`,
    `Use --${what} ${known.join(' or ')}, or leave the option out.`,
  );
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

/** `cub` and `kubectl` in one folder, under the names that chapters type: kubectl's name becomes its field manager. */
async function writeClients(options: WorldOptions, folders: WorldFolders, kubectl: Kubectl): Promise<string> {
  const bin = join(folders.world, 'bin');
  await rm(bin, { recursive: true, force: true });
  await mkdir(bin, { recursive: true });
  await symlink(kubectl.path, join(bin, 'kubectl'));
  if (options.cub === undefined) {
    // HOME and TMPDIR of a chapter are new each time: without this `cub` would compile itself again in each run.
    const cache = `NODE_COMPILE_CACHE=${quote(join(findCacheFolder(options.env), 'compile'))}`;
    await writeFile(
      join(bin, 'cub'),
      `#!/bin/sh\n${cache} exec ${quote(process.execPath)} ${quote(CUB)} "$@"\n`,
    );
    await chmod(join(bin, 'cub'), 0o755);
  } else {
    await symlink(resolve(options.cub), join(bin, 'cub'));
  }
  return bin;
}

async function writeHome(home: string, sandbox: Sandbox): Promise<string> {
  const kubeconfig = join(home, '.kube', 'config');
  await mkdir(join(home, '.kube'), { recursive: true });
  const confighub = join(home, '.confighub');
  await mkdir(confighub, { recursive: true });
  await writeFile(kubeconfig, sandbox.kubeconfig, { mode: 0o600 });
  await writeFile(join(confighub, 'session.json'), sandbox.hubSession, { mode: 0o600 });
  await writeFile(join(confighub, 'functions.json'), sandbox.hubFunctions);
  // The reader's own choice of a space stays from session to session.
  const context = join(confighub, 'context.json');
  if (!existsSync(context)) await writeFile(context, sandbox.hubContext, { mode: 0o600 });
  return kubeconfig;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
