/**
 * The ways in which clients name a revision of a unit: a number (negative: counted back from the head), one of the unit's own
 * numbers by name, a revision's UUID, a tag or a changeset; each but the UUID also as `Before:…`, the revision before it.
 */
import type { HubContext } from './context.ts';
import type { Revision, Unit } from './entities.ts';
import { requireChangeSet } from './change-set.ts';
import { badRequest } from './errors.ts';
import type { HubError } from './errors.ts';
import { isUuid } from './uuid.ts';
import { numberedKey } from './history.ts';

const KIND = /^(Revision|Tag|ChangeSet):(.*)$/;
const NUMBER = /^-?\d{1,9}$/;
const OWN_NUMBERS: readonly string[] = [
  'HeadRevisionNum',
  'LiveRevisionNum',
  'LastAppliedRevisionNum',
  'PreviousLiveRevisionNum',
] satisfies (keyof Unit)[];

/** Finds the revision. Throws 400 for a reference that is none, or to nothing. */
export function resolveRevision(hub: HubContext, unit: Unit, reference: string): Revision {
  const isBefore = reference.startsWith('Before:');
  const found = locate(hub, unit, isBefore ? reference.slice('Before:'.length) : reference, isBefore);
  const number = found === undefined ? undefined : found - (isBefore ? 1 : 0);
  const revision =
    number === undefined ? undefined : hub.tables.Revision.get(numberedKey(unit.UnitID, number))?.value;
  if (revision === undefined)
    throw badRequest(`revision ${reference.slice(0, 80)} of unit ${unit.Slug} not found`);
  return revision;
}

/** Refuses what names no revision of any unit. Throws 400. */
export function checkReference(hub: HubContext, reference: string): void {
  const text = reference.replace(/^Before:/, '');
  const [, kind, id = ''] = KIND.exec(text) ?? [];
  if (kind === undefined) {
    if (!isUuid(text) && !OWN_NUMBERS.includes(text) && !NUMBER.test(text)) throw noRevision(text);
    return;
  }
  requireId(id, text);
  if (kind === 'ChangeSet') requireChangeSet(hub, id.toLowerCase());
}

function locate(hub: HubContext, unit: Unit, text: string, isBefore: boolean): number | undefined {
  const [, kind, id = ''] = KIND.exec(text) ?? [];
  if (kind === 'Tag') return taggedNumber(hub, unit, requireId(id, text));
  if (kind === 'ChangeSet') return changeSetNumber(hub, unit, requireId(id, text), isBefore);
  if (kind === 'Revision' || isUuid(text)) return numberOf(hub, unit, requireId(id || text, text));
  return revisionNumber(unit, text);
}

function requireId(id: string, text: string): string {
  if (!isUuid(id)) throw badRequest(`${JSON.stringify(text.slice(0, 80))} needs a UUID`);
  return id.toLowerCase();
}

function numberOf(hub: HubContext, unit: Unit, revisionId: string): number | undefined {
  return hub.tables.Revision.list({
    prefix: `${unit.UnitID}/`,
    where: { sql: `json_extract(value, '$.RevisionID') = ?`, params: [revisionId] },
  })[0]?.value.RevisionNum;
}

/** The newest revision with the tag. */
function taggedNumber(hub: HubContext, unit: Unit, tagId: string): number | undefined {
  return hub.tables.Revision.list({
    prefix: `${unit.UnitID}/`,
    where: { sql: `json_extract(value, ?) IS NOT NULL`, params: [`$.Tags."${tagId}"`] },
  }).at(-1)?.value.RevisionNum;
}

/** "Before a changeset" is before its start tag; "the changeset" is its end tag, or the head while the unit is in it. */
function changeSetNumber(
  hub: HubContext,
  unit: Unit,
  changeSetId: string,
  isBefore: boolean,
): number | undefined {
  const changeSet = requireChangeSet(hub, changeSetId);
  if (!isBefore && unit.ChangeSetID === changeSetId) return unit.HeadRevisionNum;
  const tagId = isBefore ? changeSet.StartTagID : changeSet.EndTagID;
  return tagId === null ? undefined : taggedNumber(hub, unit, tagId);
}

function revisionNumber(unit: Unit, text: string): number {
  switch (text) {
    case 'HeadRevisionNum':
    case 'LiveRevisionNum':
    case 'LastAppliedRevisionNum':
    case 'PreviousLiveRevisionNum':
      return unit[text];
    default: {
      if (!NUMBER.test(text)) throw noRevision(text);
      const number = Number(text);
      return number < 0 ? Math.max(0, unit.HeadRevisionNum + number) : number;
    }
  }
}

function noRevision(text: string): HubError {
  return badRequest(`${JSON.stringify(text.slice(0, 80))} is no revision`);
}
