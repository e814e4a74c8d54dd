/** `cub space delete`: one space, or several by `--where` or by name. */
import { deleteSeveral } from '../bulk-delete.ts';
import type { Invocation } from '../cub.ts';
import { idOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import { findSpace } from '../lookup.ts';
import { say } from '../print.ts';
import { whereNamed } from '../where.ts';

export async function run(call: Invocation): Promise<void> {
  const names = call.flags.list('space');
  const where = call.flags.text('where');
  const selects = where !== '' || names.length > 0;
  if (selects && call.args.length > 0)
    throw new Failure('--where or --space can only be specified with no positional arguments');
  if (!selects && call.args.length !== 1)
    throw new Failure('single space delete requires exactly one argument: <slug or id>');
  if (where !== '' && names.length > 0) throw new Failure('--space and --where flags are mutually exclusive');
  if (selects) {
    const chosen = names.length > 0 ? whereNamed(names, 'SpaceID') : where;
    return deleteSeveral(call, { path: '/_space', word: 'space', include: 'OrganizationID', where: chosen });
  }
  const query = {
    recursive: call.flags.on('recursive') || call.flags.on('recursive-force') ? 'true' : '',
    recursive_force: call.flags.on('recursive-force') ? 'true' : '',
  };
  const [name = ''] = call.args;
  const id = idOf(await findSpace(call, name), 'SpaceID');
  await call.hub.ask({ method: 'DELETE', path: `/space/${id}`, query });
  if (!call.flags.on('quiet')) say(call, `Successfully deleted space ${name} (${id})`);
}
