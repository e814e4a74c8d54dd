/** What the worker does for each action, told as the steps that the original tells. */
import { applyStaged, waitReady, waitUntil } from './apply.ts';
import { patchDrift } from './drift.ts';
import { byRank, renderObjects } from './manifests.ts';
import { importLive, readLive } from './import.ts';
import { readManifests } from './read-objects.ts';
import { decode, encode, failed, progress, showNow } from './results.ts';
import type { Action, ActionResult, Operation, OperationContext } from './worker.ts';

const DEFAULT_WAIT_MS = 120_000;

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

async function apply(operation: Operation, context: OperationContext): Promise<ActionResult> {
  const { kubernetes, report, signal, speed } = context;
  const manifests = await readManifests(kubernetes, decode(operation.Data));
  await report(progress('Starting to apply resources...'));
  await told('Failed to apply resources', applyStaged(kubernetes, manifests, context));
  await report(progress('Applying resources...'));
  await report(progress('Waiting for the applied resources...'));
  const waiting = waitReady(kubernetes, manifests, waitTimeout(operation) * speed, signal);
  const live = await told('Failed to wait for resources', waiting);
  const message = `Applied ${manifests.length} resources successfully at ${showNow()}`;
  return {
    Status: 'Completed',
    Result: 'ApplyCompleted',
    Message: message,
    LiveState: encode(renderObjects(live)),
  };
}

/** The same, but a rejection says what was being done. */
async function told<R>(what: string, work: Promise<R>): Promise<R> {
  try {
    return await work;
  } catch (error) {
    throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function destroy(
  operation: Operation,
  { kubernetes, report, signal, speed }: OperationContext,
): Promise<ActionResult> {
  const manifests = await readManifests(kubernetes, decode(operation.Data));
  await report(progress('Starting to destroy resources...'));
  for (const manifest of manifests.toSorted(byRank).toReversed()) await kubernetes.delete(manifest);
  await report(progress('Waiting for resources to be terminated...'));
  const areGone = async (): Promise<boolean> =>
    (await Promise.all(manifests.map((manifest) => kubernetes.get(manifest)))).every(
      (live) => live === undefined,
    );
  if (!(await waitUntil(areGone, waitTimeout(operation) * speed, signal)))
    throw new Error('Failed to wait for resources: timeout waiting for termination');
  const message = `Destroyed resources successfully at ${showNow()}`;
  return { Status: 'Completed', Result: 'DestroyCompleted', Message: message };
}

async function refresh(
  operation: Operation,
  { kubernetes, report }: OperationContext,
): Promise<ActionResult> {
  const data = decode(operation.Data);
  const manifests = await readManifests(kubernetes, data);
  await report(progress('Starting to retrieve resources...'));
  const live = renderObjects(await readLive(kubernetes, manifests));
  await report(progress('Retrieving resources...'));
  const patched = patchDrift(decode(operation.LiveState), live, data);
  if (patched === undefined) {
    const Message = 'Live state matches - no drift detected';
    return { Status: 'Completed', Result: 'RefreshAndNoDrift', Message };
  }
  return {
    Status: 'Completed',
    Result: 'RefreshAndDrifted',
    Message: `Retrieved ${manifests.length} resources successfully at ${showNow()}`,
    Data: encode(patched),
    LiveState: encode(live),
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
