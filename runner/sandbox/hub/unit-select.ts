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

/** A filter's WhereData without a ResourceType means resources of any type. */
const ANY = '*';

/** The units that `where`, `contains` and `filter` all select. Throws 400 or 404 for a filter that is none of units. */
export function selectUnits(hub: HubContext, query: URLSearchParams, scope: Scope = {}): Unit[] {
  const units = selectEntities(hub, 'Unit', query, scope);
  const id = query.get('filter') ?? '';
  if (id === '') return units;
  const filter = requireEntity(hub.tables.Filter, 'Filter', id);
  if (filter.From !== 'Unit') throw badRequest(`filter ${filter.Slug} selects ${filter.From}, not Unit`);
  const filtered = new Set(selectFiltered(hub, filter).map(({ UnitID }) => UnitID));
  return units.filter(({ UnitID }) => filtered.has(UnitID));
}

/** A bulk write needs a where expression or a filter: without, it would hit everything in the organization. */
export function requireSelection(call: Call): void {
  if ((call.query.get('filter') ?? '') === '') requireWhere(call);
}

function selectFiltered(hub: HubContext, filter: Filter): Unit[] {
  const { Where: where, WhereData, ResourceType, FromSpaceID } = filter;
  const data = WhereData === '' ? {} : { where_data: WhereData, resource_type: ResourceType || ANY };
  const scope = FromSpaceID === null ? {} : { spaceId: FromSpaceID };
  const units = selectEntities(hub, 'Unit', new URLSearchParams({ where, ...data }), scope);
  return WhereData === '' && ResourceType !== ''
    ? units.filter((unit) => holdsType(unit, ResourceType))
    : units;
}

function holdsType(unit: Unit, resourceType: string): boolean {
  return viewResources(decodeText(unit.Data) ?? '').some(({ type }) => type === resourceType);
}
