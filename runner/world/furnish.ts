/** Puts a world's clients and their files in place: what a chapter finds on PATH and in HOME. */
import { chmod, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { findCacheFolder } from './cache-folder.ts';
import type { Reader } from './reader/open-reader.ts';
import type { WorldFolders, WorldOptions } from './world.ts';
import { quoteWord } from '../text/shell-word.ts';

const CUB = fileURLToPath(new URL('../sandbox/cub/bin.js', import.meta.url));

/** `cub` and `kubectl` in one folder, under the names that chapters type: kubectl's name becomes its field manager. */
export async function writeClients(
  options: Pick<WorldOptions, 'cub' | 'env'>,
  folders: Pick<WorldFolders, 'world'>,
  kubectl: string,
): Promise<string> {
  const bin = join(folders.world, 'bin');
  await rm(bin, { recursive: true, force: true });
  await mkdir(bin, { recursive: true });
  await symlink(kubectl, join(bin, 'kubectl'));
  if (options.cub === undefined) {
    // HOME and TMPDIR of a chapter are new each time: without this `cub` would compile itself again in each run.
    const cache = `NODE_COMPILE_CACHE=${quoteWord(join(findCacheFolder(options.env), 'compile'))}`;
    await writeFile(
      join(bin, 'cub'),
      `#!/bin/sh\n${cache} exec ${quoteWord(process.execPath)} ${quoteWord(CUB)} "$@"\n`,
    );
    await chmod(join(bin, 'cub'), 0o755);
  } else {
    await symlink(resolve(options.cub), join(bin, 'cub'));
  }
  return bin;
}

/** Kubeconfig and session in a HOME; gives the kubeconfig's path. */
export async function writeHome(home: string, { cluster, hub }: Reader, sandbox?: Sandbox): Promise<string> {
  const kubeconfig = join(home, '.kube', 'config');
  await mkdir(join(home, '.kube'), { recursive: true });
  const confighub = join(home, '.confighub');
  await mkdir(confighub, { recursive: true });
  await writeFile(kubeconfig, cluster?.kubeconfig ?? sandbox?.kubeconfig ?? '', { mode: 0o600 });
  const files = hub?.files ?? (sandbox === undefined ? {} : embeddedFiles(sandbox));
  for (const [name, text] of Object.entries(files)) {
    const file = join(confighub, name);
    await writeFile(file, name === 'context.json' ? await keepChoice(file, text) : text, { mode: 0o600 });
  }
  return kubeconfig;
}

/** The reader's own choice of a space stays from session to session; the hub's address is that of this one. */
async function keepChoice(file: string, fresh: string): Promise<string> {
  const earlier = await readFile(file, 'utf8').catch(() => '{}');
  try {
    const { confighub_url } = JSON.parse(fresh) as { confighub_url: string };
    return JSON.stringify({ ...JSON.parse(fresh), ...JSON.parse(earlier), confighub_url }, null, 2);
  } catch {
    return fresh;
  }
}

function embeddedFiles(sandbox: Sandbox): Readonly<Record<string, string>> {
  return {
    'session.json': sandbox.hubSession,
    'functions.json': sandbox.hubFunctions,
    'context.json': sandbox.hubContext,
  };
}
