/** `cub <kind> create` for the kinds with a form: one by name, or clones of those that flags select. */
import { changeSeveral, chosenEntities, destinationSpaces } from '../bulk-change.ts';
import { createEntity } from '../create.ts';
import type { Invocation } from '../cub.ts';
import { Failure } from '../failure.ts';
import type { Form } from '../form.ts';
import { formOfCommand } from '../forms.ts';
import { buildPatch, checkSources } from '../model.ts';

const CLONE_FLAGS = ['dest-space', 'where-space', 'name-prefix'];

export async function run(call: Invocation): Promise<void> {
  const form = await formOfCommand(call.command);
  const { kind } = form;
  const selectors = form.selectsByWhere === false ? [kind.flag] : ['where', kind.flag];
  const several = [...selectors, ...CLONE_FLAGS].some((flag) => call.flags.given(flag));
  if (call.args.length === 0 && several) return cloneSeveral(call, form);
  refuseSingle(call, form, several ? [...selectors, ...CLONE_FLAGS] : []);
  const [name = '', ...words] = call.args;
  const fields = { ...(await form.flagFields(call)), ...(await form.wordFields?.(call, words)) };
  return createEntity(call, { kind, name, fields });
}

function refuseSingle(call: Invocation, form: Form, bulkFlags: readonly string[]): void {
  if (call.args.length < form.create.least) throw new Failure(form.create.complaint);
  if (bulkFlags.length > 0) {
    const flags = bulkFlags.map((flag) => `--${flag}`).join(', ');
    throw new Failure(`bulk create flags (${flags}) can only be used without positional arguments`);
  }
  form.check?.(call);
  if (call.space.id === '*') throw new Failure("--space must not be '*' when not performing bulk operations");
  checkSources(call);
}

async function cloneSeveral(call: Invocation, { kind }: Form): Promise<void> {
  const named = call.flags.list(kind.flag).length > 0;
  const where = call.flags.text('where') !== '';
  const listed = call.flags.list('dest-space').length > 0;
  const found = call.flags.text('where-space') !== '';
  if (!where && !named) throw new Failure(`bulk create mode requires --where or --${kind.flag} flags`);
  if (named && where) throw new Failure(`--${kind.flag} and --where flags are mutually exclusive`);
  if (listed && found) throw new Failure('--dest-space and --where-space flags are mutually exclusive');
  const prefixes = call.flags.list('name-prefix');
  if (!listed && !found && prefixes.length === 0)
    throw new Failure(
      'bulk create mode requires at least one of --dest-space, --where-space, or --name-prefix',
    );
  checkSources(call);
  const context = chosenEntities(call, kind);
  await changeSeveral(call, {
    verb: 'create',
    kind,
    query: {
      where: context,
      include: 'SpaceID',
      name_prefixes: prefixes.join(','),
      where_space: destinationSpaces(call),
    },
    body: await buildPatch(call),
    context,
  });
}
