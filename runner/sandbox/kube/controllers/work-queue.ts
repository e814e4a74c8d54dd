/**
 * The loop that all controllers share: keys are queued once, worked on in order, and put back with a growing delay when
 * the API refuses a write. Work starts on a timer, never inside the write that caused it, as with real controllers.
 */
import type { Clock } from '../../store/clock.ts';
import type { Cluster } from '../kube.ts';
import type { BackOff, Controller, Key } from './controller.ts';
import { refusalOf } from './refusals.ts';

const TURN_MS = 1;
/** Client-go's DefaultTypedControllerRateLimiter. */
const BACK_OFF: BackOff = { first: 5, last: 1_000_000 };

/** Starts the loop. Returns the function that stops it. */
export function runControllers(cluster: Cluster, controllers: readonly Controller[]): () => void {
  const queue = new WorkQueue(cluster.clock);
  for (const controller of controllers)
    for (const key of controller.initial()) queue.add({ controller, key });
  const unwatch = cluster.watch((change) => {
    for (const controller of controllers)
      for (const key of controller.keys(change)) queue.add({ controller, key });
  });
  return () => {
    unwatch();
    queue.close();
  };
}

interface Work {
  readonly controller: Controller;
  readonly key: Key;
}

/** A key that comes back at that time. */
interface Return {
  readonly at: number;
  readonly cancel: () => void;
}

class WorkQueue {
  readonly #clock: Clock;
  readonly #waiting = new Map<string, Work>();
  readonly #failures = new Map<string, number>();
  readonly #returns = new Map<string, Return>();
  #turn: (() => void) | undefined;
  #closed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(work: Work): void {
    if (this.#closed) return;
    this.#waiting.set(`${work.controller.name} ${work.key}`, work);
    this.#turn ??= this.#clock.after(TURN_MS, () => this.#work());
  }

  close(): void {
    this.#closed = true;
    this.#turn?.();
    for (const { cancel } of this.#returns.values()) cancel();
    this.#waiting.clear();
  }

  #work(): void {
    this.#turn = undefined;
    const batch = [...this.#waiting];
    this.#waiting.clear();
    for (const [id, work] of batch) {
      if (this.#closed) return;
      this.#sync(id, work);
    }
  }

  #sync(id: string, work: Work): void {
    try {
      work.controller.sync(work.key, (ms) => this.#addAfter(ms, id, work));
      this.#failures.delete(id);
    } catch (error) {
      if (refusalOf(error) === undefined) throw error;
      const failures = this.#failures.get(id) ?? 0;
      this.#failures.set(id, failures + 1);
      const { first, last } = work.controller.backOff ?? BACK_OFF;
      this.#addAfter(Math.min(first * 2 ** failures, last), id, work);
    }
  }

  /** A key waits once, for the earliest time: else each sync in between would start another row of retries. */
  #addAfter(ms: number, id: string, work: Work): void {
    const at = this.#clock.now() + ms;
    const held = this.#returns.get(id);
    if (held !== undefined && held.at <= at) return;
    held?.cancel();
    const cancel = this.#clock.after(ms, () => {
      this.#returns.delete(id);
      this.add(work);
    });
    this.#returns.set(id, { at, cancel });
  }
}
