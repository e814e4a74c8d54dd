/** What the parts of the embedded world have in common. Types, and how each finds its database. */
import { join } from 'node:path';
import type { Holding, SandboxOptions, SandboxSnapshot } from './sandbox.ts';
import type { StoreOptions } from './store/open.ts';
import type { ApiServer } from './worker/worker.ts';

/** Takes a part into ownership: it is closed with the sandbox, last opened first closed. */
export type Own = <T extends { close(): void | Promise<void> }>(part: T) => T;

/** A server as the sandbox puts it together. */
export interface Server {
  /** Values that must not be printed; the set grows while the server lives. */
  readonly secrets: ReadonlySet<string>;
  readonly notes: readonly string[];
}

/** A cluster as the sandbox puts it together: the emulator, or a control plane that runs already. */
export interface ClusterServer extends Server {
  readonly api: ApiServer;
  readonly adminToken: string;
  /** What is in it at this moment; of a control plane the namespaces and what a chapter may make outside them, by name. */
  inventory(): Promise<readonly Holding[]>;
  /** All that it holds; absent where it cannot be copied. */
  readonly snapshot?: () => Uint8Array;
}

/** The image in whose place the sandbox runs its own worker. */
export const WORKER_IMAGE = 'ghcr.io/confighubai/confighub-worker';

/** Where `part` keeps its tables. */
export function storeOptions(options: SandboxOptions, part: keyof SandboxSnapshot): StoreOptions {
  const { state, snapshot } = options;
  return {
    ...(state === undefined ? {} : { file: join(state, `${part}.sqlite`) }),
    ...(snapshot === undefined ? {} : { snapshot: snapshot[part] }),
  };
}
