/**
 * End states of chapters, kept in the reader's cache so that `--at` is instant the second time. An entry is named after all
 * that it came from: the chapters, the manifests, mtx-doc's own files, and what the environment decides.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChainFolders } from '../execution/folders.ts';
import type { Chain } from '../plan/plan.ts';
import type { SandboxSnapshot } from '../sandbox/sandbox.ts';
import type { Host } from './host.ts';
import { KEPT_FOLDERS } from './sandbox-folders.ts';

/** What a session starts from. */
export interface Start {
  readonly snapshot: SandboxSnapshot;
  /** A folder with the `work` and `home` of the chapter. */
  readonly files: string;
  /** What the chapter exported, with the paths of its folders turned into those of `folders`. */
  variables(folders: ChainFolders): Readonly<Record<string, string>>;
}

/** A chapter's end as it was reached; `root` is the folder of its chain. */
export interface EndState {
  readonly root: string;
  readonly snapshot: SandboxSnapshot;
  readonly variables: Readonly<Record<string, string>>;
}

const MOST_ENTRIES = 8;
const OWN_FILES = fileURLToPath(new URL('..', import.meta.url));
const DECIDING = ['MTX_PREFIX', 'MTX_SEED', 'MTX_SPEED', 'MTX_KUBECTL', 'PATH', 'USER', 'LOGNAME'];
/** A shell sets these itself. */
const OF_THE_SHELL = new Set(['PWD', 'OLDPWD', 'SHLVL', '_']);

/** The name of the end state of this chain. */
export function nameStart(
  chain: Chain,
  repository: string,
  env: Host['env'],
  tools: readonly (string | undefined)[],
): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([chain.chapters, DECIDING.map((name) => env[name] ?? null), tools]));
  for (const folder of [OWN_FILES, join(repository, 'k8s')]) hash.update(describeFiles(folder));
  return hash.digest('hex').slice(0, 32);
}

/** Names, sizes and times of a folder's files. */
function describeFiles(folder: string): string {
  if (!existsSync(folder)) return '';
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const { size, mtimeMs } = statSync(join(folder, name));
      return `${name}:${size}:${mtimeMs}`;
    })
    .join('\n');
}

/** The entry of that name, if it is there and whole. */
export function findStart(host: Host, name: string): Start | undefined {
  const entry = join(cacheFolder(host), name);
  try {
    const saved = JSON.parse(readFileSync(join(entry, 'variables.json'), 'utf8')) as Omit<
      EndState,
      'snapshot'
    >;
    return {
      snapshot: { hub: readFileSync(join(entry, 'hub')), cluster: readFileSync(join(entry, 'cluster')) },
      files: entry,
      variables: (folders) => moveVariables(saved, folders),
    };
  } catch {
    return undefined;
  }
}

/** Keeps an end state under that name and drops the oldest entries. */
export function keepStart(host: Host, name: string, end: EndState): Start {
  const folder = cacheFolder(host);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const entry = mkdtempSync(join(folder, 'new-'));
  try {
    for (const part of KEPT_FOLDERS) cpSync(join(end.root, part), join(entry, part), { recursive: true });
    const { root, variables } = end;
    writeFileSync(join(entry, 'hub'), end.snapshot.hub);
    writeFileSync(join(entry, 'cluster'), end.snapshot.cluster);
    writeFileSync(join(entry, 'variables.json'), JSON.stringify({ root, variables }));
    rmSync(join(folder, name), { recursive: true, force: true });
    renameSync(entry, join(folder, name));
  } finally {
    rmSync(entry, { recursive: true, force: true });
  }
  dropOldest(folder);
  const start = findStart(host, name);
  if (start === undefined) throw new Error(`the end state in ${folder} cannot be read back`);
  return start;
}

function dropOldest(folder: string): void {
  const age = (name: string): number => statSync(join(folder, name)).mtimeMs;
  const entries = readdirSync(folder).sort((left, right) => age(right) - age(left));
  for (const name of entries.slice(MOST_ENTRIES))
    rmSync(join(folder, name), { recursive: true, force: true });
}

function moveVariables(
  { root, variables }: Omit<EndState, 'snapshot'>,
  folders: ChainFolders,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables)
      .filter(([name]) => !OF_THE_SHELL.has(name))
      .map(([name, value]) => [
        name,
        KEPT_FOLDERS.reduce((text, part) => text.replaceAll(join(root, part), folders[part]), value),
      ]),
  );
}

function cacheFolder({ env }: Host): string {
  return join(env['XDG_CACHE_HOME'] ?? join(env['HOME'] ?? homedir(), '.cache'), 'mtx-doc', 'at');
}
