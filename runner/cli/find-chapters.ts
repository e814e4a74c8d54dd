/** Turns the paths that were typed into files: a file is taken as it is, folders and globs are searched for Markdown. */
import { glob, readlink, stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { suggest } from '../text/suggest.ts';
import { UsageError } from './usage-error.ts';

export interface FoundFile {
  /** Relative to the current folder, with `/` between folders. */
  readonly file: string;
  /** True where the user named the file itself, so that it must be a chapter. */
  readonly named: boolean;
}

const IGNORED = new Set(['node_modules', 'dist', 'coverage']);

/** The files with one of `endings`, each once: in the order of the arguments, sorted within a folder or glob. Throws UsageError. */
export async function findChapters(
  paths: readonly string[],
  cwd: string,
  endings: readonly string[] = ['.md', '.markdown'],
): Promise<readonly FoundFile[]> {
  const found = new Map<string, FoundFile>();
  for (const path of paths) {
    for (const next of await findPath(path, cwd, endings)) {
      const named = next.named || (found.get(next.file)?.named ?? false);
      found.set(next.file, { ...next, named });
    }
  }
  return [...found.values()];
}

async function findPath(
  path: string,
  cwd: string,
  endings: readonly string[],
): Promise<readonly FoundFile[]> {
  const info = await stat(resolve(cwd, path)).catch(() => undefined);
  if (info?.isFile() === true) return [{ file: toId(cwd, path), named: true }];
  const isFolder = info?.isDirectory() === true;
  if (info === undefined) await refuseDangling(path, cwd);
  if (!isFolder && !/[*?[\]{}]/.test(path)) throw await missing(path, cwd);
  const pattern = isFolder ? '**/*' : path;
  const root = isFolder ? resolve(cwd, path) : cwd;
  const files: string[] = [];
  for await (const entry of glob(pattern, { cwd: root, withFileTypes: true, exclude: isIgnored })) {
    const file = toId(cwd, resolve(entry.parentPath, entry.name));
    if (!endings.some((ending) => file.toLowerCase().endsWith(ending))) continue;
    if (entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(file, cwd)))) files.push(file);
  }
  if (files.length === 0) throw new UsageError(`no Markdown file matches ${path}`);
  return files.sort().map((file) => ({ file, named: false }));
}

async function leadsToFile(link: string, cwd: string): Promise<boolean> {
  const info = await stat(resolve(cwd, link)).catch(() => undefined);
  if (info === undefined) await refuseDangling(link, cwd);
  return info?.isFile() === true;
}

/** Throws UsageError for a symbolic link whose target is missing. */
async function refuseDangling(path: string, cwd: string): Promise<void> {
  const target = await readlink(resolve(cwd, path)).catch(() => undefined);
  if (target !== undefined)
    throw new UsageError(`${path} is a symbolic link to ${target}, which is not there`);
}

function isIgnored(entry: { readonly name: string }): boolean {
  return IGNORED.has(entry.name) || (entry.name.startsWith('.') && entry.name.length > 2);
}

async function missing(path: string, cwd: string): Promise<UsageError> {
  const near: string[] = [];
  for await (const file of glob('{*,*/*}.md', { cwd, exclude: ['node_modules'] })) near.push(file);
  const meant = suggest(path, near);
  return new UsageError(
    `there is no file or folder ${path}`,
    meant === undefined ? undefined : `did you mean ${meant}?`,
  );
}

function toId(cwd: string, path: string): string {
  return relative(cwd, resolve(cwd, path)).split(sep).join('/');
}
