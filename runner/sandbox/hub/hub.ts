/**
 * The embedded ConfigHub-compatible hub, as the rest of the sandbox sees it: a handler to serve and something to close.
 * Types only; `openHub` in open.ts makes one.
 */
import type { HttpHandler } from '../http/http.ts';
import type { Clock } from '../store/clock.ts';
import type { Ids } from '../store/ids.ts';
import type { Store } from '../store/store.ts';

/** What a hub is made of. It never reads a clock, an id or a port of its own. */
export interface HubOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  /** The port on which workers may join (HTTP/2 without TLS); undefined: none is announced. */
  readonly workerPort?: () => number | undefined;
  /** Where clients reach the hub, without a trailing slash. */
  readonly url: () => string;
}

/** An open hub. */
export interface Hub {
  /** Serves `/api/…` and `/auth/worker`. May be served by several sockets at once. */
  readonly handler: HttpHandler;
  /** The one organization: clients keep its id with their session. */
  readonly organizationId: string;
  /** Ends all worker streams and timers. The store stays open: it belongs to the caller. */
  close(): void;
}
