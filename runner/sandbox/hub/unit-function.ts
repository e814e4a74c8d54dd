/** Functions on a unit's data as the hub itself calls them: for links, triggers and the check before an apply. */
import type { HubCore } from './context.ts';
import type { Unit } from './entities.ts';
import { functionContext } from './function-invoke.ts';
import { invokeFunctions } from './functions/engine.ts';
import type { FunctionInvocation, FunctionResult } from './functions/functions.ts';
import { decodeText } from './text-codec.ts';

/** Runs one function on the unit's head. A failed function is a result, not an exception. */
export function callOnUnit(hub: HubCore, unit: Unit, invocation: FunctionInvocation): FunctionResult {
  return invokeFunctions({
    context: functionContext(hub, unit),
    data: decodeText(unit.Data) ?? '',
    liveState: decodeText(unit.LiveState) ?? '',
    invocations: [invocation],
    castStrings: true,
  });
}
