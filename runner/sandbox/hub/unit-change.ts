/** Changes to a unit by PUT and PATCH: metadata, target, new data, the data of an older revision, a merge or an upgrade. */
import type { Call, HubContext } from './context.ts';
import type { Revision, Unit } from './entities.ts';
import { checkChangeSet, tagChangeSet, tagRevision } from './change-set.ts';
import { requireFresh, requireUniqueSlug } from './entity.ts';
import { mergeFields, readObject } from './fields.ts';
import type { WriteMode } from './fields.ts';
import { readFlag } from './flags.ts';
import { recordData } from './history.ts';
import { resolveRevision } from './revision-lookup.ts';
import { UNIT_SHAPE } from './shapes.ts';
import { checkUnitFields } from './unit-lookup.ts';
import { mergeRange, readMergeRange } from './unit-merge.ts';
import { upgradeUnit } from './unit-upgrade.ts';

/**
 * Applies the body of a request that `checkUnitChange` let pass, and its `restore`, `revision_id` or `upgrade`; then sets the tags of the changeset that the unit
 * enters or leaves, and `tag` on its head. A PUT without `Data` keeps the data.
 */
export function changeUnit(hub: HubContext, call: Call, unit: Unit, mode: WriteMode): Unit {
  const changed = tagChangeSet(hub, call, unit, changeContent(hub, call, unit, mode));
  tagRevision(hub, changed, call.query.get('tag'));
  return changed;
}

function changeContent(hub: HubContext, call: Call, unit: Unit, mode: WriteMode): Unit {
  requireFresh(unit, 'Unit', call.body, mode);
  const fields = checkUnitFields(
    hub,
    unit.SpaceID,
    mergeFields(UNIT_SHAPE, mode, call.body, unit, ['Data', 'ToolchainType', 'ChangeSetID']),
  );
  if (mode === 'patch' && asksNothing(call)) return unit;
  checkChangeSet(hub, unit, fields.ChangeSetID);
  if (fields.Slug !== unit.Slug)
    requireUniqueSlug(hub.tables.Unit, 'Unit', fields.Slug, unit.SpaceID, unit.UnitID);
  const described = mode === 'replace' || 'LastChangeDescription' in readObject(call.body);
  const description = described ? fields.LastChangeDescription : '';
  const merged = { ...unit, ...fields, Data: unit.Data, LastChangeDescription: unit.LastChangeDescription };
  if (readFlag(call.query, 'upgrade')) return upgradeUnit(hub, call, merged, description);
  const range = readMergeRange(call.query);
  if (range !== undefined) return mergeRange(hub, call, merged, range, description);
  const restored = restoredRevision(hub, call, unit);
  return recordData(hub, call, merged, restored?.Data ?? fields.Data, {
    source: sourceOf(mode, restored),
    description,
    ...(restored === undefined ? {} : { restored }),
  });
}

/** Fields that only the hub sets are no wish: such a patch leaves the version as it is. */
function asksNothing({ query, body }: Call): boolean {
  const isAsked = ['upgrade', 'restore', 'revision_id', 'merge_source'].some((name) => query.has(name));
  return !isAsked && !Object.keys(readObject(body)).some((name) => Object.hasOwn(UNIT_SHAPE.writable, name));
}

function sourceOf(mode: WriteMode, restored: Revision | undefined): string {
  if (restored !== undefined) return 'Restore';
  return mode === 'replace' ? 'Update' : 'Patch';
}

function restoredRevision(hub: HubContext, { query }: Call, unit: Unit): Revision | undefined {
  const wanted = query.get('revision_id') ?? query.get('restore');
  return wanted === null ? undefined : resolveRevision(hub, unit, wanted);
}
