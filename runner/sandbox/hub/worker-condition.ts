/** A worker's condition and when it was last heard of. These writes leave `Version` alone: they are no edits. */
import type { HubCore } from './context.ts';
import type { BridgeWorker, WorkerCondition } from './entities.ts';
import { numberedKey } from './history.ts';
import { formatTime } from './time.ts';

/** Sets the condition and keeps the transition; nothing happens if the worker is gone or has that condition. */
export function setCondition(hub: HubCore, workerId: string, condition: WorkerCondition): void {
  hub.store.transaction(() => {
    const worker = hub.tables.BridgeWorker.get(workerId)?.value;
    if (worker === undefined || worker.Condition === condition) return;
    const now = formatTime(hub.clock.now());
    const isSeen = condition === 'Ready';
    hub.tables.BridgeWorker.put(workerId, {
      ...worker,
      Condition: condition,
      ...(isSeen ? { LastSeenAt: now } : {}),
    });
    const number = hub.tables.BridgeWorkerStatus.count({ prefix: `${workerId}/` }) + 1;
    hub.tables.BridgeWorkerStatus.put(numberedKey(workerId, number), {
      BridgeWorkerStatusID: hub.ids.uuid(),
      BridgeWorkerID: workerId,
      BridgeWorkerSlug: worker.Slug,
      OrganizationID: worker.OrganizationID,
      SpaceID: worker.SpaceID,
      Status: condition,
      SeenAt: now,
      IPAddress: worker.IPAddress,
    });
  });
}

/** The worker has spoken: it was seen now, and is Ready again if it had fallen silent. */
export function noteSeen(hub: HubCore, worker: BridgeWorker, message: string): void {
  hub.tables.BridgeWorker.put(worker.BridgeWorkerID, {
    ...worker,
    LastSeenAt: formatTime(hub.clock.now()),
    LastMessage: message,
  });
  if (worker.Condition === 'Unresponsive') setCondition(hub, worker.BridgeWorkerID, 'Ready');
}

/** After a start nobody is connected yet, whatever a stored state says. */
export function disconnectAll(hub: HubCore): void {
  for (const { key } of hub.tables.BridgeWorker.list()) setCondition(hub, key, 'Disconnected');
}
