/** `cub link create <link|-> <from unit> <to unit> [<space of to unit>]`. */
import type { Invocation } from '../cub.ts';
import { entityOf, idOf, partOf, textOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import { linkKind } from '../kind/link.ts';
import { unitKind } from '../kind/unit.ts';
import { findEntity, findSpace, getExtended } from '../lookup.ts';
import { addLabels, checkSources, encodeEntity, readEntity } from '../model.ts';
import { drawDetails, say, showChanged } from '../print.ts';
import { makeSlug } from '../slug.ts';
import { awaitTriggers } from '../units.ts';

const BULK_FLAGS = ['where-from', 'where-to', 'where-space', 'where-to-space', 'dest-space'];

export async function run(call: Invocation): Promise<void> {
  refuse(call);
  const [name = '', fromName = '', toName = '', spaceName] = call.args;
  const read = addLabels(call, await readEntity(call));
  const named =
    name === '-' ? { Slug: '' } : { Slug: makeSlug(name), DisplayName: textOf(read, 'DisplayName') || name };
  const from = await findEntity(call, unitKind, fromName);
  const toSpace = spaceName === undefined ? call.space.id : idOf(await findSpace(call, spaceName), 'SpaceID');
  const to = await findEntity(call, unitKind, toName, toSpace);
  const link = {
    ...read,
    ...named,
    SpaceID: call.space.id,
    FromUnitID: idOf(from, 'UnitID'),
    ToUnitID: idOf(to, 'UnitID'),
    ToSpaceID: toSpace,
  };
  const path = `/space/${call.space.id}/link`;
  const item = entityOf(
    (await call.hub.ask({ method: 'POST', path, body: encodeEntity('Link', link) })).value,
  );
  await showChanged(call, {
    verb: 'created',
    word: 'link',
    name: textOf(item, 'Slug'),
    id: 'LinkID',
    shape: 'Link',
    item,
    draw: () => drawDetails(linkKind.details(item)),
  });
  if (!call.flags.on('wait')) return;
  if (!call.flags.on('quiet')) say(call, 'Awaiting triggers...');
  await awaitTriggers(call, partOf(await getExtended(call, unitKind, idOf(from, 'UnitID')), 'Unit'));
}

function refuse(call: Invocation): void {
  const bulk = BULK_FLAGS.some((flag) => call.flags.text(flag) !== '');
  if (call.args.length === 0) {
    if (call.flags.text('where-from') === '' || call.flags.text('where-to') === '')
      throw new Failure('bulk create mode requires --where-from and --where-to flags');
    throw new Failure('cub link create in bulk is not implemented in the embedded cub');
  }
  if (call.args.length < 3)
    throw new Failure('single link creation requires: <slug> <from unit> <to unit> [to space]');
  if (bulk)
    throw new Failure(
      'bulk create flags (--where-from, --where-to, --where-space, --where-to-space, --dest-space) can only be used without positional arguments',
    );
  if (call.space.id === '*') throw new Failure("--space must not be '*' when not performing bulk operations");
  checkSources(call);
}
