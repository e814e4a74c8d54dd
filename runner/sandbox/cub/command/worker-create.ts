/** `cub worker create`. */
import { createEntity } from '../create.ts';
import type { Invocation } from '../cub.ts';
import { workerKind } from '../kind/worker.ts';

export async function run(call: Invocation): Promise<void> {
  const [name = ''] = call.args;
  await createEntity(call, { kind: workerKind, name, displayName: false, draw: () => '' });
}
