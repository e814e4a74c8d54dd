/** What the composition root hands to `execute`: everything that the run may touch. Types only. */
import type { Chain } from '../plan/plan.ts';
import type { World, WorldFolders } from '../world/world.ts';
import type { ExecutionEvent } from './execution.ts';

/** Time as the execution sees it. A pending timer keeps the process alive: a run ends only when all is ended. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `work` once after `ms`; returns the function that cancels it. */
  after(ms: number, work: () => void): () => void;
}

export interface ExecutionOptions {
  /** Receives every event, in order within a chain. */
  readonly emit: (event: ExecutionEvent) => void;
  readonly clock: Clock;
  /** Opens what a chain runs against. Asked only for chains that need a world; a throw means that the world is broken. */
  readonly openWorld?: (folders: WorldFolders, chain: Chain) => Promise<World>;
  /** The repository's root: its `k8s/` is copied into every work folder, and excerpts are compared with its files. */
  readonly repository: string;
  /** The folder in which the run's folders are made. */
  readonly tempRoot: string;
  /** The environment that the sealed one is filtered from. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** How many chains may run at the same time; at least 1. */
  readonly jobs: number;
  /** Stop everything after the first failed block. */
  readonly bail?: boolean;
  /** Leave the work folders in place. */
  readonly keep?: boolean;
  /** Ends the run: the current blocks are ended, the cleanups still run. */
  readonly signal?: AbortSignal;
  /** Cuts the cleanups of an ended run short too: a second Ctrl-C. */
  readonly hurry?: AbortSignal;
}
