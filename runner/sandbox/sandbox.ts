/** The embedded world as the rest of mtx-doc sees it: two servers on loopback and nothing else. Types only; `openSandbox` is in open.ts. */

export interface SandboxOptions {
  /** The same seed gives the same names, UIDs and secrets. */
  readonly seed: string;
  /** The Kubernetes version that the emulator claims, `v1.34.4`: kubectl warns when it is more than one minor away. */
  readonly kubernetesVersion: string;
  /** Multiplies start-up times and back-offs of the image catalogue; 1 is as in life. */
  readonly speed: number;
  /** How many nodes a fresh cluster has, each with room for 110 pods; absent: one. */
  readonly nodes?: number;
  /** A folder in which hub and cluster live on; absent: in memory. One process at a time. */
  readonly state?: string;
  /** What to start from. With `state` it replaces what is there. */
  readonly snapshot?: SandboxSnapshot;
}

/** Everything that hub and cluster hold, as two SQLite databases. */
export interface SandboxSnapshot {
  readonly hub: Uint8Array;
  readonly cluster: Uint8Array;
}

export interface Sandbox {
  /** Without a trailing slash: the original client cannot live with one. */
  readonly hubUrl: string;
  /** A kubeconfig with one context, `mtx-emulator`, as the cluster's administrator. */
  readonly kubeconfig: string;
  /** What `$HOME/.confighub/session.json` has to hold. */
  readonly hubSession: string;
  /** Values that must not be printed, those included that appeared since the last call. */
  secrets(): readonly string[];
  /** What the reader should know of this session, one line each: a port that had to change. */
  readonly notes: readonly string[];
  /** Both halves at one moment. Operations that are under way go on when it is opened. */
  snapshot(): SandboxSnapshot;
  /** What exists beyond a fresh sandbox, one line each: `space demo-traderx`, `namespace demo`. */
  leftovers(): Promise<readonly string[]>;
  close(): Promise<void>;
}
