/** What a controller is: keys that a change concerns, and a `sync` that brings one key's object closer to its spec. */
import type { Cluster, ClusterChange, KubeOptions } from '../kube.ts';

/** `namespace/name`, or `name` for objects of the cluster. */
export type Key = string;

/** What every controller works with. */
export interface Context {
  readonly cluster: Cluster;
  readonly options: KubeOptions;
  /** Runs `work` after `ms` of life, scaled by the sandbox's speed. Returns the function that cancels it. */
  later(ms: number, work: () => void): () => void;
}

export interface Controller {
  readonly name: string;
  /** How long a refused key waits: at first, doubled each time, and at most. Else as most controllers wait. */
  readonly backOff?: BackOff;
  /** Keys to sync because of this change. Called in the watch, so it only reads. */
  keys(change: ClusterChange): readonly Key[];
  /** Keys to sync when the controllers start over objects that are already there. */
  initial(): readonly Key[];
  /** Level-triggered and synchronous. What the API refuses may be thrown: the key is tried again later. */
  sync(key: Key, again: Again): void;
}

/** Milliseconds of the clock. */
export interface BackOff {
  readonly first: number;
  readonly last: number;
}

/** Puts the key back after `ms` milliseconds of the clock. */
export type Again = (ms: number) => void;
