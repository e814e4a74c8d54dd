/**
 * Which events are written, as client-go's EventCorrelator decides (tools/record/events_cache.go): the same one counts up,
 * many that differ only in their message become one, and who reports too much about one object is not heard.
 */
import type { Clock } from '../../store/clock.ts';
import type { Cluster, KubeObject } from '../kube.ts';
import { RecentMap } from './recent-map.ts';

export type NewEvent = Parameters<Cluster['event']>[1];

/** From so many messages within the interval on, they are combined. */
const MOST_MESSAGES = 10;
const INTERVAL_MS = 600_000;
/** What a source may report about an object: at once, and one more in each of these times. */
const BURST = 25;
const REFILL_MS = 300_000;

/** How an event is to stand in the store. */
export interface Observation {
  readonly name: string;
  readonly message: string;
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly firstAt: number;
  /** Stands for events with several messages; its message is of the last one. */
  readonly combined: boolean;
}

interface Similar {
  readonly messages: Set<string>;
  lastAt: number;
}

interface Allowance {
  left: number;
  at: number;
}

export class EventCorrelator {
  readonly #clock: Clock;
  readonly #similar = new RecentMap<Similar>();
  readonly #observed = new RecentMap<Observation>();
  readonly #timed = new RecentMap<string>();
  readonly #allowances = new RecentMap<Allowance>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts it; `name` is for an event that is new. Undefined where it is not to be written. */
  observe(about: KubeObject, event: NewEvent, name: string): Observation | undefined {
    const source = sourceOf(about, event);
    const combined = this.#isOneOfMany(source, event);
    const key = combined
      ? keyOf(source, event.reason)
      : keyOf(source, event.reason, event.message, event.fieldPath);
    const known = this.#observed.get(key);
    const message = combined ? `(combined from similar events): ${event.message}` : event.message;
    const observation = {
      name: known?.name ?? name,
      message,
      count: (known?.count ?? 0) + 1,
      firstAt: known?.firstAt ?? this.#clock.now(),
      combined,
    };
    this.#observed.set(key, observation);
    return this.#spend(source) ? observation : undefined;
  }

  /** The name of the event of the newer recorder that tells the same; `name` where there was none yet. */
  nameTimed(about: KubeObject, event: NewEvent, name: string): string {
    const key = keyOf(sourceOf(about, event), event.reason, event.message, event.fieldPath);
    const known = this.#timed.get(key) ?? name;
    this.#timed.set(key, known);
    return known;
  }

  #isOneOfMany(source: readonly string[], { reason, message }: NewEvent): boolean {
    const now = this.#clock.now();
    const key = keyOf(source, reason);
    const held = this.#similar.get(key);
    const isFresh = held !== undefined && now - held.lastAt <= INTERVAL_MS;
    const messages = isFresh ? held.messages : new Set<string>();
    messages.add(message);
    this.#similar.set(key, { messages, lastAt: now });
    if (messages.size < MOST_MESSAGES) return false;
    for (const other of messages) {
      messages.delete(other);
      break;
    }
    return true;
  }

  #spend(source: readonly string[]): boolean {
    const now = this.#clock.now();
    const key = keyOf(source);
    const held = this.#allowances.get(key) ?? { left: BURST, at: now };
    const left = Math.min(BURST, held.left + (now - held.at) / REFILL_MS);
    const isAllowed = left >= 1;
    this.#allowances.set(key, { left: isAllowed ? left - 1 : left, at: now });
    return isAllowed;
  }
}

/** Who reports about what, and whether it is a warning. */
function sourceOf(
  { apiVersion, kind, metadata }: KubeObject,
  { component, host = '', type }: NewEvent,
): string[] {
  const { namespace = '', name, uid = '' } = metadata;
  return [component, host, kind, namespace, name, uid, apiVersion, type];
}

function keyOf(source: readonly string[], ...rest: readonly (string | undefined)[]): string {
  return JSON.stringify([...source, ...rest]);
}
