/**
 * The one value in which the runner and the worlds meet. A chapter never learns more of its world than this.
 */
import type { Capability } from '../chapter/chapter.ts';

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
  /** Values to mask in every sink. */
  readonly secrets: readonly string[];
  /** What is left that was not there when the world was opened, one line each ("space demo-traderx"). */
  leftovers(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** The folders of one chain. `home` holds `.confighub` and `.kube`; both are removed after the run. */
export interface WorldFolders {
  readonly work: string;
  readonly home: string;
  /** Private to the world: state, shims, downloads in progress. */
  readonly world: string;
}
