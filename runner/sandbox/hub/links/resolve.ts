/**
 * Link resolution: the placeholders of a unit take the values that the units it links to provide, and follow them when they
 * change. A value that somebody set since is never touched, and of several candidates none is guessed.
 */
import type { Call, HubContext } from '../context.ts';
import type { Unit } from '../entities.ts';
import type { AttributeValue } from '../functions/functions.ts';
import { recordReaction } from '../history.ts';
import type { Link } from '../named-entities.ts';
import { decodeText, encodeText } from '../text-codec.ts';
import { fillsOf, rememberFill } from './fills.ts';
import { matches, needsOf, provisionsOf } from './needs.ts';
import { readPlace, writePlaces } from './places.ts';
import type { Place } from './places.ts';

/** Fills what the unit's links can fill now. Each provided value makes a mutation that names link and provider. */
export function resolveLinks(hub: HubContext, call: Pick<Call, 'headers'>, unit: Unit): Unit {
  let current = unit;
  for (const link of linksFrom(hub, unit.UnitID)) {
    const provider = hub.tables.Unit.get(link.ToUnitID)?.value;
    if (provider === undefined || provider.UnitID === unit.UnitID) continue;
    for (const [provision, places] of fillable(hub, current, link, provisionsOf(hub, provider)))
      current = fill(hub, call, current, link, provision, places);
  }
  return current;
}

/** The links that start from the unit, oldest first: of two providers of the same, the older link's wins. */
export function linksFrom(hub: HubContext, unitId: string): Link[] {
  return hub.tables.Link.list({
    where: { sql: `json_extract(value, '$.FromUnitID') = ?`, params: [unitId] },
  })
    .map(({ value }) => value)
    .sort((a, b) => compare(a.CreatedAt, b.CreatedAt) || compare(a.Slug, b.Slug));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Which values go where: to open needs, and to places that this link filled and that nobody changed since. */
function fillable(
  hub: HubContext,
  unit: Unit,
  link: Link,
  provisions: readonly AttributeValue[],
): Map<AttributeValue, Place[]> {
  const result = new Map<AttributeValue, Place[]>();
  const add = (candidates: readonly AttributeValue[], place: Place): void => {
    const [only] = candidates;
    if (only === undefined || candidates.some(({ Value }) => Value !== only.Value)) return;
    result.set(only, [...(result.get(only) ?? []), place]);
  };
  for (const need of needsOf(hub, unit))
    add(
      provisions.filter((provision) => matches(need, provision)),
      { ...need, ResourceName: need.ResourceNameWithoutScope },
    );
  const text = decodeText(unit.Data) ?? '';
  for (const filled of fillsOf(hub, unit.UnitID)) {
    if (filled.LinkID !== link.LinkID || readPlace(text, filled) !== filled.Value) continue;
    const candidates = provisions.filter(({ ResourceType }) => ResourceType === filled.ProvidedType);
    if (candidates.some(({ Value }) => Value === filled.Value)) continue;
    add(candidates, filled);
  }
  return result;
}

function fill(
  hub: HubContext,
  call: Pick<Call, 'headers'>,
  unit: Unit,
  link: Link,
  provision: AttributeValue,
  places: readonly Place[],
): Unit {
  const value = String(provision.Value);
  const data = encodeText(writePlaces(decodeText(unit.Data) ?? '', places, value));
  const next = recordReaction(hub, call, unit, data, {
    source: 'Resolve',
    description: unit.LastChangeDescription,
    cause: {
      LinkID: link.LinkID,
      ProvidedResource: {
        ResourceName: provision.ResourceName,
        ResourceNameWithoutScope: provision.ResourceNameWithoutScope,
        ResourceType: provision.ResourceType,
        ResourceCategory: provision.ResourceCategory,
      },
      ProvidedPath: provision.Path,
    },
    functions: [
      {
        FunctionName: 'set-references-of-type',
        Arguments: [
          { ParameterName: 'resource-type', Value: provision.ResourceType },
          { ParameterName: 'resource-name', Value: value },
        ],
      },
    ],
  });
  for (const { ResourceType, ResourceName, Path } of places)
    rememberFill(hub, {
      LinkID: link.LinkID,
      UnitID: unit.UnitID,
      ResourceType,
      ResourceName,
      Path,
      ProvidedType: provision.ResourceType,
      Value: value,
    });
  return next;
}
