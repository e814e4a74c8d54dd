/** The lines of a worker's event stream. */
import type { HubCore } from './context.ts';
import type { QueuedOperation } from './entities.ts';
import type { ImportRequest } from './import/import.ts';
import { numberedKey } from './history.ts';
import { encodeText } from './text-codec.ts';

/** `now` in milliseconds; the wire has microseconds. */
export function heartbeatEvent(now: number): string {
  return line('WorkerEvent', { Action: 'Heartbeat', Payload: { Timestamp: now * 1000 } });
}

/** An operation with all that the worker needs: the data of its revision and the target's parameters. */
export function bridgeEvent(hub: HubCore, operation: QueuedOperation): string {
  const unit = hub.tables.Unit.get(operation.UnitID)?.value;
  const target = hub.tables.Target.get(operation.TargetID)?.value;
  const list = importedList(operation);
  const revision = hub.tables.Revision.get(numberedKey(operation.UnitID, operation.RevisionNum))?.value;
  return line('BridgeWorkerEvent', {
    Action: operation.Action,
    Payload: {
      QueuedOperationID: operation.QueuedOperationID,
      ToolchainType: unit?.ToolchainType ?? '',
      ProviderType: target?.ProviderType ?? '',
      UnitSlug: unit?.Slug ?? '',
      UnitID: operation.UnitID,
      SpaceID: operation.SpaceID,
      Data: operation.Action === 'Import' ? encodeText(list) : (revision?.Data ?? ''),
      LiveState: unit?.LiveState ?? '',
      TargetParams: encodeText(target?.Parameters ?? ''),
      ExtraParams: encodeText(list === '' ? operation.ExtraParams : ''),
      RevisionNum: operation.RevisionNum,
    },
  });
}

/** The objects to import, which a worker expects in place of the unit's data; empty if it is to look for some itself. */
function importedList({ Action: action, ExtraParams }: QueuedOperation): string {
  const { ResourceInfoList: list } = (action === 'Import' ? JSON.parse(ExtraParams) : {}) as ImportRequest;
  return list === undefined ? '' : JSON.stringify(list);
}

function line(event: string, data: object): string {
  return `data: ${JSON.stringify({ Event: event, Data: data })}\n\n`;
}
