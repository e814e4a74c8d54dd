/**
 * The versioned tables under the hub and the cluster emulator. Types only; `openStore` in open.ts makes one over SQLite.
 *
 * Every write moves one counter (the store's version), so that "what changed since N" has one answer for all tables:
 * Kubernetes' resourceVersion and the hub's queues both rest on it. All calls are synchronous.
 */

/** A value that SQLite can bind. */
export type SqlValue = string | number | bigint | null;

/** A condition over a table: `sql` may use the columns `key`, `version`, `value` (JSON text) and other tables by their quoted names. Values only by `?`. */
export interface SqlCondition {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

/** A stored value with its key and the store's version at its last write. */
export interface Row<T> {
  readonly key: string;
  readonly version: number;
  readonly value: T;
}

/** One write. `value` is absent for a delete, `before` for a create. */
export interface Change<T = unknown> {
  readonly version: number;
  readonly table: string;
  readonly key: string;
  readonly value?: T;
  readonly before?: T;
}

/** Values are JSON; what is read is a fresh copy that the caller may change. */
export interface Table<T> {
  readonly name: string;
  get(key: string): Row<T> | undefined;
  /** In key order. */
  list(options?: { readonly prefix?: string; readonly where?: SqlCondition }): Row<T>[];
  count(options?: { readonly prefix?: string }): number;
  /** Writes `value` under `key`; the function form sees the version that this write gets (to store it inside the value). */
  put(key: string, value: T | ((version: number) => T)): Row<T>;
  /** Returns what was deleted, with the version of the delete. */
  delete(key: string): Row<T> | undefined;
}

export interface TableOptions {
  /** JSON paths that queries filter by, e.g. `$.SpaceID`: each gets an index. */
  readonly indexes?: readonly string[];
}

export interface Store {
  /** The version of the newest write; 0 when empty. */
  version(): number;
  /** The oldest version from which `changesSince` is complete. */
  oldest(): number;
  /** Makes the table if it is not there. The same name gives the same table. */
  table<T>(name: string, options?: TableOptions): Table<T>;
  /** All or nothing; nests. Watchers hear of the changes after the outermost commit, in order. */
  transaction<R>(work: () => R): R;
  /** Changes after `version`, in order; undefined if the log no longer reaches back that far. */
  changesSince(version: number, table?: string): Change[] | undefined;
  /** Called after commit for each change. Returns the function that ends it. A listener must not throw. */
  watch(listener: (change: Change) => void): () => void;
  /** The whole content, to be given to `openStore({ snapshot })`. */
  snapshot(): Uint8Array;
  close(): void;
}
