/**
 * Removes the folders of runs that are gone. A run that is killed is cleaned up after by its watchdog, but that one starts
 * with the first block; so each folder's name says whose it is, and the next run looks.
 */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** How the name of a folder begins that is this process's own: with a machine and a process on it. */
export function ownPrefix(): string {
  return `mtx-doc-${nameMachine()}-${process.pid}-`;
}

/** Removes what runs of this user on this machine, which are no more, left in `tempRoot`. */
export async function removeAbandoned(tempRoot: string): Promise<void> {
  if (!existsSync(tempRoot)) return;
  const machine = nameMachine();
  for (const name of readdirSync(tempRoot)) {
    const [, place, pid] = /^mtx-doc-(\w+)-(\d+)-\w{6}$/.exec(name) ?? [];
    if (place !== machine || isAlive(Number(pid))) continue;
    const path = join(tempRoot, name);
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory() !== true || found.uid !== process.getuid?.()) continue;
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Where a process id means the same process: a container that shares the folder has other ones. */
function nameMachine(): string {
  return createHash('sha256')
    .update(hostname() + readNamespace())
    .digest('hex')
    .slice(0, 8);
}

/** Empty where there are none. */
function readNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

/** False only if it is certain that there is none. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
