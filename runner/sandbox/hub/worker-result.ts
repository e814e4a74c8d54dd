/** What a worker reports about an operation, brought into the operation, its event, the unit and the live revision. */
import type { HubContext } from './context.ts';
import { requireFitting } from './action-result.ts';
import type { ActionResult } from './action-result.ts';
import type { BridgeWorker, QueuedOperation, Unit } from './entities.ts';
import { touch } from './entity.ts';
import { badRequest, HubError, notFound } from './errors.ts';
import { isFinal, moveOperation } from './operation.ts';
import { formatTime, normaliseTime } from './time.ts';
import { goLive, takeFound } from './worker-found.ts';

/**
 * Records one ActionResult. Throws 404 for an operation that is not there and 403 for another worker's. A result for an
 * operation that has ended (a late one, or of a second replica) changes nothing.
 */
export function recordResult(hub: HubContext, worker: BridgeWorker, result: ActionResult): object {
  const { key, operation } = findOperation(hub, result);
  if (operation.BridgeWorkerID !== worker.BridgeWorkerID)
    throw new HubError(403, `operation ${operation.QueuedOperationID} belongs to another worker`);
  if (isFinal(operation.Status)) return { Message: `operation has ended: ${operation.Status}` };
  requireFitting(operation, result);
  move(hub, { key, operation }, result);
  const unit = hub.tables.Unit.get(operation.UnitID)?.value;
  if (result.Status !== 'Completed' || unit === undefined) return {};
  try {
    hub.store.transaction(() => complete(hub, worker, unit, operation, result));
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    // Refusing the result would leave the operation unfinished for ever, and the unit's next ones behind it.
    const Result = `${operation.Action}Failed`;
    move(hub, { key, operation }, { ...result, Status: 'Failed', Result, Message: error.message });
  }
  return {};
}

function move(hub: HubContext, { key, operation }: Found, result: ActionResult): void {
  const { Status, Result, Message } = result;
  const now = formatTime(hub.clock.now());
  const startedAt = normaliseTime(result.StartedAt);
  moveOperation(hub, key, operation, {
    Status,
    Result,
    Message,
    ...(startedAt === undefined ? {} : { StartedAt: startedAt }),
    TerminatedAt: isFinal(Status) ? (normaliseTime(result.TerminatedAt) ?? now) : null,
  });
}

interface Found {
  readonly key: string;
  readonly operation: QueuedOperation;
}

function findOperation(hub: HubContext, { UnitID, QueuedOperationID }: ActionResult): Found {
  if (UnitID === undefined || QueuedOperationID === undefined)
    throw badRequest('a result needs a UnitID and a QueuedOperationID');
  const unitId = UnitID.toLowerCase();
  const id = QueuedOperationID.toLowerCase();
  const row = hub.tables.QueuedOperation.list({
    prefix: `${unitId}/`,
    where: { sql: `json_extract(value, '$.QueuedOperationID') = ?`, params: [id] },
  })[0];
  if (row === undefined) throw notFound(`operation ${id} not found`);
  return { key: row.key, operation: row.value };
}

function complete(
  hub: HubContext,
  worker: BridgeWorker,
  unit: Unit,
  operation: QueuedOperation,
  result: ActionResult,
): void {
  const live = {
    LiveState: result.LiveState || unit.LiveState,
    Outputs: result.Outputs || unit.Outputs,
  };
  switch (operation.Action) {
    case 'Apply':
      goLive(hub, { ...unit, ...live }, operation.RevisionNum);
      return;
    case 'Destroy':
      hub.tables.Unit.put(
        unit.UnitID,
        touch(hub, {
          ...unit,
          LiveState: '',
          Outputs: '',
          LiveRevisionNum: 0,
          PreviousLiveRevisionNum: unit.LiveRevisionNum,
        }),
      );
      return;
    case 'Refresh':
    case 'Import':
      takeFound(hub, worker, { ...unit, ...live }, operation, result.Data);
      return;
  }
}
