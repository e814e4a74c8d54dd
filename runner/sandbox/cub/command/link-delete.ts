/** `cub link delete`: like the other kinds', but it waits for the triggers of the unit that the link came from. */
import { deleteSeveral } from '../bulk-delete.ts';
import type { Invocation } from '../cub.ts';
import { idOf, partOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import { linkKind } from '../kind/link.ts';
import { unitKind } from '../kind/unit.ts';
import { findEntity, getExtended } from '../lookup.ts';
import { say } from '../print.ts';
import { awaitTriggers } from '../units.ts';
import { whereInSpace, whereNamed } from '../where.ts';

export async function run(call: Invocation): Promise<void> {
  const names = call.flags.list('link');
  const where = call.flags.text('where');
  const [name] = call.args;
  if (name === undefined) {
    if (where === '' && names.length === 0)
      throw new Failure('specify a link slug/id for single delete, or use --where/--link for bulk delete');
    const chosen = whereInSpace(names.length > 0 ? whereNamed(names, 'LinkID') : where, call.space.id);
    return deleteSeveral(call, { path: '/link', word: 'link', include: linkKind.include, where: chosen });
  }
  if (where !== '' || names.length > 0)
    call.around.out(
      'Error: --where and --link flags can only be used in bulk mode (without positional arguments)\n',
    );
  const link = await findEntity(call, linkKind, name);
  const id = idOf(link, 'LinkID');
  await call.hub.ask({ method: 'DELETE', path: `/space/${call.space.id}/link/${id}` });
  if (!call.flags.on('quiet')) {
    say(call, `Successfully deleted link ${name} (${id})`);
    say(call, 'Awaiting triggers...');
  }
  return awaitTriggers(call, partOf(await getExtended(call, unitKind, idOf(link, 'FromUnitID')), 'Unit'));
}
