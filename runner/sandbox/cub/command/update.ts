/** `cub <kind> update` for the kinds with a form: one by name, or with `--patch` those that flags select. */
import { changeSeveral, chosenEntities } from '../bulk-change.ts';
import type { Entity, Invocation } from '../cub.ts';
import { entityOf, idOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import type { Form } from '../form.ts';
import { formOfCommand } from '../forms.ts';
import type { Kind } from '../kind.ts';
import { findEntity } from '../lookup.ts';
import {
  addLabels,
  checkSources,
  encodeEntity,
  overlay,
  readEntity,
  readPatch,
  readsEntity,
} from '../model.ts';
import { drawDetails, showChanged } from '../print.ts';

const MERGE_PATCH = 'application/merge-patch+json';

export async function run(call: Invocation): Promise<void> {
  const form = await formOfCommand(call.command);
  const several = call.flags.on('patch') && call.args.length === 0;
  refuse(call, form, several);
  if (several) return patchSeveral(call, form);
  const { kind } = form;
  const [name = '', ...words] = call.args;
  const changed = addLabels(call, await readOver(call, kind, await findEntity(call, kind, name)));
  const fields = { ...(await form.flagFields(call)), ...(await form.wordFields?.(call, words)) };
  const patch = call.flags.on('patch');
  const { value } = await call.hub.ask({
    method: patch ? 'PATCH' : 'PUT',
    path: `/space/${call.space.id}/${kind.segment}/${idOf(changed, kind.id)}`,
    body: encodeEntity(kind.shape, { ...changed, ...fields }),
    ...(patch ? { contentType: MERGE_PATCH } : {}),
  });
  const item = entityOf(value);
  const draw = (): string => drawDetails(kind.details(item));
  return showChanged(call, {
    verb: 'updated',
    word: kind.word,
    name,
    id: kind.id,
    shape: kind.shape,
    item,
    draw,
  });
}

function refuse(call: Invocation, form: Form, several: boolean): void {
  const { flag } = form.kind;
  const named = call.flags.list(flag).length > 0;
  const where = call.flags.text('where') !== '';
  const count = call.args.length;
  const { least, exactly = false, complaint } = form.update;
  if (!several && (where || named))
    throw new Failure(`--where or --${flag} can only be specified with --patch and no positional arguments`);
  if (!several && (count < least || (exactly && count > least))) throw new Failure(complaint);
  if (named && where) throw new Failure(`--${flag} and --where flags are mutually exclusive`);
  form.check?.(call);
  if (call.flags.on('patch') && call.flags.on('replace'))
    throw new Failure('only one of --patch and --replace should be specified');
  if (several && !where && !named) throw new Failure(`bulk patch mode requires --where or --${flag} flags`);
  if (!several && call.space.id === '*')
    throw new Failure("--space must not be '*' when not performing bulk operations");
  checkSources(call);
}

/** The entity with what was read over it, or in its place. */
export async function readOver(call: Invocation, kind: Kind, current: Entity): Promise<Entity> {
  if (!readsEntity(call)) return current;
  const { OrganizationID, SpaceID, Version, [kind.id]: id } = current;
  const base = call.flags.on('replace') ? { Version } : current;
  return { ...overlay(base, await readEntity(call, kind.shape)), OrganizationID, SpaceID, [kind.id]: id };
}

async function patchSeveral(call: Invocation, form: Form): Promise<void> {
  const context = chosenEntities(call, form.kind);
  const patch = addLabels(call, { ...(await form.flagFields(call)), ...(await readPatch(call)) });
  await changeSeveral(call, {
    verb: 'update',
    kind: form.kind,
    query: { where: context, include: 'SpaceID' },
    body: JSON.stringify(patch),
    context,
  });
}
