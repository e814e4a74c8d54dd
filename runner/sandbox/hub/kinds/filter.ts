/** Filters: saved where expressions, refused at once if they do not parse, so that no command fails by one later. */
import { badRequest } from '../errors.ts';
import { organization, space } from '../extend.ts';
import type { Filter } from '../named-entities.ts';
import { selectEntities } from '../select.ts';
import { sha256 } from '../sha256.ts';
import { NAMED } from '../shapes.ts';
import type { NamedFields } from '../shapes.ts';
import { dataFilter } from '../where-data/data-filter.ts';
import { ATTRIBUTES } from '../where/attributes.ts';
import { parseWhere } from '../where/parse.ts';
import type { Kind } from './kind.ts';
import { refuseIfUsed, requireKnown, usersOf } from './references.ts';

interface FilterFields extends NamedFields {
  readonly From: string;
  readonly FromSpaceID: string | null;
  readonly Where: string;
  readonly WhereData: string;
  readonly ResourceType: string;
}

/** `/filter` */
export const FILTER: Kind<Filter, FilterFields> = {
  type: 'Filter',
  segment: 'filter',
  shape: {
    type: 'Filter',
    writable: {
      ...NAMED,
      From: 'text',
      FromSpaceID: 'id',
      Where: 'text',
      WhereData: 'text',
      ResourceType: 'text',
    },
    ignored: 'FilterID Hash',
  },
  embeds: {
    OrganizationID: organization,
    SpaceID: space,
    FromSpaceID: (hub, { FromSpaceID: id }) => ({
      FromSpace: id === null ? undefined : hub.tables.Space.get(id)?.value,
    }),
  },
  idOf: ({ FilterID }) => FilterID,
  table: (hub) => hub.tables.Filter,
  select: (hub, query, scope) => selectEntities(hub, 'Filter', query, scope),
  build: (hub, stamp, fields, FilterID) => {
    checkFilter(fields);
    requireKnown(hub.tables.Space, 'Space', fields.FromSpaceID);
    return { ...stamp, ...fields, FilterID, Hash: hashFilter(fields) };
  },
  deleting: (hub, { FilterID, Slug }) => {
    refuseIfUsed(`filter ${Slug}`, usersOf(hub.tables.ChangeSet, 'FilterID', FilterID), 'changeset');
    refuseIfUsed(`filter ${Slug}`, usersOf(hub.tables.View, 'FilterID', FilterID), 'view');
  },
};

function checkFilter({ From, Where, WhereData, ResourceType }: FilterFields): void {
  if (!Object.hasOwn(ATTRIBUTES, From))
    throw badRequest(`a filter needs From, the type of what it selects; ${JSON.stringify(From)} is none`);
  parseWhere(From, Where);
  if (WhereData !== '')
    dataFilter(new URLSearchParams({ where_data: WhereData, resource_type: ResourceType || '*' }));
  if (From !== 'Unit' && (WhereData !== '' || ResourceType !== ''))
    throw badRequest('WhereData and ResourceType are for filters of units only');
}

function hashFilter({ From, FromSpaceID, Where, WhereData, ResourceType }: FilterFields): string {
  return sha256(JSON.stringify([From, FromSpaceID, Where, WhereData, ResourceType]));
}
