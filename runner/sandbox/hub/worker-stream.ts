/**
 * The connections to workers. Work is not kept here but in the queue: whenever an operation changes, or a worker comes
 * (back), the first unfinished operation of each unit goes out to that worker. So a unit's operations keep their order, they
 * wait while the worker is away, and what was under way when it left is sent again.
 *
 * Two replicas of one worker may be connected: the newest gets the work, the older takes over when it leaves.
 */
import type { HttpResponse, StreamWriter } from '../http/http.ts';
import type { HubCore, WorkerStreams } from './context.ts';
import { isFinal, moveOperation } from './operation.ts';
import { tableName } from './tables.ts';
import { setCondition } from './worker-condition.ts';
import { bridgeEvent, heartbeatEvent } from './worker-event.ts';
import type { QueuedOperation } from './entities.ts';

const HEARTBEAT_MS = 15_000;
/** Silent for longer than two heartbeats. */
const SILENT_MS = 2.5 * HEARTBEAT_MS;

/** Begins to listen to the queue; `close` ends every stream. */
export function openWorkerStreams(hub: HubCore): WorkerStreams {
  return new Streams(hub);
}

class Streams implements WorkerStreams {
  readonly #hub: HubCore;
  /** Per worker, oldest first. */
  readonly #connections = new Map<string, StreamWriter[]>();
  readonly #waiting = new Set<string>();
  readonly #unwatch: () => void;
  #closed = false;

  constructor(hub: HubCore) {
    this.#hub = hub;
    const queue = tableName('QueuedOperation');
    this.#unwatch = hub.store.watch((change) => {
      if (change.table === queue && change.value !== undefined)
        this.#deliverSoon((change.value as QueuedOperation).BridgeWorkerID);
    });
  }

  connect(workerId: string): HttpResponse {
    return {
      status: 200,
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
      body: { start: (writer) => this.#add(workerId, writer) },
    };
  }

  disconnect(workerId: string): void {
    for (const writer of this.#connections.get(workerId) ?? []) writer.end();
  }

  close(): void {
    this.#closed = true;
    this.#unwatch();
    for (const workerId of this.#connections.keys()) this.disconnect(workerId);
  }

  #add(workerId: string, writer: StreamWriter): void {
    if (this.#closed || writer.signal.aborted) {
      writer.end();
      return;
    }
    this.#connections.set(workerId, [...(this.#connections.get(workerId) ?? []), writer]);
    const stopBeating = this.#beat(workerId, writer);
    writer.signal.addEventListener('abort', () => {
      stopBeating();
      this.#remove(workerId, writer);
    });
    setCondition(this.#hub, workerId, 'Ready');
    this.#deliver(workerId, true);
  }

  #remove(workerId: string, writer: StreamWriter): void {
    const left = (this.#connections.get(workerId) ?? []).filter((other) => other !== writer);
    if (left.length > 0) this.#connections.set(workerId, left);
    else this.#connections.delete(workerId);
    if (this.#closed) return;
    if (left.length > 0) this.#deliver(workerId, true);
    else setCondition(this.#hub, workerId, 'Disconnected');
  }

  /** Sends a heartbeat at once and then at intervals, and notices a worker that answers none. Returns what stops it. */
  #beat(workerId: string, writer: StreamWriter): () => void {
    const { clock, tables } = this.#hub;
    let cancel = (): void => undefined;
    const check = (): void => {
      if (this.#closed) return;
      const seen = Date.parse(tables.BridgeWorker.get(workerId)?.value.LastSeenAt ?? '');
      if (clock.now() - seen > SILENT_MS) setCondition(this.#hub, workerId, 'Unresponsive');
      beat();
    };
    const beat = (): void => {
      writer.write(heartbeatEvent(clock.now()));
      cancel = clock.after(HEARTBEAT_MS, check);
    };
    beat();
    return () => cancel();
  }

  /** After the running transaction and its watchers. */
  #deliverSoon(workerId: string): void {
    if (this.#waiting.has(workerId) || !this.#connections.has(workerId)) return;
    this.#waiting.add(workerId);
    queueMicrotask(() => {
      this.#waiting.delete(workerId);
      this.#deliver(workerId, false);
    });
  }

  #deliver(workerId: string, again: boolean): void {
    const writer = this.#connections.get(workerId)?.at(-1);
    if (writer === undefined || this.#closed) return;
    const events = this.#hub.store.transaction(() => this.#takeWork(workerId, again));
    for (const event of events) writer.write(event);
  }

  #takeWork(workerId: string, again: boolean): string[] {
    const events: string[] = [];
    const units = new Set<string>();
    const queued = this.#hub.tables.QueuedOperation.list({
      where: { sql: `json_extract(value, '$.BridgeWorkerID') = ?`, params: [workerId] },
    });
    for (const { key, value: operation } of queued) {
      if (isFinal(operation.Status) || units.has(operation.UnitID)) continue;
      units.add(operation.UnitID);
      if (operation.Status !== 'Pending' && !again) continue;
      events.push(bridgeEvent(this.#hub, operation));
      if (operation.Status === 'Pending')
        moveOperation(this.#hub, key, operation, { Status: 'Submitted', Message: 'Sent to the worker' });
    }
    return events;
  }
}
