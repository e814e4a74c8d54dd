/**
 * The folders of one chain of chapters: made before its first block, removed after its last cleanup. Everything that a
 * chapter may write to lies in them.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ownPrefix } from './abandoned-folders.ts';

/** Absolute paths, free of symbolic links. */
export interface ChainFolders {
  readonly root: string;
  /** Where the chapters' commands run; starts with a copy of the repository's `k8s/`. */
  readonly work: string;
  readonly home: string;
  readonly temp: string;
  /** The world's own. */
  readonly world: string;
  /** The blocks as files that bash sources, the pipes they print to, and their whole output. */
  readonly blocks: string;
}

const parts = ['work', 'home', 'temp', 'world', 'blocks'] as const;

/**
 * Makes the folders of one chain under `tempRoot` and copies `repository`/k8s into the work folder. Folders that are kept
 * after the run have names by which no other run takes them for abandoned.
 */
export function makeFolders(tempRoot: string, repository: string, keep = false): ChainFolders {
  const root = mkdtempSync(join(realpathSync(tempRoot), keep ? 'mtx-doc-' : ownPrefix()));
  const [work, home, temp, world, blocks] = parts.map((part) => join(root, part)) as [
    string,
    string,
    string,
    string,
    string,
  ];
  for (const folder of [work, home, temp, world, blocks]) mkdirSync(folder, { mode: 0o700 });
  const manifests = join(repository, 'k8s');
  if (statSync(manifests, { throwIfNoEntry: false })?.isDirectory() === true) {
    cpSync(manifests, join(work, 'k8s'), { recursive: true });
  }
  return { root, work, home, temp, world, blocks };
}

/** What a chapter wrote beside its folders, one line each. */
export function findStrayFiles({ root }: ChainFolders): readonly string[] {
  const known: readonly string[] = parts;
  return readdirSync(root)
    .filter((name) => !known.includes(name))
    .map((name) => `file outside the work folder: ../${name}`);
}

/** Removes the folders, also where a chapter took write permission away. */
export async function removeFolders({ root }: ChainFolders): Promise<void> {
  await rm(root, { recursive: true, force: true, maxRetries: 3 });
}
