/** What every resource of the hub works with. Types only. */
import type { HttpResponse } from '../http/http.ts';
import type { Clock } from '../store/clock.ts';
import type { Ids } from '../store/ids.ts';
import type { Store, Table } from '../store/store.ts';
import type {
  BridgeWorker,
  BridgeWorkerStatus,
  Mutation,
  Organization,
  QueuedOperation,
  Revision,
  Space,
  Target,
  Unit,
  UnitEvent,
  User,
} from './entities.ts';
import type {
  ChangeSet,
  Filter,
  Invocation,
  Link,
  LinkFill,
  Tag,
  Trigger,
  UnitSet,
  View,
} from './named-entities.ts';

/**
 * Keys: the entity's UUID; for what belongs to a unit `<unit>/<number, 10 digits>`, so that a prefix gives a unit's own in
 * order; for a worker's status `<worker>/<number>`, for what a link filled `<unit>/<type>/<name>/<path>`.
 */
export interface Tables {
  readonly Organization: Table<Organization>;
  readonly User: Table<User>;
  readonly Space: Table<Space>;
  readonly Unit: Table<Unit>;
  readonly Revision: Table<Revision>;
  readonly Mutation: Table<Mutation>;
  readonly UnitEvent: Table<UnitEvent>;
  readonly QueuedOperation: Table<QueuedOperation>;
  readonly Target: Table<Target>;
  readonly BridgeWorker: Table<BridgeWorker>;
  readonly BridgeWorkerStatus: Table<BridgeWorkerStatus>;
  readonly Link: Table<Link>;
  readonly LinkFill: Table<LinkFill>;
  readonly Filter: Table<Filter>;
  readonly ChangeSet: Table<ChangeSet>;
  readonly Tag: Table<Tag>;
  readonly Trigger: Table<Trigger>;
  readonly Invocation: Table<Invocation>;
  readonly Set: Table<UnitSet>;
  readonly View: Table<View>;
}

/** The entity behind a type's name. */
export type EntityOf<Type extends keyof Tables> =
  Tables[Type] extends Table<infer T extends object> ? T : never;

/** The state of one hub and the sources of time and ids; enough for everything that answers no request. */
export interface HubCore {
  readonly store: Store;
  readonly tables: Tables;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly url: () => string;
  readonly workerPort: () => number | undefined;
  readonly organizationId: string;
  /** The one user of this hub. */
  readonly userId: string;
}

/** The core plus the live connections that it feeds. */
export interface HubContext extends HubCore {
  readonly workers: WorkerStreams;
  readonly reactions: Reactions;
}

/** What follows from a change of a unit, in the same transaction. They return the unit as it is then. */
export interface Reactions {
  /** Its data changed: links fill it, triggers run, and the units that link to it follow. */
  readonly changed: (hub: HubContext, call: Pick<Call, 'headers'>, unit: Unit) => Unit;
  /** It got another link. */
  readonly linked: (hub: HubContext, call: Pick<Call, 'headers'>, unit: Unit) => Unit;
  /** Something that triggers judge changed, but not its data: approvals, or a trigger itself. */
  readonly judged: (hub: HubContext, call: Pick<Call, 'headers'>, unit: Unit) => Unit;
}

/** The open streams to workers. */
export interface WorkerStreams {
  /** Answers a worker's `/stream`: keeps it open, marks the worker Ready and sends what waits for it. */
  connect(workerId: string): HttpResponse;
  /** Ends the streams of a worker that is deleted. */
  disconnect(workerId: string): void;
  close(): void;
}

/** One request, read and split: `body` is parsed JSON, undefined when the request had none. */
export interface Call {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What a handler returns: a JSON value with its status, or a whole response (streams). */
export type Answer = { readonly status: number; readonly json: unknown } | HttpResponse;

/** Handlers are synchronous: the caller wraps each writing one in a store transaction. They refuse by throwing HubError. */
export type Handler = (hub: HubContext, call: Call) => Answer;
