/** Brings the control plane's programs: from the user's cache, or built there from the pinned Go modules, once. */
import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findCacheFolder } from '../cache-folder.ts';
import { findOnPath } from '../find-on-path.ts';
import { WorldNotReady } from '../not-ready.ts';
import type { WorldOptions } from '../world.ts';
import { COMPONENTS, LINKER_FLAGS, type Component } from './components.ts';
import { readTail } from './read-tail.ts';
import { runGuarded } from './run-guarded.ts';

const MODULE = fileURLToPath(new URL('../../../k8s/control-plane/', import.meta.url));

type Wanted = Pick<WorldOptions, 'env' | 'progress' | 'signal'>;

/** Resolves with the folder that holds all five. Rejects with WorldNotReady, and leaves nothing half done. */
export async function buildControlPlane(options: Wanted): Promise<string> {
  const cache = join(findCacheFolder(options.env), 'control-plane');
  const folder = join(cache, await hashModules());
  if (await exists(folder)) return folder;
  const go = await findOnPath('go', options.env['PATH'] ?? '');
  if (go === undefined) {
    throw new WorldNotReady(
      'the control plane is built from source with Go when it is first used, and there is no `go` on PATH',
      'Install Go 1.24 or later (https://go.dev/doc/install), or leave out --cluster to use the emulator, which needs nothing.',
    );
  }
  await mkdir(cache, { recursive: true });
  const building = await mkdtemp(join(cache, 'building-'));
  // What is half built goes when its builder ends, however that is.
  const keeper = runGuarded({
    path: 'sleep',
    args: ['86400'],
    env: options.env,
    log: join(building, 'log'),
    folder: building,
  });
  try {
    await buildAll(go, building, options);
    await rename(join(building, 'bin'), folder).catch(async (error: unknown) => {
      if (!(await exists(folder))) throw error;
    });
    return folder;
  } finally {
    await keeper.stop();
  }
}

async function buildAll(go: string, building: string, { env, progress, signal }: Wanted): Promise<void> {
  const count = COMPONENTS.length;
  progress(`building the control plane with Go: ${count} programs, about 10 minutes, once`);
  for (const [index, component] of COMPONENTS.entries()) {
    const started = Date.now();
    await buildOne(go, component, building, env, signal);
    const seconds = Math.round((Date.now() - started) / 1000);
    progress(`built ${component.name} in ${seconds} s (${index + 1} of ${count})`);
  }
}

async function buildOne(
  go: string,
  component: Component,
  building: string,
  env: WorldOptions['env'],
  signal: AbortSignal | undefined,
): Promise<void> {
  const output = join(building, 'bin', component.name);
  const log = join(building, `${component.name}.log`);
  const build = runGuarded({
    path: go,
    args: ['build', '-ldflags', LINKER_FLAGS, '-o', output, component.package],
    env,
    cwd: join(MODULE, component.module),
    log,
  });
  const stop = (): void => void build.stop();
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop, { once: true });
  const status = await build.ended;
  signal?.removeEventListener('abort', stop);
  if (signal?.aborted === true)
    throw new WorldNotReady(
      'the build of the control plane was interrupted',
      'Start it again; what was compiled is not compiled anew.',
    );
  if (status === 0) return;
  throw new WorldNotReady(
    `go could not build ${component.name}: ${await readTail(log)}`,
    'Check that `go version` says 1.24 or later, that the Go module proxy is reachable and that 6 GB are free in Go’s caches.',
  );
}

/** The pinned versions in a word: another one, and all is built anew. */
async function hashModules(): Promise<string> {
  const hash = createHash('sha256').update(LINKER_FLAGS);
  for (const module of new Set(COMPONENTS.map(({ module }) => module)))
    hash.update(await readFile(join(MODULE, module, 'go.sum')));
  return hash.digest('hex').slice(0, 16);
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
