/** `cub unit update`: new data, a restored revision, an upgrade or other fields, of one unit or several. */
import { readContent } from '../content.ts';
import type { Entity, Invocation } from '../cub.ts';
import { entityOf, idOf, numberOf } from '../entity.ts';
import { isUuid } from '../entity.ts';
import { Failure, messageOf } from '../failure.ts';
import { unitKind } from '../kind/unit.ts';
import { findEntity } from '../lookup.ts';
import { addLabels, buildPatch, encodeEntity, overlay, readEntity, readsEntity } from '../model.ts';
import { showChanged } from '../print.ts';
import { changesetQuery, filterQuery, revisionReference, tagQuery } from '../reference.ts';
import { findRevision } from '../revisions.ts';
import { mergeQuery } from '../unit-merge.ts';
import { checkUpdate, isRestorable } from '../unit-update-rules.ts';
import { drawUnit } from '../unit-view.ts';
import { awaitTriggers, reportUnits } from '../units.ts';
import { whereInSpace, whereNamed } from '../where.ts';

const MERGE_PATCH = 'application/merge-patch+json';

export async function run(call: Invocation): Promise<void> {
  const several = call.flags.on('patch') && call.args.length === 0;
  checkUpdate(call, several);
  if (several) return patchUnits(call);
  const [name = ''] = call.args;
  const item = await updateOne(call, await findEntity(call, unitKind, name));
  if (call.flags.on('wait')) await awaitTriggers(call, item);
  const draw = (): string => drawUnit(call, item);
  await showChanged(call, { verb: 'updated', word: 'unit', name, id: 'UnitID', shape: 'Unit', item, draw });
}

async function updateOne(call: Invocation, current: Entity): Promise<Entity> {
  const patch = call.flags.on('patch');
  const fields = patch ? {} : await changed(call, current);
  const patchBody = patch ? await buildPatch(call, await flagPatch(call)) : '';
  const query = { ...(await changeQuery(call)), ...(await restoreQuery(call, current)) };
  const body = patch ? patchBody : encodeEntity('Unit', { ...fields, ...(await readData(call)) });
  if (patch) await readData(call);
  const { value } = await call.hub.ask({
    method: patch ? 'PATCH' : 'PUT',
    path: `/space/${call.space.id}/unit/${idOf(current, 'UnitID')}`,
    query,
    body,
    ...(patch ? { contentType: MERGE_PATCH } : {}),
  });
  return entityOf(value);
}

function descriptionPatch(call: Invocation): Entity {
  const description = call.flags.text('change-desc');
  return description === '' ? {} : { LastChangeDescription: description };
}

/** The description, and the changeset that the units enter or (`-`) leave. */
async function flagPatch(call: Invocation): Promise<Entity> {
  const { change_set_id: id } = await changesetQuery(call);
  const leaves = call.flags.text('changeset') === '-';
  const changeset = leaves || id !== undefined ? { ChangeSetID: id ?? null } : {};
  return { ...descriptionPatch(call), ...changeset };
}

/** What is to be done besides the fields of the patch. */
async function changeQuery(call: Invocation): Promise<Readonly<Record<string, string>>> {
  return {
    upgrade: call.flags.on('upgrade') ? 'true' : '',
    dry_run: call.flags.on('dry-run') ? 'true' : '',
    ...(await changesetQuery(call)),
    ...(await mergeQuery(call)),
    ...(await tagQuery(call)),
  };
}

/** The whole unit: what was read merged over it (or in its place), labels and description. */
async function changed(call: Invocation, current: Entity): Promise<Entity> {
  const { OrganizationID, SpaceID, UnitID, Version } = current;
  const base = call.flags.on('replace') ? { Version } : current;
  const read = readsEntity(call)
    ? { ...overlay(base, await readEntity(call, 'Unit')), OrganizationID, SpaceID, UnitID }
    : current;
  return { ...addLabels(call, read), ...descriptionPatch(call) };
}

async function restoreQuery(call: Invocation, current: Entity): Promise<Readonly<Record<string, string>>> {
  const restore = call.flags.text('restore');
  if (restore === '') return {};
  if (isUuid(restore)) return { revision_id: restore };
  if (/^[+-]?\d+$/.test(restore)) {
    const number =
      Number(restore) < 0 ? numberOf(current, 'HeadRevisionNum') + Number(restore) : Number(restore);
    return { revision_id: idOf(await findRevision(call, idOf(current, 'UnitID'), number), 'RevisionID') };
  }
  if (isRestorable(restore)) return { restore: await revisionReference(call, restore) };
  throw new Failure(
    `invalid restore value '${restore}': must be a UUID (revision ID), integer (revision number), or one of LiveRevisionNum/LastAppliedRevisionNum/PreviousLiveRevisionNum`,
  );
}

async function readData(call: Invocation): Promise<Entity> {
  const source = call.args[1];
  if (source === undefined) return {};
  if (source === '-' && call.flags.on('from-stdin'))
    throw new Failure("can't read both entity attributes and config data from stdin");
  try {
    return { Data: (await readContent(call, source)).toString('base64') };
  } catch (error) {
    throw new Failure(`failed to read config: ${messageOf(error)}`, { cause: error });
  }
}

async function patchUnits(call: Invocation): Promise<void> {
  const names = call.flags.list('unit');
  const chosen = names.length > 0 ? whereNamed(names, 'UnitID') : call.flags.text('where');
  const { status, value } = await call.hub.ask({
    method: 'PATCH',
    path: '/unit',
    query: {
      where: whereInSpace(chosen, call.space.id),
      include: unitKind.include,
      restore: await revisionReference(call, call.flags.text('restore')),
      ...(await changeQuery(call)),
      ...(await filterQuery(call)),
    },
    body: await buildPatch(call, await flagPatch(call)),
    contentType: MERGE_PATCH,
  });
  await reportUnits(call, { verb: 'update', source: '', status, value });
}
