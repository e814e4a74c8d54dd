/** The API's refusals, told apart from mistakes of ours: the former are retried or shown, the latter must surface. */
import { ApiError } from '../errors.ts';
import type { ApiStatus, Cluster, KubeObject } from '../kube.ts';

/** The `Status` that `error` carries; undefined if it is no answer of the API. */
export function refusalOf(error: unknown): ApiStatus | undefined {
  return error instanceof ApiError ? error.status : undefined;
}

/** Runs `work`; a refusal becomes its result, to be thrown again where the key is to be tried again. */
export function attempt(work: () => void): ApiError | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

/** Records an event. Events are best effort: one that the API refuses (the namespace is going away) is dropped. */
export function report(cluster: Cluster, about: KubeObject, event: Parameters<Cluster['event']>[1]): void {
  attempt(() => cluster.event(about, event));
}
