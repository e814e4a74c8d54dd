/** What a unit's data still needs and what another's provides, as the functions `get-needed` and `get-provided` tell. */
import type { HubContext } from '../context.ts';
import type { Unit } from '../entities.ts';
import { callOnUnit } from '../unit-function.ts';
import type { AttributeValue, FunctionInvocation } from '../functions/functions.ts';
import { holdsPlaceholder } from '../functions/placeholder.ts';

/** The places that hold a placeholder and that a link could fill. */
export function needsOf(hub: HubContext, unit: Unit): readonly AttributeValue[] {
  return readAttributes(hub, unit, 'get-needed').filter(({ Value }) => typeof Value === 'string');
}

/** The values that links may take, without those that are placeholders themselves. */
export function provisionsOf(hub: HubContext, unit: Unit): readonly AttributeValue[] {
  return readAttributes(hub, unit, 'get-provided').filter(
    ({ Value }) => typeof Value === 'string' && Value !== '' && !holdsPlaceholder(Value),
  );
}

/** A need and a provision match when the setter of one and the getter of the other have the same arguments. */
export function matches(need: AttributeValue, provision: AttributeValue): boolean {
  const getter = provision.Info?.GetterInvocation;
  if (getter === undefined) return false;
  const wanted = argumentsText(getter);
  return need.Info?.SetterInvocations?.some((setter) => argumentsText(setter) === wanted) === true;
}

function argumentsText({ Arguments }: FunctionInvocation): string {
  return JSON.stringify(Arguments.map(({ ParameterName, Value }) => [ParameterName, Value]));
}

/** A unit whose data is no Kubernetes resources needs and provides nothing. */
function readAttributes(hub: HubContext, unit: Unit, name: string): readonly AttributeValue[] {
  const { output, success } = callOnUnit(hub, unit, { FunctionName: name, Arguments: [] });
  return success && Array.isArray(output) ? (output as AttributeValue[]) : [];
}
