/** Where the repository begins and which commit it is at, read from `.git` itself: starting git costs more than a chapter. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Plan } from '../plan/plan.ts';

export interface Repository {
  /** The current folder where there is no repository. */
  readonly root: string;
  /** Absent outside a repository and before its first commit. */
  readonly commit?: string;
}

/** The repository of the file `place`, relative to the current folder `cwd`; of that folder where the file is in none. */
export function findRepository(cwd: string, place = '.'): Repository {
  return searchUpwards(resolve(cwd, place)) ?? searchUpwards(cwd) ?? { root: cwd };
}

/** The repository that the plan's first chapter is in: the runner may be called from elsewhere. */
export function repositoryOf({ chains: [chain] }: Plan, cwd: string): Repository {
  return findRepository(cwd, chain?.chapters[0]?.chapter.file);
}

function searchUpwards(place: string): Repository | undefined {
  for (let root = place; ; root = dirname(root)) {
    if (existsSync(join(root, '.git'))) {
      const commit = readCommit(findGitFolder(root));
      return commit === undefined ? { root } : { root, commit };
    }
    if (dirname(root) === root) return undefined;
  }
}

/** `.git` is a file in linked work trees and submodules. */
function findGitFolder(root: string): string {
  const link = /^gitdir: (.+)$/m.exec(read(join(root, '.git')) ?? '')?.[1];
  return resolve(root, link ?? '.git');
}

function readCommit(folder: string): string | undefined {
  const head = read(join(folder, 'HEAD'))?.trim() ?? '';
  const branch = /^ref: (.+)$/.exec(head)?.[1];
  if (branch === undefined) return toCommit(head);
  const common = resolve(folder, read(join(folder, 'commondir'))?.trim() ?? '.');
  const loose = read(join(folder, branch)) ?? read(join(common, branch));
  if (loose !== undefined) return toCommit(loose.trim());
  const packed = read(join(common, 'packed-refs'))?.split('\n') ?? [];
  return toCommit(packed.find((line) => line.endsWith(` ${branch}`))?.split(' ')[0] ?? '');
}

function toCommit(text: string): string | undefined {
  return /^[0-9a-f]{40,64}$/.test(text) ? text : undefined;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
