/** Deleting spaces: what goes with them, and what keeps them. */
import type { Call, HubContext } from './context.ts';
import type { NamedEntity, Space } from './entities.ts';
import { badRequest } from './errors.ts';
import { CHANGE_SET } from './kinds/change-set.ts';
import { FILTER } from './kinds/filter.ts';
import { INVOCATION } from './kinds/invocation.ts';
import type { Kind } from './kinds/kind.ts';
import { SET } from './kinds/set.ts';
import { TAG } from './kinds/tag.ts';
import { TRIGGER } from './kinds/trigger.ts';
import { VIEW } from './kinds/view.ts';
import { deleteNamed } from './kinds/write.ts';
import { readFlag } from './flags.ts';
import { saveUnit } from './history.ts';
import type { NamedFields } from './shapes.ts';
import { deleteTarget } from './target.ts';
import { deleteUnit } from './unit-delete.ts';
import { deleteWorker } from './worker.ts';

/**
 * Deletes the space with its workers, targets and saved things. A space that still has units is refused: they may be live
 * somewhere, and nobody could destroy that any more; `recursive=true` takes them along. (The real server's rule is not known;
 * 400 because clients cannot show a 409.)
 */
export function deleteSpace(hub: HubContext, { query }: Call, space: Space): object {
  const inSpace = { where: { sql: `json_extract(value, '$.SpaceID') = ?`, params: [space.SpaceID] } };
  const units = hub.tables.Unit.list(inSpace).map(({ value }) => value);
  const isRecursive = readFlag(query, 'recursive') || readFlag(query, 'recursive_force');
  if (units.length > 0 && !isRecursive) refuseUnits(space, units);
  for (const unit of units)
    deleteUnit(hub, unit.ChangeSetID === null ? unit : saveUnit(hub, { ...unit, ChangeSetID: null }));
  deleteAll(hub, TRIGGER, space);
  deleteAll(hub, INVOCATION, space);
  deleteAll(hub, VIEW, space);
  deleteAll(hub, CHANGE_SET, space);
  deleteAll(hub, FILTER, space);
  deleteAll(hub, TAG, space);
  deleteAll(hub, SET, space);
  for (const { value } of hub.tables.Target.list(inSpace)) deleteTarget(hub, value);
  for (const { value } of hub.tables.BridgeWorker.list(inSpace)) deleteWorker(hub, value);
  hub.tables.Space.delete(space.SpaceID);
  return { Message: `Space ${space.Slug} deleted` };
}

function refuseUnits(space: Space, units: readonly NamedEntity[]): never {
  const names = units.map(({ Slug }) => Slug).sort();
  const some = names.length > 5 ? `${names.slice(0, 5).join(', ')}, …` : names.join(', ');
  throw badRequest(
    `space ${space.Slug} still has ${units.length} unit(s): ${some}. Delete them first: ` +
      `cub unit delete --space ${space.Slug} --where "SpaceID = '${space.SpaceID}'"`,
  );
}

function deleteAll<T extends NamedEntity, Fields extends NamedFields>(
  hub: HubContext,
  kind: Kind<T, Fields>,
  { SpaceID: spaceId }: Space,
): void {
  for (const entity of kind.select(hub, new URLSearchParams(), { spaceId })) deleteNamed(hub, kind, entity);
}
