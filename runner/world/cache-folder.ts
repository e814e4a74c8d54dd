/** Where mtx-doc keeps what outlives a run: a fetched kubectl, compiled code. bin.js names the same folder. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { WorldOptions } from './world.ts';

/** `$XDG_CACHE_HOME/mtx-doc`, by default `~/.cache/mtx-doc`. It may not exist yet. */
export function findCacheFolder(env: WorldOptions['env']): string {
  const base = env['XDG_CACHE_HOME'];
  return join(base === undefined || base === '' ? join(env['HOME'] ?? homedir(), '.cache') : base, 'mtx-doc');
}
