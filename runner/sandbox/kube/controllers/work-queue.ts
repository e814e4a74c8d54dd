/**
 * The loop that all controllers share: keys are queued once, worked on in order, and put back with a growing delay when
 * the API refuses a write. Work starts on a timer, never inside the write that caused it, as with real controllers.
 */
import type { Clock } from '../../store/clock.ts';
import type { Cluster } from '../kube.ts';
import type { Controller, Key } from './controller.ts';
import { refusalOf } from './refusals.ts';

const TURN_MS = 1;
const FIRST_RETRY_MS = 5;
const LAST_RETRY_MS = 2000;

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

class WorkQueue {
  readonly #clock: Clock;
  readonly #waiting = new Map<string, Work>();
  readonly #failures = new Map<string, number>();
  readonly #timers = new Set<() => void>();
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
    for (const cancel of this.#timers) cancel();
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
      work.controller.sync(work.key, (ms) => this.#addAfter(ms, work));
      this.#failures.delete(id);
    } catch (error) {
      if (refusalOf(error) === undefined) throw error;
      const failures = this.#failures.get(id) ?? 0;
      this.#failures.set(id, failures + 1);
      this.#addAfter(Math.min(FIRST_RETRY_MS * 2 ** failures, LAST_RETRY_MS), work);
    }
  }

  #addAfter(ms: number, work: Work): void {
    const cancel = this.#clock.after(ms, () => {
      this.#timers.delete(cancel);
      this.add(work);
    });
    this.#timers.add(cancel);
  }
}
