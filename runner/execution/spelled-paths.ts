/**
 * Files that a chapter leaves outside its work folder: places that its blocks spell, which were not there before it and are
 * there after all clean-ups. What a block reaches otherwise (`cd /tmp; touch x`, a path with a variable in it) is not seen.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Chapter } from '../chapter/chapter.ts';
import type { ChainFolders } from './folders.ts';

const spelled =
  /(?<![\w.$~/}*-])(~|\$\{?HOME\}?|\$\{?TMPDIR\}?)?"?((?:\/[\w.@%+,-]+)+)\/?(?![\w./@%+,$*?[{`\\-])/g;

/** The paths in a bash text that are absolute or start in HOME or TMPDIR. JSON pointers and the like are among them. */
export function findSpelledPaths(source: string, { home, temp }: ChainFolders): readonly string[] {
  const paths = Array.from(source.matchAll(spelled), ([, base, path = '']) => {
    if (base === undefined) return path;
    return join(base.includes('TMPDIR') ? temp : home, path);
  });
  return [...new Set(paths)];
}

/** Looks before the chapter; what it returns looks after it and gives what is new. */
export function watchPaths({ blocks }: Chapter, folders: ChainFolders): () => readonly string[] {
  const missing = blocks
    .filter(({ kind }) => kind !== 'file' && kind !== 'excerpt' && kind !== 'skip')
    .flatMap(({ body }) => findSpelledPaths(body, folders))
    .filter((path) => !existsSync(path));
  return () => missing.filter((path) => existsSync(path));
}
