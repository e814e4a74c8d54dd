/** Writes a `.file` fence into the work folder, and refuses every way out of it. */
import { closeSync, constants, lstatSync, mkdirSync, openSync, realpathSync, writeSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';

/** Writes `body` to `path` in the folder `work`. Gives the reason if it cannot. */
export function writeChapterFile(work: string, path: string, body: string): string | undefined {
  const target = resolve(work, path);
  if (!target.startsWith(work + sep)) return `${path} is outside the work folder`;
  try {
    makeParents(work, dirname(target));
    if (lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
      return `${path} is a symbolic link`;
    }
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW;
    const descriptor = openSync(target, flags, 0o644);
    try {
      writeSync(descriptor, body);
    } finally {
      closeSync(descriptor);
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Makes the missing folders down to `folder`. Throws if a link leads out of `work`. */
function makeParents(work: string, folder: string): void {
  if (folder === work) return;
  makeParents(work, dirname(folder));
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) mkdirSync(folder);
  const real = realpathSync(folder);
  if (!`${real}${sep}`.startsWith(work + sep)) {
    throw new Error(`${join('.', folder.slice(work.length))} leads out of the work folder`);
  }
}
