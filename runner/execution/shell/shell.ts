/**
 * A chapter's bash: one process that runs block after block, with a time-out for each and an end that cannot be forged.
 * Types only; the verb is `openShell`.
 */
import type { Clock } from '../execution-options.ts';
import type { ChainFolders } from '../folders.ts';
import type { StrayProcess } from '../processes.ts';
import type { Watchdog } from '../watchdog.ts';
import type { Spooled } from './spool.ts';

export interface ShellSetup {
  readonly folders: ChainFolders;
  readonly environment: Readonly<Record<string, string>>;
  /** The names of variables whose values it tells after each block, as an extended bash pattern. */
  readonly secretPattern: string;
  readonly clock: Clock;
  readonly watchdog: Watchdog;
  /** Paths for the shell's files, without endings: unique in the chain. */
  readonly nextFile: () => string;
  /** The run's folder is left in place, so the watchdog must leave it too. */
  readonly keep: boolean;
  /** Where the shell writes what it has set after each block, for the shell that replaces it. */
  readonly state?: string;
}

/** How the execution of a block's commands ended. */
export type ShellEnd =
  /** `failed`: a command failed somewhere in the block. `job`: the last background process that it started. */
  | { readonly kind: 'finished'; readonly status: number; readonly failed: boolean; readonly job?: number }
  | { readonly kind: 'timeout'; readonly afterMs: number }
  | { readonly kind: 'interrupted' }
  /** The shell itself is gone: its exit status or the signal that ended it. */
  | { readonly kind: 'ended'; readonly status: number | string };

export interface ShellRequest {
  readonly script: string;
  /** `merged`: both streams in the order of arrival, as stdout. `background`: `job` leads a process group of its own. */
  readonly mode: 'apart' | 'merged' | 'background';
  /** A failing command fails the block, and those after it are executed all the same. */
  readonly persevere?: boolean;
  /** Not an author's: it may `return`. */
  readonly internal?: boolean;
  readonly timeoutMs: number;
  /** Ends the block when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

export interface ShellAnswer {
  readonly end: ShellEnd;
  readonly spooled: Spooled;
  /** Values of its variables with secret names: after the block, or when the block ended the shell. */
  readonly secrets: readonly string[];
  /** The script as bash names it, with `.sh`; beside it what failed in it, `.failed`, and how a job ended, `.ended`. */
  readonly path: string;
}

export interface Shell {
  /** Its process id, which is its process group too. */
  readonly pid: number;
  /** False once it ended: it cannot run another block. */
  isAlive(): boolean;
  run(request: ShellRequest): Promise<ShellAnswer>;
  /**
   * Lets it exit as at the end of a terminal session and ends what is left of its group. Gives what had left the group
   * and was still alive; that is ended too.
   */
  close(): Promise<readonly StrayProcess[]>;
}
