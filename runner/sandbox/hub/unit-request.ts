/**
 * What is wrong with a request to change units whatever the units are. It is looked for before any is selected, so that a
 * faulty request is refused as a whole, and also where its where expression selects nothing.
 */
import type { Call, HubContext } from './context.ts';
import { requireChangeSet } from './change-set.ts';
import { requireEntity } from './entity.ts';
import { badRequest } from './errors.ts';
import { checkFields, readObject } from './fields.ts';
import type { WriteMode } from './fields.ts';
import { readFlag } from './flags.ts';
import { checkReference } from './revision-lookup.ts';
import { UNIT_SHAPE } from './shapes.ts';
import { requireToolchain } from './toolchain.ts';
import { checkMergeRange, readMergeRange } from './unit-merge.ts';
import { isUuid } from './uuid.ts';

/** Throws 400, or 404 for a tag or a unit that is not there. */
export function checkUnitChange(hub: HubContext, call: Call, mode: WriteMode): void {
  const { query } = call;
  checkUnitBody(hub, call.body);
  const tagId = query.get('tag');
  if (tagId !== null) requireEntity(hub.tables.Tag, 'Tag', tagId);
  for (const name of ['change_set_id', 'revision_id']) {
    const id = query.get(name);
    if (id !== null && !isUuid(id)) throw badRequest(`${name} must be a UUID`);
  }
  const restore = query.get('restore');
  if (restore !== null) checkReference(hub, restore);
  checkMergeRange(hub, query);
  refuseTwoSources(call, mode);
}

/** Throws 400 for what no unit's fields can be. */
export function checkUnitBody(hub: HubContext, body: unknown): void {
  checkFields(UNIT_SHAPE, body);
  const { ToolchainType, ChangeSetID } = readObject(body);
  if (typeof ToolchainType === 'string' && ToolchainType !== '') requireToolchain(ToolchainType);
  if (typeof ChangeSetID === 'string') requireChangeSet(hub, ChangeSetID);
}

/**
 * The data can come from the body, from an older revision, from a range of revisions, or from upstream. A PUT sends the whole
 * unit as it was read: with one of the others, the data in it is no wish.
 */
function refuseTwoSources({ query, body }: Call, mode: WriteMode): void {
  const sources = [
    readFlag(query, 'upgrade') ? 'upgrade' : '',
    query.has('restore') || query.has('revision_id') ? 'restore' : '',
    readMergeRange(query) === undefined ? '' : 'merge',
    mode === 'patch' && 'Data' in readObject(body) ? 'Data' : '',
  ].filter(Boolean);
  if (sources.length > 1) throw badRequest(`${sources.join(' and ')} exclude each other`);
}
