/** A clock that tests move: timers run in order of their time when `advance` passes it, and no test sleeps. */
import type { Clock } from '../../runner/sandbox/store/clock.ts';

export interface ManualClock extends Clock {
  /** Moves time on by `ms`, running what is due on the way. */
  advance(ms: number): void;
  /** Advances in small steps until `test` is true; returns whether it became true within `limitMs`. */
  until(test: () => boolean, limitMs: number): boolean;
}

const STEP_MS = 10;

export function manualClock(start = Date.parse('2026-01-01T00:00:00Z')): ManualClock {
  let now = start;
  let order = 0;
  const timers = new Map<number, { at: number; work: () => void }>();
  const advance = (ms: number): void => {
    const target = now + ms;
    for (;;) {
      const next = [...timers].toSorted(([id, one], [other, two]) => one.at - two.at || id - other)[0];
      if (next === undefined || next[1].at > target) break;
      timers.delete(next[0]);
      now = Math.max(now, next[1].at);
      next[1].work();
    }
    now = target;
  };
  return {
    now: () => now,
    after(ms, work) {
      order += 1;
      const id = order;
      timers.set(id, { at: now + ms, work });
      return () => void timers.delete(id);
    },
    advance,
    until(test, limitMs) {
      for (let passed = 0; passed <= limitMs; passed += STEP_MS) {
        if (test()) return true;
        advance(STEP_MS);
      }
      return test();
    },
  };
}
