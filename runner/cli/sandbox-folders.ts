/** The folders of a sandbox: made for one session and removed after it, or, with `--state`, kept for another day. */
import { cpSync, existsSync, mkdirSync, readdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeFolders, removeFolders, type ChainFolders } from '../execution/folders.ts';
import { createMarker } from '../execution/marker.ts';
import type { Host } from './host.ts';
import { UsageError } from './usage-error.ts';

export interface SandboxFolders {
  /** Marks every process of the session, so that none outlives it. */
  readonly marker: string;
  readonly chain: ChainFolders;
  /** The folder given with `--state`. */
  readonly state?: string;
  /** True where an earlier session left its state. */
  readonly isUsed: boolean;
  /** Copies `work` and `home` of a folder in. */
  fill(from: string): void;
  /** Removes what the session alone needed. */
  close(): Promise<void>;
}

/** What of a chain's folders a reader sees: these are part of a state. */
export const KEPT_FOLDERS = ['work', 'home'] as const;

const DATABASE = 'hub.sqlite';

/** Throws UsageError for a folder that holds something else. */
export function openSandboxFolders(
  given: string | undefined,
  repository: string,
  host: Host,
): SandboxFolders {
  const state = given === undefined ? undefined : resolve(host.cwd, given);
  const isUsed = state !== undefined && existsSync(join(state, DATABASE));
  if (state !== undefined && !isUsed) requireEmpty(state);
  // What a session writes for itself alone lies elsewhere: a second one, which finds the state in use, must not touch it.
  const session = makeFolders(host.env['TMPDIR'] || tmpdir(), repository);
  const chain = state === undefined ? session : { ...session, ...keepIn(realpathSync(state), session) };
  return {
    marker: createMarker(),
    chain,
    ...(state === undefined ? {} : { state }),
    isUsed,
    fill: (from) => {
      for (const name of KEPT_FOLDERS) cpSync(join(from, name), chain[name], { recursive: true });
    },
    close: () => removeFolders(session),
  };
}

function requireEmpty(state: string): void {
  try {
    mkdirSync(state, { recursive: true, mode: 0o700 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${state} cannot be used: ${reason}`, undefined, { cause: error });
  }
  if (readdirSync(state).length > 0)
    throw new UsageError(`${state} holds other files`, 'give a new or an empty folder');
}

/** The session's fresh `work` and `home` where the state has none yet. */
function keepIn(state: string, session: ChainFolders): Pick<ChainFolders, (typeof KEPT_FOLDERS)[number]> {
  for (const name of KEPT_FOLDERS)
    if (!existsSync(join(state, name))) cpSync(session[name], join(state, name), { recursive: true });
  return { work: join(state, 'work'), home: join(state, 'home') };
}
