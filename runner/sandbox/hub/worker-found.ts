/** What is live, brought into a unit: the revision that was applied, the drift that a refresh found, or what was imported. */
import { normaliseData } from './config-data.ts';
import type { HubContext } from './context.ts';
import type { BridgeWorker, QueuedOperation, Unit } from './entities.ts';
import { touch } from './entity.ts';
import { numberedKey, recordData, saveUnit } from './history.ts';
import { mergeData } from './merge/merge-data.ts';
import { decodeText, encodeText } from './text-codec.ts';
import { formatTime } from './time.ts';

/** Stores the unit with that revision as its live one. */
export function goLive(hub: HubContext, unit: Unit, revisionNumber: number): void {
  hub.tables.Unit.put(
    unit.UnitID,
    touch(hub, { ...unit, PreviousLiveRevisionNum: unit.LiveRevisionNum, LiveRevisionNum: revisionNumber }),
  );
  const key = numberedKey(unit.UnitID, revisionNumber);
  const revision = hub.tables.Revision.get(key)?.value;
  if (revision !== undefined)
    hub.tables.Revision.put(key, touch(hub, { ...revision, LiveAt: formatTime(hub.clock.now()) }));
}

/**
 * Stores the unit with a new revision of what a refresh or an import `found` (base64 YAML, or nothing). An import takes it as
 * it is. Of a refresh the drift comes into the head: its comments stay, and so do changes that were not applied yet, in which
 * case the new revision is not live.
 */
export function takeFound(
  hub: HubContext,
  worker: BridgeWorker,
  unit: Unit,
  operation: QueuedOperation,
  found: string,
): void {
  if (found === '') {
    saveUnit(hub, unit);
    return;
  }
  const { Action: source } = operation;
  const isImport = source === 'Import';
  const call = { headers: { 'user-agent': `worker ${worker.Slug}` } };
  const now = isImport ? normaliseData(found) : withDrift(hub, unit, operation, found);
  const next = recordData(hub, call, unit, now, {
    source,
    description: '',
    remark: isImport ? 'imported from the cluster' : 'drift found by refresh',
  });
  // Triggers may have made further revisions: what is live is the first.
  const revision = Math.min(unit.HeadRevisionNum + 1, next.HeadRevisionNum);
  const isLive = isImport || operation.RevisionNum === unit.HeadRevisionNum;
  if (isLive && revision !== unit.LiveRevisionNum) goLive(hub, next, revision);
}

function withDrift(hub: HubContext, unit: Unit, { RevisionNum }: QueuedOperation, found: string): string {
  const seen = hub.tables.Revision.get(numberedKey(unit.UnitID, RevisionNum))?.value.Data ?? unit.Data;
  const rule = { sources: [], differences: true, isLive: true };
  const { data } = mergeData(read(seen), read(normaliseData(found)), read(unit.Data), rule);
  return encodeText(data);
}

function read(data: string): string {
  return decodeText(data) ?? '';
}
