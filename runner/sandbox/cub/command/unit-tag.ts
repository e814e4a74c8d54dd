/** `cub unit tag <tag>`: tags a revision of the units that flags select. */
import { reportBlock } from '../bulk-delete.ts';
import type { Invocation } from '../cub.ts';
import { Failure } from '../failure.ts';
import { chosenUnits } from '../invoke.ts';
import { tagKind } from '../kind/tag.ts';
import { unitKind } from '../kind/unit.ts';
import { filterQuery, findId, revisionReference } from '../reference.ts';
import { whereInSpace } from '../where.ts';

export async function run(call: Invocation): Promise<void> {
  const chosen = chosenUnits(call);
  const filter = await filterQuery(call);
  if (chosen === '' && filter['filter'] === undefined)
    throw new Failure('one of --unit, --where or --filter is required');
  const where = whereInSpace(chosen, call.space.id);
  const TagID = await findId(call, tagKind, call.args[0] ?? '');
  const Revision = await revisionReference(call, call.flags.text('revision'));
  const { status, value } = await call.hub.ask({
    method: 'POST',
    path: '/unit/tag',
    query: { where, include: unitKind.include, ...filter },
    body: JSON.stringify({ TagID, Revision }),
  });
  reportBlock(call, { verb: 'tag', word: 'unit', where, status, value });
}
