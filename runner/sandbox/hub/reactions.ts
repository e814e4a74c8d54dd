/** What follows from a change, in order: links fill the data, triggers change and judge it, dependent units follow. */
import type { Call, HubContext, Reactions } from './context.ts';
import type { Unit } from './entities.ts';
import { resolveLinks } from './links/resolve.ts';
import { rejudge, runTriggers } from './triggers/run-triggers.ts';

/** Everything runs inside the request, so a client never finds a unit that still waits for its triggers. */
export const REACTIONS: Reactions = {
  changed: (hub, call, unit) => follow(hub, call, unit, true, new Set()),
  linked: (hub, call, unit) => follow(hub, call, unit, false, new Set()),
  judged: (hub, _, unit) => rejudge(hub, unit),
};

/** `seen` ends the chain where units link in a circle. */
function follow(
  hub: HubContext,
  call: Pick<Call, 'headers'>,
  unit: Unit,
  isChanged: boolean,
  seen: ReadonlySet<string>,
): Unit {
  const resolved = resolveLinks(hub, call, unit);
  if (!isChanged && resolved.HeadRevisionNum === unit.HeadRevisionNum) return resolved;
  const settled = runTriggers(hub, call, resolved);
  const visited = new Set([...seen, unit.UnitID]);
  for (const dependent of dependents(hub, unit.UnitID))
    if (!visited.has(dependent.UnitID)) follow(hub, call, dependent, false, visited);
  return settled;
}

function dependents(hub: HubContext, unitId: string): Unit[] {
  return hub.tables.Link.list({
    where: { sql: `json_extract(value, '$.ToUnitID') = ?`, params: [unitId] },
  }).flatMap(({ value }) => hub.tables.Unit.get(value.FromUnitID)?.value ?? []);
}
