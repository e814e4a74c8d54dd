/** The counters of `cub space list` and `space get`. */
import type { HubContext } from './context.ts';
import type { Space, Unit } from './entities.ts';
import { latestEvent } from './unit-status.ts';

/** How long a change counts as recent. */
const RECENT_MS = 24 * 60 * 60 * 1000;

/** The counters of ExtendedSpace. A unit that no link starts from is unlinked. */
export function summariseSpace(hub: HubContext, space: Space): object {
  const inSpace = { where: { sql: `json_extract(value, '$.SpaceID') = ?`, params: [space.SpaceID] } };
  const units = hub.tables.Unit.list(inSpace).map(({ value }) => value);
  const count = (test: (unit: Unit) => boolean): number => units.filter(test).length;
  const targets: Record<string, number> = {};
  for (const { value } of hub.tables.Target.list(inSpace))
    targets[value.ToolchainType] = (targets[value.ToolchainType] ?? 0) + 1;
  const linked = new Set(hub.tables.Link.list(inSpace).map(({ value }) => value.FromUnitID));
  const triggers: Record<string, number> = {};
  for (const { value } of hub.tables.Trigger.list(inSpace))
    triggers[value.Event] = (triggers[value.Event] ?? 0) + 1;
  const recent = hub.clock.now() - RECENT_MS;
  return {
    TotalUnitCount: units.length,
    UnappliedUnitCount: count((unit) => unit.HeadRevisionNum > unit.LiveRevisionNum),
    UnapprovedUnitCount: count((unit) => unit.ApprovedBy.length === 0),
    GatedUnitCount: count((unit) => Object.values(unit.ApplyGates).includes(true)),
    UpgradableUnitCount: count((unit) => isUpgradable(hub, unit)),
    UnlinkedUnitCount: count(({ UnitID }) => !linked.has(UnitID)),
    RecentChangeUnitCount: count((unit) => Date.parse(unit.UpdatedAt) >= recent),
    IncompleteApplyUnitCount: count((unit) => isIncomplete(hub, unit)),
    TotalBridgeWorkerCount: hub.tables.BridgeWorker.list(inSpace).length,
    TargetCountByToolchainType: targets,
    TriggerCountByEventType: triggers,
  };
}

function isUpgradable(hub: HubContext, unit: Unit): boolean {
  if (unit.UpstreamUnitID === null) return false;
  const head = hub.tables.Unit.get(unit.UpstreamUnitID)?.value.HeadRevisionNum ?? 0;
  return unit.UpstreamRevisionNum < head;
}

function isIncomplete(hub: HubContext, unit: Unit): boolean {
  const event = latestEvent(hub, unit.UnitID);
  return event?.Action === 'Apply' && event.Status !== 'Completed';
}
