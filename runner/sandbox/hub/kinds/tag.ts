/** Tags: names for revisions. Deleting one takes it off the revisions that carry it. */
import type { HubContext } from '../context.ts';
import { organization, space } from '../extend.ts';
import type { Tag } from '../named-entities.ts';
import { selectEntities } from '../select.ts';
import { NAMED } from '../shapes.ts';
import type { NamedFields } from '../shapes.ts';
import type { Kind } from './kind.ts';
import { refuseIfUsed, usersOf } from './references.ts';

/** `/tag` */
export const TAG: Kind<Tag, NamedFields> = {
  type: 'Tag',
  segment: 'tag',
  shape: { type: 'Tag', writable: NAMED, ignored: 'TagID' },
  embeds: { OrganizationID: organization, SpaceID: space },
  idOf: ({ TagID }) => TagID,
  table: (hub) => hub.tables.Tag,
  select: (hub, query, scope) => selectEntities(hub, 'Tag', query, scope),
  build: (_, stamp, fields, TagID) => ({ ...stamp, ...fields, TagID }),
  deleting: (hub, { TagID, Slug }) => {
    for (const name of ['StartTagID', 'EndTagID'] as const)
      refuseIfUsed(`tag ${Slug}`, usersOf(hub.tables.ChangeSet, name, TagID), 'changeset');
    untag(hub, TagID);
  },
};

function untag(hub: HubContext, tagId: string): void {
  const tagged = hub.tables.Revision.list({
    where: { sql: `json_extract(value, ?) IS NOT NULL`, params: [`$.Tags."${tagId}"`] },
  });
  for (const { key, value } of tagged) {
    const { [tagId]: _, ...Tags } = value.Tags;
    hub.tables.Revision.put(key, { ...value, Tags });
  }
}
