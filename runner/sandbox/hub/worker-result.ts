/** What a worker reports about an operation, brought into the operation, its event, the unit and the live revision. */
import type { HubContext } from './context.ts';
import type { ActionStatus, BridgeWorker, QueuedOperation, Unit } from './entities.ts';
import { touch } from './entity.ts';
import { badRequest, HubError, notFound } from './errors.ts';
import { isUuid } from './uuid.ts';
import { isFinal, moveOperation } from './operation.ts';
import { formatTime, normaliseTime } from './time.ts';
import { goLive, takeFound } from './worker-found.ts';

type Body = Readonly<Record<string, unknown>>;

const STATUSES: readonly ActionStatus[] = [
  'None',
  'Pending',
  'Submitted',
  'Progressing',
  'Completed',
  'Failed',
  'Canceled',
];

/**
 * Records one ActionResult. Throws 404 for an operation that is not there and 403 for another worker's. A result for an
 * operation that has ended (a late one, or of a second replica) changes nothing.
 */
export function recordResult(hub: HubContext, worker: BridgeWorker, body: Body): object {
  const { key, operation } = findOperation(hub, body);
  if (operation.BridgeWorkerID !== worker.BridgeWorkerID)
    throw new HubError(403, `operation ${operation.QueuedOperationID} belongs to another worker`);
  if (isFinal(operation.Status)) return { Message: `operation has ended: ${operation.Status}` };
  const status = STATUSES.find((known) => known === body['Status']);
  if (status === undefined) throw badRequest('Status is no action status');
  move(hub, { key, operation }, status, body);
  const unit = hub.tables.Unit.get(operation.UnitID)?.value;
  if (status !== 'Completed' || unit === undefined) return {};
  try {
    hub.store.transaction(() => complete(hub, worker, unit, operation, body));
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    // Refusing the result would leave the operation unfinished for ever, and the unit's next ones behind it.
    const Result = `${operation.Action}Failed`;
    move(hub, { key, operation }, 'Failed', { ...body, Result, Message: error.message });
  }
  return {};
}

function move(hub: HubContext, { key, operation }: Found, status: ActionStatus, body: Body): void {
  const now = formatTime(hub.clock.now());
  const startedAt = normaliseTime(body['StartedAt']);
  moveOperation(hub, key, operation, {
    Status: status,
    Result: text(body, 'Result') || 'None',
    Message: text(body, 'Message'),
    ...(startedAt === undefined ? {} : { StartedAt: startedAt }),
    TerminatedAt: isFinal(status) ? (normaliseTime(body['TerminatedAt']) ?? now) : null,
  });
}

interface Found {
  readonly key: string;
  readonly operation: QueuedOperation;
}

function findOperation(hub: HubContext, body: Body): Found {
  const unitId = text(body, 'UnitID').toLowerCase();
  const id = text(body, 'QueuedOperationID').toLowerCase();
  if (!isUuid(unitId) || !isUuid(id)) throw badRequest('UnitID and QueuedOperationID must be UUIDs');
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
  body: Body,
): void {
  const live = {
    LiveState: text(body, 'LiveState') || unit.LiveState,
    Outputs: text(body, 'Outputs') || unit.Outputs,
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
      takeFound(hub, worker, { ...unit, ...live }, operation, text(body, 'Data'));
      return;
  }
}

function text(body: Body, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}
