/**
 * The one value in which the runner and the worlds meet. A chapter never learns more of its world than this.
 */
import type { Capability } from '../chapter/chapter.ts';
import type { Holding, SandboxSnapshot } from '../sandbox/sandbox.ts';

export type { Holding } from '../sandbox/sandbox.ts';

/** What a report says of the world that it ran in. */
export interface WorldInfo {
  readonly hub: 'none' | 'embedded' | 'remote';
  readonly cluster: 'none' | 'emulator' | 'control-plane' | 'context';
  /** The context's name, the hub's URL without credentials. */
  readonly hubName?: string;
  readonly clusterName?: string;
  /** Versions by name: `cub`, `kubectl`, `server`. */
  readonly versions: Readonly<Record<string, string>>;
  /** True where the cluster is simulated: pages and reports say so. */
  readonly simulated: boolean;
}

/** What a chain of chapters runs against. `close` leaves no process, listener or file outside `folder`. */
export interface World {
  readonly info: WorldInfo;
  readonly capabilities: ReadonlySet<Capability>;
  /** Added to the sealed environment: KUBECONFIG, CONFIGHUB_URL … */
  readonly env: Readonly<Record<string, string>>;
  /** Folders put before PATH: they hold `cub` and `kubectl`. */
  readonly path: readonly string[];
  /** Values to mask in every sink; asked again before each text is cleaned, since a world makes secrets while it lives. */
  secrets(): readonly string[];
  /** What the reader should know of this session, one line each. */
  readonly notes?: readonly string[];
  /** Everything that it holds, for `WorldOptions.snapshot`; absent where a world cannot be copied. */
  snapshot?(): SandboxSnapshot;
  /** All that is in it at this moment: after the clean-ups it must be what it was before. Absent for worlds of others. */
  inventory?(): Promise<readonly Holding[]>;
  /** Asked before each chapter: why this is no longer the world that was opened. Absent where nobody can change it. */
  verify?(): Promise<string | undefined>;
  close(): Promise<void>;
}

/** The folders of one chain. `home` holds `.confighub` and `.kube`; both are removed after the run. */
export interface WorldFolders {
  readonly work: string;
  readonly home: string;
  /** Private to the world: state, shims, downloads in progress. */
  readonly world: string;
}

/** What the command line asks for. Paths are absolute. */
export interface WorldOptions {
  /** `emulator`, `control-plane`, or `context:NAME` of the reader's kubeconfig. */
  readonly cluster: string;
  /** `embedded`, or the URL of a ConfigHub that the reader's `cub` is logged in to. */
  readonly hub: string;
  /** A context that chapters may use although its name does not say that it can be thrown away. */
  readonly allowContext?: string;
  /** A `cub` to use in place of the embedded one. */
  readonly cub?: string;
  readonly kubectl?: string;
  /** Makes names, UIDs and times' order repeatable. */
  readonly seed: string;
  /** A folder in which the embedded hub and cluster live on; absent: in memory. */
  readonly state?: string;
  /** What the embedded hub and cluster start from. */
  readonly snapshot?: SandboxSnapshot;
  /** The environment that mtx-doc was started in: PATH, HOME, XDG_CACHE_HOME, MTX_KUBECTL, MTX_SPEED are read. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends what is under way while the world is opened. */
  readonly signal?: AbortSignal;
  /** Told of long work ("fetching kubectl …"), one line at a time. */
  readonly progress: (line: string) => void;
}
