/** What the commands about links share: the units at both ends, and waiting for the one that a link is from. */
import { changeSeveral } from './bulk-change.ts';
import type { BulkRequest } from './bulk-change.ts';
import type { Entity, Invocation } from './cub.ts';
import { idOf, partOf } from './entity.ts';
import { unitKind } from './kind/unit.ts';
import { findEntity, findSpace, getExtended } from './lookup.ts';
import { say } from './print.ts';
import { awaitTriggers } from './units.ts';

/** The fields of `<from unit> <to unit> [<space of to unit>]`. */
export async function linkEnds(call: Invocation, words: readonly string[]): Promise<Entity> {
  const [fromName = '', toName = '', spaceName] = words;
  const from = await findEntity(call, unitKind, fromName);
  const space = spaceName === undefined ? call.space.id : idOf(await findSpace(call, spaceName), 'SpaceID');
  const to = await findEntity(call, unitKind, toName, space);
  return { FromUnitID: idOf(from, 'UnitID'), ToUnitID: idOf(to, 'UnitID'), ToSpaceID: space };
}

/** Unless told otherwise, waits for the triggers of the units that the links are from. */
export async function awaitLinks(call: Invocation, links: readonly Entity[]): Promise<void> {
  if (!call.flags.on('wait')) return;
  if (!call.flags.on('quiet')) say(call, 'Awaiting triggers...');
  for (const link of links) {
    const space = idOf(link, 'SpaceID');
    const item = await getExtended(call, unitKind, idOf(link, 'FromUnitID'), '', space);
    await awaitTriggers(call, partOf(item, 'Unit'));
  }
}

/** Creates or changes several links and waits for their units. */
export async function changeLinks(call: Invocation, request: BulkRequest): Promise<void> {
  await awaitLinks(call, await changeSeveral(call, request));
}
