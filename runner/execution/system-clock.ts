/** The machine's time. The sandbox's clock is another: its timers must not keep a process alive, these must. */
import type { Clock } from './execution-options.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, Math.min(ms, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  },
};
