/**
 * Apply, all or nothing as far as the API server can tell beforehand: every object is tried in a dry run before the first is
 * written. Namespaces and custom types are a stage of their own, because no dry run finds them before they are there.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { byRank, isDefinition, nameManifest } from './manifests.ts';
import { statusOf } from './readiness.ts';
import { KubernetesRefusal } from './refusal.ts';
import type { Kubernetes, Manifest } from './worker.ts';

const FIRST_POLL_MS = 50;
const LONGEST_POLL_MS = 250;
const DEFINITIONS_WAIT_MS = 60_000;

/** How long to wait, and until when. */
export interface Patience {
  readonly signal: AbortSignal;
  /** Multiplies the times of life. */
  readonly speed: number;
}

/** Applies all objects. Rejects with the first refusal, told as the original tells it. */
export async function applyStaged(
  kubernetes: Kubernetes,
  manifests: readonly Manifest[],
  { signal, speed }: Patience,
): Promise<void> {
  const definitions = manifests.filter(isDefinition);
  await applyAll(kubernetes, definitions);
  if (definitions.length > 0) await waitReady(kubernetes, definitions, DEFINITIONS_WAIT_MS * speed, signal);
  await applyAll(
    kubernetes,
    manifests.filter((manifest) => !isDefinition(manifest)),
  );
}

async function applyAll(kubernetes: Kubernetes, manifests: readonly Manifest[]): Promise<void> {
  const sorted = manifests.toSorted(byRank);
  for (const manifest of sorted)
    await tell(kubernetes.apply(manifest, { dryRun: true }), manifest, dryRunFailed);
  for (const manifest of sorted)
    await tell(kubernetes.apply(manifest, { dryRun: false }), manifest, applyFailed);
}

async function tell(
  call: Promise<unknown>,
  manifest: Manifest,
  describe: (refusal: KubernetesRefusal, manifest: Manifest) => string,
): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof KubernetesRefusal)) throw error;
    const text = `${nameManifest(manifest)} ${describe(error, manifest)}: ${error.message}`;
    throw new Error(text, { cause: error });
  }
}

function dryRunFailed({ code, reason }: KubernetesRefusal, { metadata }: Manifest): string {
  if (code === 404) return metadata.namespace === undefined ? 'namespace not specified' : 'not found';
  return `dry-run failed${reason === '' ? '' : ` (${reason})`}`;
}

function applyFailed(): string {
  return 'apply failed';
}

/** The live objects, in the order of `manifests`, once all are ready. Rejects when the time is over. */
export async function waitReady(
  kubernetes: Kubernetes,
  manifests: readonly Manifest[],
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Manifest[]> {
  let live: (Manifest | undefined)[] = [];
  let unready: string[] = [];
  const isReady = async (): Promise<boolean> => {
    live = await Promise.all(manifests.map((manifest) => kubernetes.get(manifest)));
    unready = manifests.flatMap((manifest, index) => {
      const status = statusOf(live[index]);
      return status === 'Current' ? [] : [`${nameManifest(manifest)} status: '${status}'`];
    });
    return unready.length === 0;
  };
  if (!(await waitUntil(isReady, timeoutMs, signal)))
    throw new Error(`timeout waiting for: [${unready.join(', ')}]`);
  return live.filter((object) => object !== undefined);
}

/** Asks again and again; false when the time is over. */
export async function waitUntil(
  isDone: () => Promise<boolean>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  for (let pause = FIRST_POLL_MS; ; pause = Math.min(pause * 1.5, LONGEST_POLL_MS)) {
    if (await isDone()) return true;
    if (Date.now() >= deadline) return false;
    await sleep(pause, undefined, { signal });
  }
}
