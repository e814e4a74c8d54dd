/** The tags that a changeset makes for itself, and that go with it. */
import type { HubContext } from '../context.ts';
import { stampNew } from '../entity.ts';
import type { ChangeSet } from '../named-entities.ts';

/** The annotation by which a changeset knows its own tags. */
export const OWNER = 'confighub.com/ChangeSetID';

/** Makes the tag `<changeset>-start` or `-end` and returns its id. If the name is taken, it gets a number. */
export function ownTag(
  hub: HubContext,
  { ChangeSetID, SpaceID, Slug }: Pick<ChangeSet, 'ChangeSetID' | 'SpaceID' | 'Slug'>,
  end: 'start' | 'end',
): string {
  const TagID = hub.ids.uuid();
  const name = freeSlug(hub, SpaceID, `${Slug}-${end}`);
  hub.tables.Tag.put(TagID, {
    ...stampNew(hub, 'Tag'),
    TagID,
    SpaceID,
    Slug: name,
    DisplayName: name,
    Labels: {},
    Annotations: { [OWNER]: ChangeSetID },
  });
  return TagID;
}

function freeSlug(hub: HubContext, spaceId: string, wanted: string): string {
  const taken = new Set(
    hub.tables.Tag.list({
      where: { sql: `json_extract(value, '$.SpaceID') = ?`, params: [spaceId] },
    }).map(({ value }) => value.Slug),
  );
  let slug = wanted;
  for (let number = 2; taken.has(slug); number += 1) slug = `${wanted}-${number}`;
  return slug;
}
