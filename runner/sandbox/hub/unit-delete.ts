/** Deleting units, with everything that only makes sense beside them. */
import type { HubContext } from './context.ts';
import type { Unit } from './entities.ts';
import { LINK } from './kinds/link.ts';
import { usersOf } from './kinds/references.ts';
import { deleteNamed } from './kinds/write.ts';

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
