/** The API's refusals, told apart from mistakes of ours: the former are retried or shown, the latter must surface. */
import { ApiError } from '../errors.ts';
import type { ApiStatus, Cluster, KubeObject } from '../kube.ts';

/** The `Status` that `error` carries; undefined if it is no answer of the API. */
export function refusalOf(error: unknown): ApiStatus | undefined {
  return error instanceof ApiError ? error.status : undefined;
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
