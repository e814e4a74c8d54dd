/** Waiting that an abort cuts short. */
import type { Clock } from './execution-options.ts';

/** Resolves after `ms`, or as soon as `signal` aborts. */
export function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancel = clock.after(ms, resolve);
  const stop = (): void => resolve();
  signal?.addEventListener('abort', stop);
  if (signal?.aborted === true) stop();
  return promise.finally(() => {
    cancel();
    signal?.removeEventListener('abort', stop);
  });
}
