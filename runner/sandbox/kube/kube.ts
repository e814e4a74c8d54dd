/**
 * The cluster emulator's inner seam: what the HTTP API and the controllers share. The API server half (`objects/`,
 * `api/` …) implements `Cluster`; the controllers half only uses it, as real controllers only use the API.
 */
import type { HttpHandler, UpgradeHandler } from '../http/http.ts';
import type { Clock } from '../store/clock.ts';
import type { Ids } from '../store/ids.ts';
import type { Store } from '../store/store.ts';

/** A JSON value as Kubernetes objects hold it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };
export type JsonObject = { [key: string]: Json | undefined };

export interface ObjectMeta {
  name: string;
  namespace?: string;
  generateName?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  finalizers?: string[];
  managedFields?: JsonObject[];
}

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** Any Kubernetes object. Kinds' own fields are read through helpers, never through casts to `any`. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec?: JsonObject;
  status?: JsonObject;
  [field: string]: unknown;
}

/** `group/version` and plural, as in a URL: `{ group: 'apps', version: 'v1', resource: 'deployments' }`; the core group is ''. */
export interface ResourceName {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}

export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** An error with the server's `Status` shape; thrown by Cluster, rendered by the API. */
export interface ApiStatus {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  readonly details?: JsonObject;
}

export interface ClusterChange {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly resource: ResourceName;
  readonly object: KubeObject;
  readonly before?: KubeObject;
}

/**
 * The API as in-process callers see it: admission, defaulting, validation, ownership, finalizers and namespace rules all
 * apply. Methods throw `ApiError` (see errors.ts). Objects handed out are copies.
 */
export interface Cluster {
  readonly clock: Clock;
  readonly ids: Ids;
  get(resource: ResourceName, namespace: string | undefined, name: string): KubeObject | undefined;
  /** The objects as they are stored, frozen: to be read, and copied where one is to be changed. */
  list(resource: ResourceName, namespace?: string): KubeObject[];
  create(resource: ResourceName, object: KubeObject, manager: string): KubeObject;
  /** Replaces spec and metadata. A stale `metadata.resourceVersion` is a 409. Writing what is there changes nothing. */
  update(resource: ResourceName, object: KubeObject, manager: string): KubeObject;
  /** Gives a pod its node, through the subresource `binding`: nobody owns the field then. */
  bind(pod: KubeObject, node: string): KubeObject;
  /** Server-side apply to an object that is there. As controllers do, it takes over what others own. */
  apply(resource: ResourceName, config: KubeObject, manager: string): KubeObject;
  /** Replaces status only; generation does not move. */
  updateStatus(resource: ResourceName, object: KubeObject, manager: string): KubeObject;
  /** Honours finalizers and grace periods (pods: `graceSeconds`, 0 removes at once). */
  delete(
    resource: ResourceName,
    namespace: string | undefined,
    name: string,
    options?: {
      readonly graceSeconds?: number;
      readonly propagation?: 'Background' | 'Foreground' | 'Orphan';
    },
  ): void;
  /** Called after each committed write, in order, never re-entrantly. */
  watch(listener: (change: ClusterChange) => void): () => void;
  /** A bearer token that authenticates as this service account. */
  token(namespace: string, serviceAccount: string): string;
  /** Records or counts up an event (reason, message, source component), as client-go's recorder does. */
  event(
    about: KubeObject,
    event: {
      readonly type: 'Normal' | 'Warning';
      readonly reason: string;
      readonly message: string;
      readonly component: string;
      readonly fieldPath?: string;
      /** Which instance reports: a kubelet's node. */
      readonly host?: string;
      /** What was tried: set by components that report through `events.k8s.io/v1`, as the scheduler does. */
      readonly action?: string;
    },
  ): void;
}

/** A program that the image catalogue runs for a container, for images whose behaviour is more than log lines (the ConfigHub worker). */
export interface ContainerProgram {
  start(container: ContainerStart): RunningContainer;
}

export interface ContainerStart {
  readonly pod: { readonly name: string; readonly namespace: string; readonly serviceAccount: string };
  readonly args: readonly string[];
  /** Resolved: values, configMap and secret references, envFrom. */
  readonly env: Readonly<Record<string, string>>;
  /** A bearer token of the pod's service account. */
  readonly token: string;
  /** Adds a line to the container's log. */
  log(line: string): void;
  /** The program ended by itself with this exit code: kubelet's restart policy decides what follows. */
  exited(code: number): void;
}

export interface RunningContainer {
  stop(): void;
}

/** One line of a container's log, without its newline; `at` in milliseconds since 1970. */
export interface LogLine {
  readonly at: number;
  readonly text: string;
}

/** The node side of the emulator, as the API server asks a kubelet. */
export interface Nodes {
  /** Undefined where that container has not started (or, with `previous`, never ended). */
  logs(namespace: string, pod: string, container: string, previous: boolean): readonly LogLine[] | undefined;
  /** Calls `line` for each new line, `ended` when the container stops. Returns the function that ends it. */
  followLogs(
    namespace: string,
    pod: string,
    container: string,
    line: (line: LogLine) => void,
    ended: () => void,
  ): () => void;
  /** What a running pod answers on `port` and `path`; undefined where nothing listens (connection refused). */
  request(
    namespace: string,
    pod: string,
    port: number,
    path: string,
  ): { readonly status: number; readonly body: string } | undefined;
  /** Runs a command in a running container; undefined where the image catalogue does not know what it would do. */
  exec(
    namespace: string,
    pod: string,
    container: string,
    command: readonly string[],
  ): { readonly code: number; readonly output: string } | undefined;
  /** Stops every controller, timer and program. */
  close(): void;
}

/** `startControllers` in controllers/start.ts. */
export type StartControllers = (cluster: Cluster, options: KubeOptions) => Nodes;

export interface KubeOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  /** What `/version` reports, e.g. `v1.34.4`. */
  readonly version: string;
  /** Multiplies the catalogue's start-up times and back-offs. 1 = as in life. */
  readonly speed: number;
  /** How many nodes an empty cluster is seeded with; absent: one. */
  readonly nodes?: number;
  /** Programs by image without tag, e.g. `ghcr.io/confighubai/confighub-worker`. */
  readonly programs: Readonly<Record<string, ContainerProgram>>;
  /** The bearer token of the cluster administrator. */
  readonly adminToken: string;
  /** PEM of the authority that signed the API's certificate, for `kube-root-ca.crt`; absent: the API is plain HTTP. */
  readonly certificateAuthority?: string;
}

/** The emulator, not yet listening. `open` in open.ts makes one. */
export interface Kube {
  readonly handler: HttpHandler;
  readonly upgrade: UpgradeHandler;
  readonly cluster: Cluster;
  /** Tells the cluster where its API listens, which is known only once it does: the Service `kubernetes` leads there. */
  publish(url: string): void;
  /** Stops controllers, timers and programs. */
  close(): void;
}
