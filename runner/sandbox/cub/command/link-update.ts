/** `cub link update`: the ends of one link; with `--patch` other fields of one or several. */
import { chosenEntities } from '../bulk-change.ts';
import type { Entity, Invocation } from '../cub.ts';
import { entityOf, idOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import { linkKind } from '../kind/link.ts';
import { awaitLinks, changeLinks, linkEnds } from '../link.ts';
import { findEntity } from '../lookup.ts';
import {
  addLabels,
  buildPatch,
  checkLabelRemoval,
  checkSources,
  encodeEntity,
  readsEntity,
} from '../model.ts';
import { drawDetails, showChanged } from '../print.ts';
import { readOver } from './update.ts';

export async function run(call: Invocation): Promise<void> {
  const [name] = call.args;
  const patch = call.flags.on('patch');
  checkLabelRemoval(call);
  if (patch && name === undefined) return patchSeveral(call);
  if (call.space.id === '*') throw new Failure("--space must not be '*' when not performing bulk operations");
  if (name === undefined)
    throw new Failure(
      'specify link slug/id for single update, or use --patch with --where/--link for bulk update',
    );
  checkSources(call);
  const item = patch ? await patchOne(call, name) : await replaceOne(call, name);
  await showChanged(call, {
    verb: 'updated',
    word: 'link',
    name,
    id: 'LinkID',
    shape: 'Link',
    item,
    draw: () => drawDetails(linkKind.details(item)),
  });
  return awaitLinks(call, [{ ...item, SpaceID: call.space.id }]);
}

async function replaceOne(call: Invocation, name: string): Promise<Entity> {
  if (call.args.length < 3)
    throw new Failure(
      'specify link slug/id and unit slugs for single update, or use --patch for individual patch',
    );
  const current = await findEntity(call, linkKind, name);
  const changed = addLabels(call, await readOver(call, linkKind, current));
  const link = { ...changed, ...(await linkEnds(call, call.args.slice(1))) };
  const path = `/space/${call.space.id}/link/${idOf(current, 'LinkID')}`;
  return entityOf((await call.hub.ask({ method: 'PUT', path, body: encodeEntity('Link', link) })).value);
}

async function patchOne(call: Invocation, name: string): Promise<Entity> {
  checkContent(call, '--patch');
  const current = await findEntity(call, linkKind, name);
  const path = `/space/${call.space.id}/link/${idOf(current, 'LinkID')}`;
  const body = await buildPatch(call);
  const contentType = 'application/merge-patch+json';
  return entityOf((await call.hub.ask({ method: 'PATCH', path, body, contentType })).value);
}

async function patchSeveral(call: Invocation): Promise<void> {
  checkContent(call, 'bulk patch');
  const context = chosenEntities(call, linkKind);
  const query = { where: context, include: linkKind.include };
  return changeLinks(call, {
    verb: 'update',
    kind: linkKind,
    query,
    body: await buildPatch(call),
    context,
  });
}

function checkContent(call: Invocation, what: string): void {
  if (!readsEntity(call) && call.flags.list('label').length === 0)
    throw new Failure(`${what} requires one of: --from-stdin, --filename, or --label`);
}
