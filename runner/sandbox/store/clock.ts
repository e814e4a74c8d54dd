/** Time as the sandbox sees it. Everything that waits or stamps asks a Clock, so tests and seeds decide what time it is. */

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `work` once after `ms`; returns the function that cancels it. A pending timer never keeps the process alive. */
  after(ms: number, work: () => void): () => void;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
