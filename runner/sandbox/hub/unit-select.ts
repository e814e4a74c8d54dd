/** Which units a request means: its where expression, and a saved filter beside or instead of it. */
import { requireWhere } from './bulk.ts';
import type { Call, HubContext } from './context.ts';
import type { Unit } from './entities.ts';
import { requireEntity } from './entity.ts';
import { badRequest } from './errors.ts';
import { viewResources } from './merge/resources.ts';
import type { Filter } from './named-entities.ts';
import { selectEntities } from './select.ts';
import type { Scope } from './select.ts';
import { decodeText } from './text-codec.ts';
import { callOnUnit } from './unit-function.ts';

/** The units that `where`, `contains` and `filter` all select. Throws 400 or 404 for a filter that is none of units. */
export function selectUnits(hub: HubContext, query: URLSearchParams, scope: Scope = {}): Unit[] {
  const units = selectEntities(hub, 'Unit', query, scope);
  const id = query.get('filter') ?? '';
  if (id === '') return units;
  const filter = requireEntity(hub.tables.Filter, 'Filter', id);
  if (filter.From !== 'Unit') throw badRequest(`filter ${filter.Slug} selects ${filter.From}, not Unit`);
  const filtered = new Set(selectFiltered(hub, filter).map(({ UnitID }) => UnitID));
  return units.filter(({ UnitID }) => filtered.has(UnitID)).filter((unit) => holdsData(hub, unit, filter));
}

/** A bulk write needs a where expression or a filter: without, it would hit everything in the organization. */
export function requireSelection(call: Call): void {
  if ((call.query.get('filter') ?? '') === '') requireWhere(call);
}

function selectFiltered(hub: HubContext, { Where, FromSpaceID }: Filter): Unit[] {
  const scope = { where: Where, ...(FromSpaceID === null ? {} : { spaceId: FromSpaceID }) };
  return selectEntities(hub, 'Unit', new URLSearchParams(), scope);
}

function holdsData(hub: HubContext, unit: Unit, { ResourceType, WhereData }: Filter): boolean {
  if (WhereData === '') return ResourceType === '' || holdsType(unit, ResourceType);
  const { success, output } = callOnUnit(hub, unit, {
    FunctionName: 'where-filter',
    Arguments: [{ Value: ResourceType || '*' }, { Value: WhereData }],
  });
  return (
    success && Array.isArray(output) && output.every((item: { Passed?: boolean }) => item.Passed === true)
  );
}

function holdsType(unit: Unit, resourceType: string): boolean {
  return viewResources(decodeText(unit.Data) ?? '').some(({ type }) => type === resourceType);
}
