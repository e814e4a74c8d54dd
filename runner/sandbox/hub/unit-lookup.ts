/** Finding the unit that a path names, and the checks that creating and changing share. */
import type { Call, HubContext } from './context.ts';
import type { Unit } from './entities.ts';
import { param, requireEntity, requireSpace } from './entity.ts';
import { badRequest, notImplemented } from './errors.ts';
import type { UnitFields } from './shapes.ts';
import { KUBERNETES, requireToolchain } from './toolchain.ts';

/** The unit of the path, in the space of the path. */
export function requireUnit(hub: HubContext, call: Call): Unit {
  return requireEntity(hub.tables.Unit, 'Unit', param(call, 'unit'), requireSpace(hub, call).SpaceID);
}

/** For the `Error` of a bulk answer's element. */
export function describeUnit(unit: Unit): { type: string; id: string } {
  return { type: 'Unit', id: unit.UnitID };
}

/** The fields with defaults filled in. A target must be in the unit's own space. */
export function checkUnitFields(hub: HubContext, spaceId: string, fields: UnitFields): UnitFields {
  const toolchain = fields.ToolchainType || KUBERNETES;
  requireToolchain(toolchain);
  if (toolchain !== KUBERNETES) throw notImplemented(`toolchain ${toolchain}`);
  if (fields.SetID !== null && hub.tables.Set.get(fields.SetID)?.value.SpaceID !== spaceId)
    throw badRequest(`set ${fields.SetID} not found in space ${spaceId}`);
  if (fields.TargetID !== null && hub.tables.Target.get(fields.TargetID)?.value.SpaceID !== spaceId)
    throw badRequest(`target ${fields.TargetID} not found in space ${spaceId}`);
  return { ...fields, ToolchainType: toolchain };
}
