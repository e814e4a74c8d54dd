/** What the worker does for each action, told as the steps that the original tells. */
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { hasDrifted, overlayLive } from './drift.ts';
import { KubernetesRefusal } from './kubernetes.ts';
import { nameManifest, parseManifests, renderObjects } from './manifests.ts';
import { importLive, readLive } from './import.ts';
import { describeUnready } from './readiness.ts';
import { decode, encode, failed, progress, showNow } from './results.ts';
import type { Action, ActionResult, Kubernetes, Manifest, Operation, OperationContext } from './worker.ts';

const DEFAULT_WAIT_MS = 120_000;
const FIRST_POLL_MS = 50;
const LONGEST_POLL_MS = 1_000;

type Perform = (operation: Operation, context: OperationContext) => Promise<ActionResult>;

const ACTIONS: Readonly<Record<Action, Perform>> = {
  Apply: apply,
  Destroy: destroy,
  Refresh: refresh,
  Import: importLive,
  Finalize: finalize,
};

/** Performs one operation and reports every step, the terminal one included. Rejects only when the hub cannot be told. */
export async function perform(
  action: Action,
  operation: Operation,
  context: OperationContext,
): Promise<void> {
  try {
    await context.report(await ACTIONS[action](operation, context));
  } catch (error) {
    if (context.signal.aborted) return;
    await context.report(failed(action, error instanceof Error ? error.message : String(error)));
  }
}

async function apply(
  operation: Operation,
  { kubernetes, report, signal, speed }: OperationContext,
): Promise<ActionResult> {
  await report(progress('Starting to apply resources...'));
  const manifests = parseManifests(decode(operation.Data));
  for (const manifest of manifests) await applyOne(kubernetes, manifest);
  await report(progress('Applying resources...'));
  await report(progress('Waiting for the applied resources...'));
  const live = await waitReady(kubernetes, manifests, waitTimeout(operation) * speed, signal);
  const message = `Applied ${manifests.length} resources successfully at ${showNow()}`;
  return {
    Status: 'Completed',
    Result: 'ApplyCompleted',
    Message: message,
    LiveState: encode(renderObjects(live)),
  };
}

async function applyOne(kubernetes: Kubernetes, manifest: Manifest): Promise<void> {
  try {
    await kubernetes.apply(manifest, { dryRun: false });
  } catch (error) {
    if (!(error instanceof KubernetesRefusal)) throw error;
    throw new Error(
      `Failed to apply resources: ${nameManifest(manifest)} dry-run failed (${error.reason}): ${error.message}`,
      {
        cause: error,
      },
    );
  }
}

async function waitReady(
  kubernetes: Kubernetes,
  manifests: readonly Manifest[],
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Manifest[]> {
  const deadline = Date.now() + timeoutMs;
  for (let pause = FIRST_POLL_MS; ; pause = Math.min(pause * 1.5, LONGEST_POLL_MS)) {
    const live = await Promise.all(manifests.map((manifest) => kubernetes.get(manifest)));
    const unready = live.flatMap((object, index) => {
      const why = describeUnready(object);
      const manifest = manifests[index];
      return why === undefined || manifest === undefined ? [] : [`${nameManifest(manifest)} (${why})`];
    });
    if (unready.length === 0) return live.filter((object) => object !== undefined);
    if (Date.now() >= deadline)
      throw new Error(`Failed to wait for resources: timeout waiting for: [${unready.join(', ')}]`);
    await sleep(pause, undefined, { signal });
  }
}

async function destroy(
  operation: Operation,
  { kubernetes, report, signal, speed }: OperationContext,
): Promise<ActionResult> {
  await report(progress('Starting to destroy resources...'));
  const manifests = parseManifests(decode(operation.Data));
  for (const manifest of manifests.toReversed()) await kubernetes.delete(manifest);
  await report(progress('Waiting for resources to be terminated...'));
  const deadline = Date.now() + waitTimeout(operation) * speed;
  for (let pause = FIRST_POLL_MS; ; pause = Math.min(pause * 1.5, LONGEST_POLL_MS)) {
    const live = await Promise.all(manifests.map((manifest) => kubernetes.get(manifest)));
    if (live.every((object) => object === undefined)) break;
    if (Date.now() >= deadline)
      throw new Error('Failed to wait for resources: timeout waiting for termination');
    await sleep(pause, undefined, { signal });
  }
  const message = `Destroyed resources successfully at ${showNow()}`;
  return { Status: 'Completed', Result: 'DestroyCompleted', Message: message };
}

async function refresh(
  operation: Operation,
  { kubernetes, report }: OperationContext,
): Promise<ActionResult> {
  const manifests = parseManifests(decode(operation.Data));
  await report(progress('Starting to retrieve resources...'));
  const live = await readLive(kubernetes, manifests);
  await report(progress('Retrieving resources...'));
  const now = await Promise.all(
    manifests.map(async (manifest, index) =>
      overlayLive(manifest, await kubernetes.apply(manifest, { dryRun: true }), live[index]),
    ),
  );
  const LiveState = encode(renderObjects(live));
  if (!manifests.some((manifest, index) => hasDrifted(manifest, now[index]))) {
    const Message = 'Live state matches - no drift detected';
    return { Status: 'Completed', Result: 'RefreshAndNoDrift', Message, LiveState };
  }
  return {
    Status: 'Completed',
    Result: 'RefreshAndDrifted',
    Message: `Retrieved ${live.length} resources successfully at ${showNow()}`,
    Data: encode(now.map((object) => stringify(object)).join('---\n')),
    LiveState,
  };
}

async function finalize(_operation: Operation, { report }: OperationContext): Promise<ActionResult> {
  await report(progress('Starting finalization...'));
  return { Status: 'Completed', Result: 'None', Message: 'Finalization completed successfully' };
}

/** `TargetParams` is a JSON document in base64; `WaitTimeout` a Go duration (`2m0s`). */
function waitTimeout(operation: Operation): number {
  const match = /"WaitTimeout"\s*:\s*"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?"/.exec(
    decode(operation.TargetParams),
  );
  if (match === null) return DEFAULT_WAIT_MS;
  const [hours, minutes, seconds] = match.slice(1, 4).map((part) => Number(part ?? 0));
  return ((hours ?? 0) * 3_600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * 1_000;
}
