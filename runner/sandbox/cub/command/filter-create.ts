/** `cub filter create <slug> <from>`. */
import { createEntity, refuseBulkCreate } from '../create.ts';
import type { Invocation } from '../cub.ts';
import { idOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import { filterKind } from '../kind/filter.ts';
import { findSpace } from '../lookup.ts';

export async function run(call: Invocation): Promise<void> {
  refuseBulkCreate(call, ['filter', 'dest-space', 'where-space', 'name-prefix']);
  const [name = '', from] = call.args;
  if (from === undefined) throw new Failure('single filter creation requires: <slug> <from> [options...]');
  const space = call.flags.text('from-space');
  const fields: Record<string, string> = { From: from };
  for (const [flag, field] of FIELDS) if (call.flags.text(flag) !== '') fields[field] = call.flags.text(flag);
  if (space !== '') fields['FromSpaceID'] = idOf(await findSpace(call, space), 'SpaceID');
  await createEntity(call, { kind: filterKind, name, fields });
}

const FIELDS = [
  ['where', 'Where'],
  ['where-data', 'WhereData'],
  ['resource-type', 'ResourceType'],
] as const;
