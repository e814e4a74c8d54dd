/** `cub changeset create`. */
import { createEntity, refuseBulkCreate } from '../create.ts';
import type { Invocation } from '../cub.ts';
import { idOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import { changesetKind } from '../kind/changeset.ts';
import { filterKind } from '../kind/filter.ts';
import { tagKind } from '../kind/tag.ts';
import { findEntity } from '../lookup.ts';

export async function run(call: Invocation): Promise<void> {
  refuseBulkCreate(call, ['where', 'changeset', 'dest-space', 'where-space', 'name-prefix']);
  const [name] = call.args;
  if (name === undefined) throw new Failure('single changeset creation requires: <slug>');
  const fields: Record<string, string> = {};
  const filter = call.flags.text('filter');
  if (filter !== '') fields['FilterID'] = idOf(await findEntity(call, filterKind, filter), 'FilterID');
  for (const [flag, field] of TAGS) {
    const tag = call.flags.text(flag);
    if (tag !== '') fields[field] = idOf(await findEntity(call, tagKind, tag), 'TagID');
  }
  if (call.flags.text('description') !== '') fields['Description'] = call.flags.text('description');
  await createEntity(call, { kind: changesetKind, name, fields });
}

const TAGS = [
  ['start-tag', 'StartTagID'],
  ['end-tag', 'EndTagID'],
] as const;
