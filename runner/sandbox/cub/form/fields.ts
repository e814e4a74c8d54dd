/** Fields that several forms fill in alike. */
import type { Entity, Invocation } from '../cub.ts';
import { idOf } from '../entity.ts';
import { findWorker } from '../workers.ts';

/** The flags that are given, as the fields that they set. */
export function textFields(call: Invocation, fields: Readonly<Record<string, string>>): Entity {
  return Object.fromEntries(
    Object.entries(fields)
      .map(([flag, field]) => [field, call.flags.text(flag)])
      .filter(([, value]) => value !== ''),
  );
}

/** What `--worker` sets. */
export async function workerField(call: Invocation): Promise<Entity> {
  const worker = call.flags.text('worker');
  return worker === '' ? {} : { BridgeWorkerID: idOf(await findWorker(call, worker), 'BridgeWorkerID') };
}
