/** What people put on revisions without changing them: approvals and tags. */
import { tagRevision } from './change-set.ts';
import type { Call, HubContext } from './context.ts';
import type { Unit } from './entities.ts';
import { requireEntity } from './entity.ts';
import { badRequest } from './errors.ts';
import { readObject } from './fields.ts';
import { numberedKey, saveUnit } from './history.ts';
import { resolveRevision } from './revision-lookup.ts';

/**
 * Adds the user to those who approved the head, or the revision of `revision=`; a change of the data takes approvals of the
 * head back. Triggers judge the unit again: an approval may be all that was missing.
 */
export function approveUnit(hub: HubContext, call: Call, unit: Unit): string {
  const revision = resolveRevision(hub, unit, call.query.get('revision') || 'HeadRevisionNum');
  const number = revision.RevisionNum;
  if (!revision.ApprovedBy.includes(hub.userId)) {
    const ApprovedBy = [...revision.ApprovedBy, hub.userId];
    hub.tables.Revision.put(numberedKey(unit.UnitID, number), { ...revision, ApprovedBy });
    if (number === unit.HeadRevisionNum)
      hub.reactions.judged(hub, call, saveUnit(hub, { ...unit, ApprovedBy }));
  }
  return `Unit ${unit.Slug} approved`;
}

/** `/unit/tag`: the tag of the body on the head, or on the body's `Revision`. */
export function tagUnit(hub: HubContext, call: Call, unit: Unit): string {
  const { TagID: tagId, Revision: reference = '' } = readObject(call.body);
  if (typeof tagId !== 'string' || typeof reference !== 'string')
    throw badRequest('tagging needs a TagID and takes a Revision, both as texts');
  const tag = requireEntity(hub.tables.Tag, 'Tag', tagId);
  const { RevisionNum } = resolveRevision(hub, unit, reference || 'HeadRevisionNum');
  tagRevision(hub, unit, tag.TagID, RevisionNum);
  return `Unit ${unit.Slug} revision ${RevisionNum} tagged ${tag.Slug}`;
}
