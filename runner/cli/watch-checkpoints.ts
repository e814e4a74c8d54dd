/** States of a chain on the way: the world, the files and the shell, as they were before a block. They lie in one folder. */
import { cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SandboxSnapshot } from '../sandbox/sandbox.ts';
import type { World, WorldFolders } from '../world/world.ts';
import { restoreScript } from './shell-state.ts';
import { BASE_FILE, RESTORE_FILE, STATE_FILE } from './watch-plan.ts';

const PARTS = ['work', 'home', 'temp'] as const;

/** The state before the step `index` of a chain's last chapter. */
export interface Checkpoint {
  readonly index: number;
  /** Where it is kept. */
  readonly folder: string;
  /** The folder of the chain that it was taken from. */
  readonly root: string;
  readonly hasWorld: boolean;
}

/** Keeps the present state; undefined where this world cannot be copied. */
export function takeCheckpoint(
  index: number,
  folder: string,
  world: World,
  { home }: WorldFolders,
): Checkpoint | undefined {
  const hasWorld = world.info.hub !== 'none' || world.info.cluster !== 'none';
  if (hasWorld && world.snapshot === undefined) return undefined;
  const root = dirname(home);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const part of PARTS) {
    cpSync(join(root, part), join(folder, part), {
      recursive: true,
      verbatimSymlinks: true,
      filter: isOrdinary,
    });
  }
  const snapshot = world.snapshot?.();
  if (snapshot !== undefined) {
    writeFileSync(join(folder, 'hub'), snapshot.hub);
    writeFileSync(join(folder, 'cluster'), snapshot.cluster);
  }
  return { index, folder, root, hasWorld };
}

/** Sockets and pipes belong to programs that are gone by then. */
function isOrdinary(path: string): boolean {
  const info = lstatSync(path);
  return info.isFile() || info.isDirectory() || info.isSymbolicLink();
}

/** Puts the files into a new chain's folders, in the place of what is there, and the shell's state beside them. */
export function fillFolders(checkpoint: Checkpoint, { home }: WorldFolders): void {
  const root = dirname(home);
  for (const part of PARTS) {
    for (const name of readdirSync(join(root, part))) {
      rmSync(join(root, part, name), { recursive: true, force: true });
    }
    cpSync(join(checkpoint.folder, part), join(root, part), { recursive: true, verbatimSymlinks: true });
  }
  writeFileSync(join(root, 'temp', RESTORE_FILE), readShellState(checkpoint, root));
}

/** What the world starts from; undefined where there was none. */
export function readSnapshot({ folder, hasWorld }: Checkpoint): SandboxSnapshot | undefined {
  if (!hasWorld) return undefined;
  return { hub: readFileSync(join(folder, 'hub')), cluster: readFileSync(join(folder, 'cluster')) };
}

/** The script that brings the shell's state back, with the paths of the new folder. */
function readShellState({ folder, root }: Checkpoint, newRoot: string): string {
  const read = (file: string): string => readFileSync(join(folder, 'temp', file), 'utf8');
  return restoreScript(read(STATE_FILE), read(BASE_FILE)).replaceAll(root, newRoot);
}
