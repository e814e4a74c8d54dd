/** `cub unit approve`: one unit, or those of `--where` or `--unit`. */
import { reportBlock } from '../bulk-delete.ts';
import type { Invocation } from '../cub.ts';
import { idOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import { unitKind } from '../kind/unit.ts';
import { findEntity } from '../lookup.ts';
import { filterQuery, revisionQuery } from '../reference.ts';
import { whereInSpace, whereNamed } from '../where.ts';

export async function run(call: Invocation): Promise<void> {
  const names = call.flags.list('unit');
  const where = call.flags.text('where');
  const selects = where !== '' || names.length > 0 || call.flags.text('filter') !== '';
  if (selects && call.args.length > 0)
    throw new Failure('--where or --unit can only be specified with no positional arguments');
  if (!selects && call.args.length !== 1)
    throw new Failure('single unit approve requires exactly one argument: <slug or id>');
  if (names.length > 0 && where !== '') throw new Failure('--unit and --where flags are mutually exclusive');
  if (selects) return approveSeveral(call, names.length > 0 ? whereNamed(names, 'UnitID') : where);
  const [name = ''] = call.args;
  const id = idOf(await findEntity(call, unitKind, name), 'UnitID');
  await call.hub.ask({
    method: 'POST',
    path: `/space/${call.space.id}/unit/${id}/approve`,
    query: await revisionQuery(call),
  });
  call.around.out(`Unit ${name} (${id}) has been approved\n`);
}

async function approveSeveral(call: Invocation, chosen: string): Promise<void> {
  const where = whereInSpace(chosen, call.space.id);
  const query = {
    where,
    include: unitKind.include,
    ...(await filterQuery(call)),
    ...(await revisionQuery(call)),
  };
  const { status, value } = await call.hub.ask({ method: 'POST', path: '/unit/approve', query });
  reportBlock(call, { verb: 'approve', word: 'unit', where, status, value });
}
