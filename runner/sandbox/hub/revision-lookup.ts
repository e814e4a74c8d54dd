/** Finds the revision that an expression names: what restore goes back to, and where a range to merge begins and ends. */
import type { HubContext } from './context.ts';
import type { Revision, Unit } from './entities.ts';
import { badRequest, notImplemented } from './errors.ts';
import { isUuid } from './fields.ts';
import { numberedKey } from './history.ts';

const BEFORE = 'Before:';

/**
 * A number (negative: counted back from the unit's head), a revision's UUID (`Revision:<uuid>` too), the name of one of the
 * unit's own numbers (`LiveRevisionNum`), `Tag:…` or `ChangeSet:…`; each also with `Before:`. Throws 400 if there is none.
 */
export function resolveRevision(hub: HubContext, unit: Unit, expression: string): Revision {
  const found = expression.startsWith(BEFORE)
    ? revisionBefore(hub, unit, expression.slice(BEFORE.length))
    : revisionAt(hub, unit, expression);
  if (found === undefined)
    throw badRequest(`revision ${expression.slice(0, 80)} of unit ${unit.Slug} not found`);
  return found;
}

function revisionBefore(hub: HubContext, unit: Unit, expression: string): Revision | undefined {
  refuseEntity(expression, BEFORE);
  const after = revisionAt(hub, unit, expression);
  return after === undefined ? undefined : readRevision(hub, unit, after.RevisionNum - 1);
}

function revisionAt(hub: HubContext, unit: Unit, expression: string): Revision | undefined {
  refuseEntity(expression);
  const id = expression.replace(/^Revision:/, '');
  if (!isUuid(id)) return readRevision(hub, unit, revisionNumber(unit, expression));
  return hub.tables.Revision.list({
    prefix: `${unit.UnitID}/`,
    where: { sql: `json_extract(value, '$.RevisionID') = ?`, params: [id.toLowerCase()] },
  })[0]?.value;
}

function refuseEntity(expression: string, before = ''): void {
  const later = /^(?:Tag|ChangeSet)(?=:)/.exec(expression)?.[0];
  if (later !== undefined) throw notImplemented(`revision by ${before}${later}`);
}

function readRevision(hub: HubContext, unit: Unit, number: number): Revision | undefined {
  return hub.tables.Revision.get(numberedKey(unit.UnitID, number))?.value;
}

function revisionNumber(unit: Unit, expression: string): number {
  switch (expression) {
    case 'HeadRevisionNum':
    case 'LiveRevisionNum':
    case 'LastAppliedRevisionNum':
    case 'PreviousLiveRevisionNum':
      return unit[expression];
    default: {
      if (!/^-?\d{1,9}$/.test(expression))
        throw badRequest(`${JSON.stringify(expression.slice(0, 80))} is no revision`);
      const number = Number(expression);
      return number < 0 ? Math.max(0, unit.HeadRevisionNum + number) : number;
    }
  }
}
