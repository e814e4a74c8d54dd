/** What people put on revisions without changing them: approvals and tags. */
import { tagRevision } from './change-set.ts';
import type { Call, HubContext } from './context.ts';
import type { Unit } from './entities.ts';
import { requireEntity } from './entity.ts';
import { badRequest } from './errors.ts';
import { readObject } from './fields.ts';
import { numberedKey, saveUnit } from './history.ts';
import type { Tag } from './named-entities.ts';
import { checkReference, resolveRevision } from './revision-lookup.ts';

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

/** Which tag goes on which revision of each unit. */
export interface TagRequest {
  readonly tag: Tag;
  readonly reference: string;
}

/** The body of `/unit/tag`: a `TagID`, and the `Revision` that gets the tag in place of the head. Throws 400 or 404. */
export function readTagRequest(hub: HubContext, body: unknown): TagRequest {
  const { TagID: tagId, Revision: reference = '', ...rest } = readObject(body);
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw badRequest(`tagging has no field ${unknown}`);
  if (typeof tagId !== 'string' || typeof reference !== 'string')
    throw badRequest('tagging needs a TagID and takes a Revision, both as texts');
  const wanted = reference || 'HeadRevisionNum';
  checkReference(hub, wanted);
  return { tag: requireEntity(hub.tables.Tag, 'Tag', tagId), reference: wanted };
}

/** Tags one unit's revision. */
export function tagUnit(hub: HubContext, unit: Unit, { tag, reference }: TagRequest): string {
  const { RevisionNum } = resolveRevision(hub, unit, reference);
  tagRevision(hub, unit, tag.TagID, RevisionNum);
  return `Unit ${unit.Slug} revision ${RevisionNum} tagged ${tag.Slug}`;
}
