/** The API's refusals, told apart from mistakes of ours: the former are retried or shown, the latter must surface. */
import type { ApiStatus, Cluster, KubeObject } from '../kube.ts';

/** The `Status` that `error` carries; undefined if it is no answer of the API. */
export function refusalOf(error: unknown): ApiStatus | undefined {
  const status: unknown = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'object' && status !== null && 'code' in status && 'reason' in status
    ? (status as ApiStatus)
    : undefined;
}

/** Runs `work`; a refusal becomes its result. */
export function attempt(work: () => void): ApiStatus | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    return refusal;
  }
}

/** Records an event. Events are best effort: one that the API refuses (the namespace is going away) is dropped. */
export function report(cluster: Cluster, about: KubeObject, event: Parameters<Cluster['event']>[1]): void {
  attempt(() => cluster.event(about, event));
}
