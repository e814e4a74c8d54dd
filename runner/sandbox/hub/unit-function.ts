/** Functions on a unit's data as the hub itself calls them: for links, triggers and the check before an apply. */
import type { HubCore } from './context.ts';
import type { Unit } from './entities.ts';
import { invokeFunctions } from './functions/engine.ts';
import type { FunctionInvocation, FunctionResult } from './functions/functions.ts';
import { decodeText } from './text-codec.ts';

/** Runs one function on the unit's head. A failed function is a result, not an exception. */
export function callOnUnit(hub: HubCore, unit: Unit, invocation: FunctionInvocation): FunctionResult {
  return invokeFunctions({
    context: {
      unitId: unit.UnitID,
      unitSlug: unit.Slug,
      spaceId: unit.SpaceID,
      spaceSlug: hub.tables.Space.get(unit.SpaceID)?.value.Slug ?? '',
      contentHash: unit.ContentHash,
      approvedBy: unit.ApprovedBy,
    },
    data: decodeText(unit.Data) ?? '',
    liveState: decodeText(unit.LiveState) ?? '',
    invocations: [invocation],
    castStrings: true,
  });
}
