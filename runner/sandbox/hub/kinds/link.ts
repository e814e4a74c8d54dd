/** Links as entities. What a link does to its unit's data is in ../links/. */
import type { HubContext } from '../context.ts';
import { badRequest } from '../errors.ts';
import { organization, space } from '../extend.ts';
import type { Link } from '../named-entities.ts';
import { selectEntities } from '../select.ts';
import { NAMED } from '../shapes.ts';
import type { NamedFields } from '../shapes.ts';
import { forgetFills } from '../links/fills.ts';
import type { Kind, Stamp } from './kind.ts';
import { usersOf } from './references.ts';

interface LinkFields extends NamedFields {
  readonly FromUnitID: string | null;
  readonly ToUnitID: string | null;
  readonly ToSpaceID: string | null;
}

/** `/link` */
export const LINK: Kind<Link, LinkFields> = {
  type: 'Link',
  segment: 'link',
  shape: {
    type: 'Link',
    writable: { ...NAMED, FromUnitID: 'id', ToUnitID: 'id', ToSpaceID: 'id' },
    ignored: 'LinkID',
  },
  embeds: {
    OrganizationID: organization,
    SpaceID: space,
    FromUnitID: (hub, { FromUnitID: id }) => ({ FromUnit: hub.tables.Unit.get(id)?.value }),
    ToUnitID: (hub, { ToUnitID: id }) => ({ ToUnit: hub.tables.Unit.get(id)?.value }),
    ToSpaceID: (hub, { ToSpaceID: id }) => ({ ToSpace: hub.tables.Space.get(id)?.value }),
  },
  inventsSlug: true,
  idOf: ({ LinkID }) => LinkID,
  table: (hub) => hub.tables.Link,
  select: (hub, query, scope) => selectEntities(hub, 'Link', query, scope),
  build: (hub, stamp, fields, LinkID) => ({
    ...stamp,
    ...fields,
    ...checkEnds(hub, stamp, fields, LinkID),
    LinkID,
  }),
  stored: (hub, call, link, before) => {
    const moved = before?.FromUnitID !== link.FromUnitID || before.ToUnitID !== link.ToUnitID;
    if (!moved) return link;
    forgetFills(hub, link.LinkID);
    const unit = hub.tables.Unit.get(link.FromUnitID)?.value;
    if (unit !== undefined) hub.reactions.linked(hub, call, unit);
    return link;
  },
  deleting: (hub, { LinkID }) => forgetFills(hub, LinkID),
};

/** A link lives in the space of the unit that it starts from; it may lead anywhere. The same two units are linked once. */
function checkEnds(
  hub: HubContext,
  { SpaceID }: Stamp,
  fields: LinkFields,
  linkId: string,
): Pick<Link, 'FromUnitID' | 'ToUnitID' | 'ToSpaceID'> {
  const { FromUnitID, ToUnitID } = fields;
  if (FromUnitID === null || hub.tables.Unit.get(FromUnitID)?.value.SpaceID !== SpaceID)
    throw badRequest(`unit ${FromUnitID ?? ''} to link from not found in space ${SpaceID}`);
  const to = ToUnitID === null ? undefined : hub.tables.Unit.get(ToUnitID)?.value;
  const ToSpaceID = fields.ToSpaceID ?? to?.SpaceID ?? SpaceID;
  if (to === undefined || to.SpaceID !== ToSpaceID)
    throw badRequest(`unit ${ToUnitID ?? ''} to link to not found in space ${ToSpaceID}`);
  const twin = usersOf(hub.tables.Link, 'FromUnitID', FromUnitID).find(
    (other) => other.ToUnitID === to.UnitID && other.LinkID !== linkId,
  );
  if (twin !== undefined) throw badRequest(`link ${twin.Slug} links the same units already`);
  return { FromUnitID, ToUnitID: to.UnitID, ToSpaceID };
}
