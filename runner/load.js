/**
 * Finds the fastest form of an entry point: the joined files of build.js while they are as new as their sources, else the
 * sources, which Node runs as they are. An installed package has the joined files alone, because Node runs no TypeScript
 * inside node_modules. Plain JavaScript, because it decides how the rest is loaded.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const BUILT = `${import.meta.dirname}/built/`;

/** Loads the entry `name`, whose source is at the URL `source`. Compiled code is kept in the user's cache folder, not in the temp folder. */
export async function loadEntry(name, source) {
  module.enableCompileCache(
    join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'mtx-doc', 'compile'),
  );
  const joined = isFresh(name) || !existsSync(source);
  return import(joined ? pathToFileURL(`${BUILT}${name}.js`).href : source.href);
}

/**
 * The build's stamps name each source with its modification time, 700 of them: as paths, because to make a URL of each would
 * take as long as to ask. No build, another machine's build: false.
 */
export function isFresh(name) {
  try {
    const stamps = JSON.parse(readFileSync(`${BUILT}${name}.json`, 'utf8'));
    return stamps.every(([path, time]) => statSync(BUILT + path).mtimeMs === time);
  } catch {
    return false;
  }
}
