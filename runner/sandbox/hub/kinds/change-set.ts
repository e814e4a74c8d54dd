/** Changesets as entities: each has its start tag from the beginning. Units go in and out of it in ../change-set.ts. */
import type { HubContext } from '../context.ts';
import { organization, space } from '../extend.ts';
import type { ChangeSet, Tag } from '../named-entities.ts';
import { selectEntities } from '../select.ts';
import { NAMED } from '../shapes.ts';
import type { NamedFields } from '../shapes.ts';
import { ownTag, OWNER } from './own-tag.ts';
import type { Kind } from './kind.ts';
import { refuseIfUsed, requireKnown, usersOf } from './references.ts';
import { TAG } from './tag.ts';
import { deleteNamed } from './write.ts';

interface ChangeSetFields extends NamedFields {
  readonly FilterID: string | null;
  readonly StartTagID: string | null;
  readonly EndTagID: string | null;
  readonly Description: string;
}

/** `/change_set` */
export const CHANGE_SET: Kind<ChangeSet, ChangeSetFields> = {
  type: 'ChangeSet',
  segment: 'change_set',
  shape: {
    type: 'ChangeSet',
    writable: { ...NAMED, FilterID: 'id', StartTagID: 'id', EndTagID: 'id', Description: 'text' },
    ignored: 'ChangeSetID',
  },
  embeds: {
    OrganizationID: organization,
    SpaceID: space,
    FilterID: (hub, { FilterID: id }) => ({
      Filter: id === null ? undefined : hub.tables.Filter.get(id)?.value,
    }),
    StartTagID: (hub, { StartTagID: id }) => ({ StartTag: tagOf(hub, id) }),
    EndTagID: (hub, { EndTagID: id }) => ({ EndTag: tagOf(hub, id) }),
  },
  ownFields: ['StartTagID', 'EndTagID'],
  idOf: ({ ChangeSetID }) => ChangeSetID,
  table: (hub) => hub.tables.ChangeSet,
  select: (hub, query, scope) => selectEntities(hub, 'ChangeSet', query, scope),
  build: (hub, stamp, fields, ChangeSetID, before) => {
    requireKnown(hub.tables.Filter, 'Filter', fields.FilterID);
    requireKnown(hub.tables.Tag, 'Tag', fields.StartTagID);
    requireKnown(hub.tables.Tag, 'Tag', fields.EndTagID);
    const changeSet = { ...stamp, ...fields, ChangeSetID };
    const StartTagID = fields.StartTagID ?? before?.StartTagID ?? ownTag(hub, changeSet, 'start');
    return { ...changeSet, StartTagID, EndTagID: fields.EndTagID ?? before?.EndTagID ?? null };
  },
  deleting: (hub, changeSet) => {
    const { ChangeSetID: id, Slug, StartTagID, EndTagID } = changeSet;
    refuseIfUsed(`changeset ${Slug}`, usersOf(hub.tables.Unit, 'ChangeSetID', id), 'unit');
    hub.tables.ChangeSet.delete(id);
    for (const tag of [tagOf(hub, StartTagID), tagOf(hub, EndTagID)])
      if (tag?.Annotations[OWNER] === id) deleteNamed(hub, TAG, tag);
  },
};

function tagOf(hub: HubContext, id: string | null): Tag | undefined {
  return id === null ? undefined : hub.tables.Tag.get(id)?.value;
}
