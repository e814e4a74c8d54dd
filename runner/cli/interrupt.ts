/** Ctrl-C: the first ends the run in an orderly way, the second cuts its cleanups short. */
import type { Host } from './host.ts';

export interface Interrupts {
  /** Ends the run: running blocks are ended, cleanups still run. */
  readonly signal: AbortSignal;
  /** Ends the cleanups too. */
  readonly hurry: AbortSignal;
  close(): void;
}

/** Listens until closed; `tell` is called with what to show at each signal. */
export function openInterrupts(host: Host, tell: (line: string) => void): Interrupts {
  const stop = new AbortController();
  const hurry = new AbortController();
  const close = host.onInterrupt(() => {
    if (stop.signal.aborted) {
      if (!hurry.signal.aborted) tell('stopping at once');
      hurry.abort();
      return;
    }
    tell('stopping: cleanups run, once more to stop at once');
    stop.abort();
  });
  return { signal: stop.signal, hurry: hurry.signal, close };
}
