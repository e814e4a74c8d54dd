/**
 * The ConfigHub worker as this sandbox runs it: the hub's worker protocol on one side, a Kubernetes API on the other.
 * Shapes follow the Kubernetes worker of August 2025 (its wire was measured), so that the hub cannot tell them apart.
 */

export type Action = 'Apply' | 'Destroy' | 'Refresh' | 'Import' | 'Finalize';

/** What the hub sends for one operation. `Data`, `LiveState` and `TargetParams` are base64. */
export interface Operation {
  readonly QueuedOperationID: string;
  readonly UnitID: string;
  readonly SpaceID: string;
  readonly UnitSlug?: string;
  readonly ToolchainType: string;
  readonly ProviderType: string;
  readonly Data?: string;
  readonly LiveState?: string;
  readonly TargetParams?: string;
  readonly ExtraParams?: string;
  readonly RevisionNum: number;
}

export type WorkerEvent =
  | {
      readonly Event: 'WorkerEvent';
      readonly Data: { readonly Action: 'Heartbeat'; readonly Payload?: unknown };
    }
  | {
      readonly Event: 'BridgeWorkerEvent';
      readonly Data: { readonly Action: Action; readonly Payload: Operation };
    };

/** One step of an operation as told to the hub. Times are RFC 3339; `Data` and `LiveState` base64. */
export interface ActionResult {
  readonly Result: string;
  readonly Status: 'Progressing' | 'Completed' | 'Failed';
  readonly Message: string;
  readonly Data?: string;
  readonly LiveState?: string;
}

/** A type of objects that the API server has. */
export interface ResourceType {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** A Kubernetes object as the worker handles it: only identity is looked at. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
}

/** The API server as the worker needs it. Methods reject with KubernetesRefusal when the server says no. */
export interface Kubernetes {
  /** Server-side apply as field manager `confighub`. */
  apply(manifest: Manifest, options: { readonly dryRun: boolean }): Promise<Manifest>;
  get(manifest: Manifest): Promise<Manifest | undefined>;
  /** The same, but rejects where there is none. */
  read(manifest: Manifest): Promise<Manifest>;
  /** False also for a type that the server does not have. */
  isNamespaced(type: Pick<ResourceType, 'apiVersion' | 'kind'>): Promise<boolean>;
  /** All objects of a type, in all namespaces or one. */
  list(type: ResourceType, namespace?: string): Promise<Manifest[]>;
  /** The types of the preferred version of each group. */
  discover(): Promise<ResourceType[]>;
  /** False if it was not there. */
  delete(manifest: Manifest): Promise<boolean>;
}

/** What performing an operation needs. */
export interface OperationContext {
  readonly kubernetes: Kubernetes;
  readonly report: (result: ActionResult) => Promise<void>;
  readonly signal: AbortSignal;
  /** Multiplies the target's WaitTimeout. */
  readonly speed: number;
  readonly log: (line: string) => void;
}

/** How the worker reaches the API server of the pod that it runs in. */
export interface ApiServer {
  readonly url: string;
  /** PEM text. */
  readonly certificateAuthority: string;
}
