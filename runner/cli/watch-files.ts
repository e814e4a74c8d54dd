/**
 * Tells of edits, one call for a burst of them. Folders are watched rather than files: editors save by renaming another file
 * into place, and a chapter may be gone for a moment or come back under its name.
 */
import { basename } from 'node:path';
import { watch, type FSWatcher } from 'chokidar';

const QUIET_MS = 100;
const LONGEST_MS = 1_000;
const IGNORED = new Set(['node_modules', 'dist', 'coverage']);

export interface WatchedPlaces {
  /** Folders of which only the files count. */
  readonly flat: readonly string[];
  /** Folders that count with all below them. */
  readonly deep: readonly string[];
}

export interface FileWatch {
  /** Watches these folders too, without what is below them. */
  add(flat: readonly string[]): void;
  close(): Promise<void>;
}

/** Watches from now on; `changed` gets the absolute paths of a burst. */
export async function watchFiles(
  { flat, deep }: WatchedPlaces,
  changed: (paths: ReadonlySet<string>) => void,
  failed: (reason: string) => void,
): Promise<FileWatch> {
  let paths = new Set<string>();
  let quiet: NodeJS.Timeout | undefined;
  let since = 0;
  const tell = (): void => {
    const told = paths;
    paths = new Set();
    changed(told);
  };
  const note = (path: string): void => {
    if (paths.size === 0) since = Date.now();
    paths.add(path);
    clearTimeout(quiet);
    quiet = setTimeout(tell, Math.max(0, Math.min(QUIET_MS, since + LONGEST_MS - Date.now())));
  };
  const shallow = watch([...flat], { ignoreInitial: true, depth: 0, ignored: isIgnored });
  const watchers = [
    shallow,
    ...(deep.length > 0 ? [watch([...deep], { ignoreInitial: true, ignored: isIgnored })] : []),
  ];
  for (const watcher of watchers) {
    watcher.on('all', (_event, path) => note(path));
    watcher.on('error', (error) => failed(error instanceof Error ? error.message : String(error)));
  }
  await Promise.all(watchers.map((watcher) => ready(watcher)));
  return {
    add: (folders) => shallow.add([...folders]),
    close: async () => {
      clearTimeout(quiet);
      await Promise.all(watchers.map((watcher) => watcher.close()));
    },
  };
}

async function ready(watcher: FSWatcher): Promise<void> {
  await new Promise<void>((resolve) => void watcher.once('ready', resolve));
}

/** Editors' own files and what no chapter lies in. */
function isIgnored(path: string): boolean {
  const name = basename(path);
  return IGNORED.has(name) || (name.startsWith('.') && name.length > 1) || name.endsWith('~');
}
