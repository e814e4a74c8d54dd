/** `cub worker get-secret`. */
import type { Invocation } from '../cub.ts';
import { entityOf, idOf, partOf, textOf } from '../entity.ts';
import { say } from '../print.ts';
import { findWorker } from '../workers.ts';

export async function run(call: Invocation): Promise<void> {
  const id = idOf(await findWorker(call, call.args[0] ?? ''), 'BridgeWorkerID');
  const path = `/space/${call.space.id}/bridge_worker/${id}`;
  const { value } = await call.hub.ask({ method: 'GET', path });
  say(call, textOf(partOf(entityOf(value), 'BridgeWorker'), 'Secret'));
}
