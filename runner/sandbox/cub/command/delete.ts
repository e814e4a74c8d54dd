/** `cub <kind> delete`: one entity by name, or several by `--where` or by name. */
import { deleteSeveral } from '../bulk-delete.ts';
import type { Invocation } from '../cub.ts';
import { textOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import type { Kind } from '../kind.ts';
import { kindOfCommand } from '../kinds.ts';
import { findEntity } from '../lookup.ts';
import { say } from '../print.ts';
import { whereInSpace, whereNamed } from '../where.ts';

export async function run(call: Invocation): Promise<void> {
  const kind = await kindOfCommand(call.command);
  const names = call.flags.list(kind.flag);
  const where = call.flags.text('where');
  const selects = where !== '' || names.length > 0;
  refuse(call, kind, selects);
  if (call.args.length === 0) {
    const chosen = names.length > 0 ? whereNamed(names, kind.id, kind.nameAttribute) : where;
    const context = whereInSpace(chosen, call.space.id);
    return deleteSeveral(call, {
      path: `/${kind.segment}`,
      word: kind.word,
      include: kind.include,
      where: context,
    });
  }
  const [name = ''] = call.args;
  const entity = await findEntity(call, kind, name);
  const id = textOf(entity, kind.id);
  await call.hub.ask({ method: 'DELETE', path: `/space/${call.space.id}/${kind.segment}/${id}` });
  if (!call.flags.on('quiet'))
    say(call, `Successfully deleted ${kind.deletedWord ?? kind.word} ${name} (${id})`);
}

function refuse(call: Invocation, kind: Kind, selects: boolean): void {
  const several = call.args.length === 0 && selects;
  if (!several && selects)
    throw new Failure(`--where or --${kind.flag} can only be specified with no positional arguments`);
  if (!several && call.args.length !== 1) {
    const wanted = kind.nameAttribute === undefined ? '<slug or id>' : '<name>';
    throw new Failure(`single ${kind.word} delete requires exactly one argument: ${wanted}`);
  }
  if (several && call.flags.text('where') !== '' && call.flags.list(kind.flag).length > 0)
    throw new Failure(`--${kind.flag} and --where flags are mutually exclusive`);
  if (!several && call.space.id === '*')
    throw new Failure("--space must not be '*' when not performing bulk operations");
}
