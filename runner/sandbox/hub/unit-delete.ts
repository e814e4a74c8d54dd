/** Deleting units, with everything that only makes sense beside them. */
import type { Call, HubContext } from './context.ts';
import type { Unit } from './entities.ts';
import { badRequest } from './errors.ts';
import { lockOf } from './history.ts';
import { LINK } from './kinds/link.ts';
import { usersOf } from './kinds/references.ts';
import { deleteNamed } from './kinds/write.ts';

/** Deletes the unit unless it is in a changeset that the call is no part of: then others count on it. */
export function deleteUnlockedUnit(hub: HubContext, { query }: Call, unit: Unit): object {
  const slug = lockOf(hub, unit, query);
  if (slug === undefined) return deleteUnit(hub, unit);
  throw badRequest(
    `unit ${unit.Slug} is in the open changeset ${slug}: take it out first, ` +
      `with cub unit update ${unit.Slug} --patch --changeset -`,
  );
}

/**
 * Deletes the unit with its history and the links at both of its ends; what those had filled in stays. What the unit applied
 * stays in the cluster: that is what destroy is for.
 */
export function deleteUnit(hub: HubContext, unit: Unit): object {
  for (const name of ['FromUnitID', 'ToUnitID'] as const)
    for (const link of usersOf(hub.tables.Link, name, unit.UnitID)) deleteNamed(hub, LINK, link);
  const { Revision, Mutation, UnitEvent, QueuedOperation, LinkFill } = hub.tables;
  for (const table of [Revision, Mutation, UnitEvent, QueuedOperation, LinkFill])
    for (const { key } of table.list({ prefix: `${unit.UnitID}/` })) table.delete(key);
  hub.tables.Unit.delete(unit.UnitID);
  return { Message: `Unit ${unit.Slug} deleted` };
}
