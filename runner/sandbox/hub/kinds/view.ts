/** Views: how a client may show what a filter selects. The hub stores them; clients draw. */
import { badRequest } from '../errors.ts';
import { organization, space } from '../extend.ts';
import type { View } from '../named-entities.ts';
import { selectEntities } from '../select.ts';
import { NAMED } from '../shapes.ts';
import type { NamedFields } from '../shapes.ts';
import type { Kind } from './kind.ts';
import { requireKnown } from './references.ts';

interface ViewFields extends NamedFields {
  readonly FilterID: string | null;
  readonly Columns: View['Columns'];
  readonly GroupBy: string;
  readonly OrderBy: string;
  readonly OrderByDirection: string;
}

/** `/view` */
export const VIEW: Kind<View, ViewFields> = {
  type: 'View',
  segment: 'view',
  shape: {
    type: 'View',
    writable: {
      ...NAMED,
      FilterID: 'id',
      Columns: 'names',
      GroupBy: 'text',
      OrderBy: 'text',
      OrderByDirection: 'text',
    },
    ignored: 'ViewID',
  },
  embeds: {
    OrganizationID: organization,
    SpaceID: space,
    FilterID: (hub, { FilterID: id }) => ({ Filter: hub.tables.Filter.get(id)?.value }),
  },
  idOf: ({ ViewID }) => ViewID,
  table: (hub) => hub.tables.View,
  select: (hub, query, scope) => selectEntities(hub, 'View', query, scope),
  build: (hub, stamp, fields, ViewID) => {
    const { FilterID } = fields;
    if (FilterID === null) throw badRequest('a view needs a FilterID');
    requireKnown(hub.tables.Filter, 'Filter', FilterID);
    if (!['', 'ASC', 'DESC'].includes(fields.OrderByDirection))
      throw badRequest('OrderByDirection must be ASC or DESC');
    return { ...stamp, ...fields, FilterID, ViewID };
  },
};
