/**
 * Apply, destroy, refresh and import as queued operations. Queueing writes the operation and its event in one transaction with the
 * unit's numbers; a worker takes it from there. The event is one row per operation, made here and moved by results:
 * `cub unit-event list` shows one line per operation, and `--wait` finds its event at once.
 */
import type { HubCore } from './context.ts';
import type { Action, ActionStatus, QueuedOperation, Revision, Target, Unit, UnitEvent } from './entities.ts';
import { stampNew, touch } from './entity.ts';
import { badRequest } from './errors.ts';
import { numberedKey } from './history.ts';
import { describeUnresolved } from './links/unresolved.ts';
import { formatTime } from './time.ts';

const FINAL: ReadonlySet<ActionStatus> = new Set(['Completed', 'Failed', 'Canceled']);

/** True if nothing more will happen to the operation. */
export function isFinal(status: ActionStatus): boolean {
  return FINAL.has(status);
}

/**
 * Throws 400 if the unit cannot be acted on: no target, no data (but to import some), and for an apply a gate that is set or a placeholder. (The
 * original says of placeholders that they block an apply; its words are not known.)
 */
function checkOperation(hub: HubCore, unit: Unit, action: Action): Target {
  const target = unit.TargetID === null ? undefined : hub.tables.Target.get(unit.TargetID)?.value;
  if (target === undefined) throw badRequest(`unit ${unit.Slug} has no target`);
  if (action !== 'Import' && unit.Data === '') throw badRequest(`unit ${unit.Slug} has no data`);
  const gates = Object.keys(unit.ApplyGates).filter((gate) => unit.ApplyGates[gate] === true);
  if (action === 'Apply' && gates.length > 0)
    throw badRequest(`unit ${unit.Slug} cannot be applied: apply gates ${gates.sort().join(', ')}`);
  const unresolved = action === 'Apply' ? describeUnresolved(hub, unit) : undefined;
  if (unresolved !== undefined)
    throw badRequest(`unit ${unit.Slug} cannot be applied: placeholders are not resolved: ${unresolved}`);
  return target;
}

interface Wishes {
  readonly revision?: Revision | undefined;
  /** A JSON document for the worker. */
  readonly extraParams?: string;
}

/** Queues an operation. An apply takes the head or `wanted`, the others what is live (the head if nothing is). */
export function queueOperation(
  hub: HubCore,
  unit: Unit,
  action: Action,
  { revision: wanted, extraParams = '' }: Wishes = {},
): QueuedOperation {
  const { Data, ApplyGates } = wanted ?? unit;
  const target = checkOperation(hub, { ...unit, Data, ApplyGates }, action);
  const isHead = action === 'Apply' || unit.LiveRevisionNum === 0;
  const revision = wanted?.RevisionNum ?? (isHead ? unit.HeadRevisionNum : unit.LiveRevisionNum);
  const operation: QueuedOperation = {
    ...stampNew(hub, 'QueuedOperation'),
    QueuedOperationID: hub.ids.uuid(),
    UnitID: unit.UnitID,
    SpaceID: unit.SpaceID,
    TargetID: target.TargetID,
    BridgeWorkerID: target.BridgeWorkerID,
    Action: action,
    RevisionNum: revision,
    Status: 'Pending',
    ExtraParams: extraParams,
  };
  const key = numberedKey(unit.UnitID, hub.tables.QueuedOperation.count({ prefix: `${unit.UnitID}/` }) + 1);
  hub.tables.QueuedOperation.put(key, operation);
  hub.tables.UnitEvent.put(key, newEvent(hub, operation));
  const now = formatTime(hub.clock.now());
  hub.tables.Unit.put(unit.UnitID, {
    ...touch(hub, unit),
    LastActionAt: now,
    ...(action === 'Apply' ? { LastAppliedRevisionNum: revision } : {}),
  });
  return operation;
}

function newEvent(hub: HubCore, operation: QueuedOperation): UnitEvent {
  return {
    ...stampNew(hub, 'UnitEvent'),
    UnitEventID: hub.ids.uuid(),
    UnitID: operation.UnitID,
    SpaceID: operation.SpaceID,
    QueuedOperationID: operation.QueuedOperationID,
    RevisionNum: operation.RevisionNum,
    Action: operation.Action,
    Result: 'None',
    Status: 'Pending',
    Message: 'Waiting for the worker',
    StartedAt: formatTime(hub.clock.now()),
    TerminatedAt: null,
    BridgeWorkerID: operation.BridgeWorkerID,
  };
}

/** Moves an operation and its event together. */
export function moveOperation(
  hub: HubCore,
  key: string,
  operation: QueuedOperation,
  change: Partial<Pick<UnitEvent, 'Status' | 'Result' | 'Message' | 'StartedAt' | 'TerminatedAt'>>,
): void {
  const status = change.Status ?? operation.Status;
  hub.tables.QueuedOperation.put(key, { ...touch(hub, operation), Status: status });
  const event = hub.tables.UnitEvent.get(key)?.value;
  if (event !== undefined) hub.tables.UnitEvent.put(key, { ...touch(hub, event), ...change });
}

/** Ends what nobody will do any more because the target is going away. */
export function cancelOperations(hub: HubCore, targetId: string): void {
  const queued = hub.tables.QueuedOperation.list({
    where: { sql: `json_extract(value, '$.TargetID') = ?`, params: [targetId] },
  });
  for (const { key, value: operation } of queued) {
    if (isFinal(operation.Status)) continue;
    moveOperation(hub, key, operation, {
      Status: 'Canceled',
      Message: 'The target was deleted',
      TerminatedAt: formatTime(hub.clock.now()),
    });
  }
}
