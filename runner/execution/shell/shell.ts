/**
 * A chapter's bash: one process that runs block after block, with a time-out for each and an end that cannot be forged.
 * Types only; the verb is `openShell`.
 */
import type { ChainFolders } from '../folders.ts';
import type { Clock } from '../execution-options.ts';
import type { StrayProcess } from '../processes.ts';
import type { Watchdog } from '../watchdog.ts';

export interface ShellSetup {
  readonly folders: ChainFolders;
  readonly environment: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly watchdog: Watchdog;
  /** The run's folder is left in place, so the watchdog must leave it too. */
  readonly keep: boolean;
  /** Where the shell writes its exported variables and folder after each block, for the shell that replaces it. */
  readonly state?: string;
}

/** How the execution of a block's commands ended. */
export type ShellEnd =
  /** `group` is the process group of a background block. */
  | { readonly kind: 'finished'; readonly status: number; readonly group?: number }
  | { readonly kind: 'timeout'; readonly afterMs: number }
  | { readonly kind: 'interrupted' }
  /** The shell itself is gone: its exit status or the signal that ended it. */
  | { readonly kind: 'ended'; readonly status: number | string };

export interface ShellRequest {
  /** The name of its files: unique in the chain. */
  readonly file: string;
  readonly script: string;
  /** `merged`: both streams in the order of arrival, as stdout. */
  readonly mode: 'apart' | 'merged' | 'background';
  readonly timeoutMs: number;
  /** Ends the block when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

export interface Shell {
  /** Its process id, which is its process group too. */
  readonly pid: number;
  /** False once it ended: it cannot run another block. */
  isAlive(): boolean;
  run(request: ShellRequest): Promise<ShellEnd>;
  /**
   * Lets it exit as at the end of a terminal session and ends what is left of its group. Gives what had left the group
   * and was still alive; that is ended too.
   */
  close(): Promise<readonly StrayProcess[]>;
}
