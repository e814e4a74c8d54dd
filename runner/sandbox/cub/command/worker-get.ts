/** `cub worker get`; the secret is hidden unless asked for. */
import type { Invocation } from '../cub.ts';
import { workerKind } from '../kind/worker.ts';
import { drawDetails, showOne } from '../print.ts';
import { findWorker } from '../workers.ts';

export async function run(call: Invocation): Promise<void> {
  const found = await findWorker(call, call.args[0] ?? '');
  const worker = call.flags.on('include-secret') ? found : { ...found, Secret: '********' };
  await showOne(call, 'BridgeWorker', worker, () => drawDetails(workerKind.details(worker)));
}
