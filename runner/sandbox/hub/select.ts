/** Lists entities as clients ask for them: the space of the path, the where expression, `contains`, and for units their data. */
import type { Row, SqlCondition, Table } from '../store/store.ts';
import type { EntityOf, HubContext, Tables } from './context.ts';
import { requireEntity } from './entity.ts';
import { badRequest } from './errors.ts';
import { numberedKey } from './history.ts';
import { tableName } from './tables.ts';
import { dataFilter } from './where-data/data-filter.ts';
import { ATTRIBUTES } from './where/attributes.ts';
import { compileWhere } from './where/compile.ts';
import { parseWhere } from './where/parse.ts';
import type { Attribute, Relation } from './where/where.ts';

/** A filter's WhereData without a ResourceType means resources of any type. */
const ANY_TYPE = '*';

/** What narrows a list besides its query. */
export interface Scope {
  readonly spaceId?: string;
  /** Only keys with this prefix: what belongs to one unit. */
  readonly prefix?: string;
  /** Another where expression than the query's `where`. */
  readonly where?: string;
}

/**
 * The entities of `type` that `where`, `contains` and `filter` of the query all select, in key order. Throws 400 for a bad
 * expression, 400 or 404 for a filter that is none of this type.
 */
export function selectEntities<Type extends keyof Tables>(
  hub: HubContext,
  type: Type,
  query: URLSearchParams,
  scope: Scope = {},
): EntityOf<Type>[] {
  const rows = selectRows(hub, type, query, scope);
  const filter = query.get('filter') ?? '';
  const wanted = filter === '' ? undefined : new Set(selectFiltered(hub, type, filter).map(({ key }) => key));
  return rows.filter(({ key }) => wanted?.has(key) ?? true).map(({ value }) => value);
}

/** What a saved filter selects. Its resource type without an expression on data means units that hold such a resource. */
function selectFiltered<Type extends keyof Tables>(
  hub: HubContext,
  type: Type,
  id: string,
): Row<EntityOf<Type>>[] {
  const filter = requireEntity(hub.tables.Filter, 'Filter', id);
  if (filter.From !== type) throw badRequest(`filter ${filter.Slug} selects ${filter.From}, not ${type}`);
  const { Where, WhereData, ResourceType, FromSpaceID } = filter;
  const query = new URLSearchParams({
    where: Where,
    where_data: WhereData,
    resource_type: ResourceType || (WhereData === '' ? '' : ANY_TYPE),
  });
  return selectRows(hub, type, query, FromSpaceID === null ? {} : { spaceId: FromSpaceID });
}

function selectRows<Type extends keyof Tables>(
  hub: HubContext,
  type: Type,
  query: URLSearchParams,
  scope: Scope,
): Row<EntityOf<Type>>[] {
  const { condition, patterns } = compileWhere(
    parseWhere(type, scope.where ?? query.get('where') ?? ''),
    tableName(type),
    (other) => tableName(other as keyof Tables),
  );
  const table = hub.tables[type] as unknown as Table<EntityOf<Type>>;
  const rows = table.list({
    where: inSpace(condition, scope.spaceId),
    ...(scope.prefix === undefined ? {} : { prefix: scope.prefix }),
  });
  const contains = query.get('contains')?.toLowerCase() ?? '';
  const matchesData = type === 'Unit' ? dataFilter(query) : undefined;
  return rows
    .filter((row) => patterns.every(({ attribute, matches }) => matchesText(hub, row, attribute, matches)))
    .filter(
      ({ value }) =>
        contains === '' || searchTexts(type, value).some((text) => text.toLowerCase().includes(contains)),
    )
    .filter(({ value }) => matchesData?.(String(step(value, 'Data'))) ?? true);
}

function inSpace(condition: SqlCondition, spaceId: string | undefined): SqlCondition {
  if (spaceId === undefined) return condition;
  return {
    sql: `json_extract(value, '$.SpaceID') = ? AND (${condition.sql})`,
    params: [spaceId, ...condition.params],
  };
}

/** A missing value matches no pattern, not even a negated one (SQL's NULL). */
function matchesText<T extends object>(
  hub: HubContext,
  row: Row<T>,
  attribute: Attribute,
  matches: (text: string) => boolean,
): boolean {
  let entity: unknown = row.value;
  if (attribute.relation !== undefined) entity = related(hub, entity, attribute.relation);
  const value = attribute.path.split('.').reduce(step, entity);
  const text = attribute.key === undefined ? value : step(value, attribute.key);
  return typeof text === 'string' && matches(text);
}

function related(hub: HubContext, entity: unknown, { type, by, how }: Relation): unknown {
  const table = hub.tables[type as keyof Tables];
  const [held, unit] = [step(entity, by), String(step(entity, 'UnitID'))];
  if (how === 'newest') return table.list({ prefix: `${unit}/` }).at(-1)?.value;
  if (how === 'number') return table.get(numberedKey(unit, Number(held)))?.value;
  return typeof held === 'string' ? table.get(held)?.value : undefined;
}

function step(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

/** The texts that `contains` searches: string attributes, and keys and values of string maps. */
function searchTexts(type: string, value: object): string[] {
  return Object.entries(ATTRIBUTES[type]?.attributes ?? {}).flatMap(([name, kind]) => {
    const found = step(value, name);
    if (kind === 'string') return typeof found === 'string' ? [found] : [];
    return kind === 'strings'
      ? Object.entries(found ?? {}).flatMap(([key, text]) => [key, String(text)])
      : [];
  });
}

/** Sorts lists that people read: by name, and the same names by age. */
export function bySlug(a: Sortable, b: Sortable): number {
  if (a.Slug !== b.Slug) return a.Slug < b.Slug ? -1 : 1;
  return a.CreatedAt < b.CreatedAt ? -1 : Number(a.CreatedAt > b.CreatedAt);
}

interface Sortable {
  readonly Slug: string;
  readonly CreatedAt: string;
}
