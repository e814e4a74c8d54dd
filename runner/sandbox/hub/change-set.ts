/**
 * How units go in and out of a changeset. On the way in a revision is made and gets the start tag, so that "before the
 * changeset" has a place in every history; on the way out the head gets the end tag.
 */
import type { Call, HubContext } from './context.ts';
import type { Revision, Unit } from './entities.ts';
import { touch } from './entity.ts';
import { badRequest } from './errors.ts';
import { numberedKey, recordData } from './history.ts';
import { ownTag } from './kinds/own-tag.ts';
import type { ChangeSet } from './named-entities.ts';

/** Refuses what no unit can do: enter an unknown changeset, or a second one. */
export function checkChangeSet(hub: HubContext, unit: Unit, wanted: string | null): void {
  if (wanted === null || wanted === unit.ChangeSetID) return;
  const next = requireChangeSet(hub, wanted);
  if (unit.ChangeSetID === null) return;
  const slug = hub.tables.ChangeSet.get(unit.ChangeSetID)?.value.Slug ?? unit.ChangeSetID;
  throw badRequest(`unit ${unit.Slug} is in the open changeset ${slug} and cannot enter ${next.Slug}`);
}

/** Sets the tags after a change that moved the unit from `before.ChangeSetID` to `unit.ChangeSetID`. */
export function tagChangeSet(hub: HubContext, call: Call, before: Unit, unit: Unit): Unit {
  const { ChangeSetID: from } = before;
  const { ChangeSetID: to } = unit;
  if (from === to) return unit;
  if (from !== null) tagRevision(hub, unit, endTag(hub, from));
  if (to === null) return unit;
  const entered =
    unit.HeadRevisionNum > before.HeadRevisionNum
      ? unit
      : recordData(hub, { headers: call.headers }, unit, unit.Data, {
          source: 'ChangeSetStart',
          description: unit.LastChangeDescription,
          always: true,
        });
  tagRevision(hub, entered, requireChangeSet(hub, to).StartTagID, before.HeadRevisionNum + 1);
  return entered;
}

/** Tags a revision of the unit, the head if no number is given. */
export function tagRevision(
  hub: HubContext,
  unit: Unit,
  tagId: string | null,
  number: number = unit.HeadRevisionNum,
): void {
  const key = numberedKey(unit.UnitID, number);
  const revision: Revision | undefined = hub.tables.Revision.get(key)?.value;
  if (tagId === null || revision === undefined) return;
  hub.tables.Revision.put(key, touch(hub, { ...revision, Tags: { ...revision.Tags, [tagId]: '' } }));
}

/** The end tag, made when the first unit leaves. */
function endTag(hub: HubContext, changeSetId: string): string | null {
  const changeSet = hub.tables.ChangeSet.get(changeSetId)?.value;
  if (changeSet === undefined || changeSet.EndTagID !== null) return changeSet?.EndTagID ?? null;
  const EndTagID = ownTag(hub, changeSet, 'end');
  hub.tables.ChangeSet.put(changeSetId, touch(hub, { ...changeSet, EndTagID }));
  return EndTagID;
}

/** Throws 400 for the id of no changeset. */
export function requireChangeSet(hub: HubContext, id: string): ChangeSet {
  const found = hub.tables.ChangeSet.get(id.toLowerCase())?.value;
  if (found === undefined) throw badRequest(`ChangeSet ${id} not found`);
  return found;
}
