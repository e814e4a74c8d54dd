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
  /** A control plane that runs, in place of the emulator. It has no nodes yet, and it cannot be copied or kept. */
  readonly controlPlane?: ControlPlaneAccess;
  /** What to start from. With `state` it replaces what is there. */
  readonly snapshot?: SandboxSnapshot;
}

/** How the administrator reaches a control plane. */
export interface ControlPlaneAccess {
  readonly url: string;
  /** PEM text. */
  readonly certificateAuthority: string;
  readonly adminToken: string;
}

/** Everything that hub and cluster hold, as two SQLite databases. */
export interface SandboxSnapshot {
  readonly hub: Uint8Array;
  readonly cluster: Uint8Array;
}

/** One thing that a world holds: two inventories are equal where all these are. */
export interface Holding {
  /** What it is, for people, unique in its world: `filter large in space demo`. */
  readonly name: string;
  /** Differs where the thing does. Not to be shown: it may hold secrets. */
  readonly content: string;
  /** The content without its history: the same before a chapter and after its clean-up. Absent where other things decide it. */
  readonly state?: string;
}

export interface Sandbox {
  /** Without a trailing slash: the original client cannot live with one. */
  readonly hubUrl: string;
  /** A kubeconfig with one context, `mtx-emulator` or `mtx-control-plane`, as the cluster's administrator. */
  readonly kubeconfig: string;
  /** What `$HOME/.confighub/session.json` has to hold. */
  readonly hubSession: string;
  /** What a fresh `context.json` beside it has to hold: no space yet, but the organization that a login finds. */
  readonly hubContext: string;
  /** What `functions.json` beside it has to hold: `cub run` knows no function without. */
  readonly hubFunctions: string;
  /** Values that must not be printed, those included that appeared since the last call. */
  secrets(): readonly string[];
  /** What the reader should know of this session, one line each: a port that had to change. */
  readonly notes: readonly string[];
  /** Both halves at one moment. Operations that are under way go on when it is opened. Absent with a control plane. */
  readonly snapshot?: () => SandboxSnapshot;
  /** What is in it at this moment. */
  inventory(): Promise<readonly Holding[]>;
  close(): Promise<void>;
}
