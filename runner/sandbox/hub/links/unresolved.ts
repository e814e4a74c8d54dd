/** What still holds a placeholder, for the refusal of an apply: it names each place, so that the reader can fill it. */
import type { HubCore } from '../context.ts';
import type { Unit } from '../entities.ts';
import type { AttributeValue } from '../functions/functions.ts';
import { callOnUnit } from '../unit-function.ts';

/** How many places a message names. */
const SHOWN = 5;

/** `metadata.namespace of apps/v1/Deployment web` for each place, or undefined if all is filled. */
export function describeUnresolved(hub: HubCore, unit: Unit): string | undefined {
  const { output, success } = callOnUnit(hub, unit, { FunctionName: 'get-placeholders', Arguments: [] });
  const places = success && Array.isArray(output) ? (output as AttributeValue[]) : [];
  if (places.length === 0) return undefined;
  const named = places
    .slice(0, SHOWN)
    .map(({ Path, ResourceType, ResourceNameWithoutScope: name }) => `${Path} of ${ResourceType} ${name}`);
  return places.length > SHOWN ? `${named.join(', ')} and ${places.length - SHOWN} more` : named.join(', ');
}
