/** `cub tag create`. */
import { createEntity, refuseBulkCreate } from '../create.ts';
import type { Invocation } from '../cub.ts';
import { Failure } from '../failure.ts';
import { tagKind } from '../kind/tag.ts';

export async function run(call: Invocation): Promise<void> {
  refuseBulkCreate(call, ['where', 'tag', 'dest-space', 'where-space', 'name-prefix']);
  const [name] = call.args;
  if (name === undefined) throw new Failure('single tag creation requires: <slug>');
  await createEntity(call, { kind: tagKind, name });
}
