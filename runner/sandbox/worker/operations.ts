/** What the worker does for each action, told as the steps that the original tells. */
import { applyStaged, waitReady, waitUntil } from './apply.ts';
import { patchDrift } from './drift.ts';
import { byRank, nameManifest, renderObjects } from './manifests.ts';
import { importLive, readLive } from './import.ts';
import { readManifests } from './read-objects.ts';
import { KubernetesRefusal } from './refusal.ts';
import { decode, encode, failed, progress, showNow } from './results.ts';
import type { Action, ActionResult, Kubernetes, Manifest, Operation, OperationContext } from './worker.ts';

const DEFAULT_WAIT_MS = 60_000;
const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

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
  const lastFirst = manifests.toSorted(byRank).toReversed();
  await told('Failed to delete resources', deleteAll(kubernetes, lastFirst));
  await report(progress('Waiting for resources to be terminated...'));
  let left = lastFirst;
  const areGone = async (): Promise<boolean> => {
    const live = await Promise.all(left.map((manifest) => kubernetes.get(manifest)));
    left = left.filter((_, index) => live[index] !== undefined);
    return left.length === 0;
  };
  const inTime = await waitUntil(areGone, waitTimeout(operation) * speed, signal);
  const [first] = left;
  if (!inTime && first !== undefined)
    throw new Error(
      `Failed to wait for resource termination: ${nameManifest(first)} termination timeout: context deadline exceeded`,
    );
  const message = `Destroyed resources successfully at ${showNow()}`;
  return { Status: 'Completed', Result: 'DestroyCompleted', Message: message };
}

/** Deletes what is there. What cannot be deleted is told when all have been tried. */
async function deleteAll(kubernetes: Kubernetes, manifests: readonly Manifest[]): Promise<void> {
  const faults: string[] = [];
  for (const manifest of manifests) {
    let step = 'query';
    try {
      if ((await kubernetes.get(manifest)) === undefined) continue;
      step = 'delete';
      await kubernetes.delete(manifest);
    } catch (error) {
      if (!(error instanceof KubernetesRefusal)) throw error;
      faults.push(`${nameManifest(manifest)} ${step} failed: ${error.message};`);
    }
  }
  if (faults.length > 0) throw new Error(`delete failed, errors: ${faults.join('')}`);
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

/** `TargetParams` is a JSON document in base64; `WaitTimeout` a Go duration (`2m0s`). What is none counts as not given. */
function waitTimeout(operation: Operation): number {
  const [, text = ''] = /"WaitTimeout"\s*:\s*"([^"]*)"/.exec(decode(operation.TargetParams)) ?? [];
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[hms])/g)];
  if (text === '' || parts.map(([part]) => part).join('') !== text) return DEFAULT_WAIT_MS;
  return parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (UNITS_MS[unit] ?? 0), 0);
}
