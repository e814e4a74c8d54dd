/** What the site alone adds to an installation: packages that the lock file needs for it, and their size on disk. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Named in package.json for the site and its tests. */
const NAMED = [
  'shiki',
  '@shikijs/langs',
  '@shikijs/themes',
  'minisearch',
  'github-slugger',
  'markdown-it',
  'markdown-it-github-alerts',
  'playwright-core',
  'axe-core',
  'html-validate',
  'vite',
];

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Counts installed packages that are reached from those named. */
export function countPackages(root: string): { readonly packages: number; readonly megabytes: number } {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const found = new Set<string>();
  const visit = (name: string, from: string): void => {
    const nested = `${from}/node_modules/${name}`;
    const path = nested in lock.packages ? nested : `node_modules/${name}`;
    if (found.has(path) || lock.packages[path] === undefined) return;
    found.add(path);
    for (const next of Object.keys(lock.packages[path].dependencies ?? {})) visit(next, path);
  };
  for (const name of NAMED) visit(name, '');
  const bytes = [...found].reduce((sum, path) => sum + sizeOf(join(root, path)), 0);
  return { packages: found.size, megabytes: bytes / 2 ** 20 };
}

/** Without packages inside, which are counted for themselves. */
function sizeOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sum + (entry.name === 'node_modules' ? 0 : sizeOf(path));
    return sum + (entry.isFile() ? statSync(path).size : 0);
  }, 0);
}
