/** A worker for scenarios: it joins, offers one target named like itself, and ends every operation at once. */
import type { Entity } from '../../runner/sandbox/cub/cub.ts';
import { entitiesOf, entityOf, partOf, textOf } from '../../runner/sandbox/cub/entity.ts';
import { connectWorker, send } from './hub.ts';
import type { TestHub } from './hub.ts';

export interface WorkerPlan {
  /** Slug of the space. */
  readonly space: string;
  readonly name: string;
  /** How every operation ends. */
  readonly outcome: 'Completed' | 'Failed';
  /** YAML that refreshes and imports find. */
  readonly found?: string;
}

interface Credentials {
  readonly id: string;
  readonly secret: string;
}

/** Throws if there is no such worker. */
export async function joinWorker(hub: TestHub, plan: WorkerPlan): Promise<void> {
  const worker = await findWorker(hub, plan);
  const answered = new Set<string>();
  const stream = await connectWorker(hub, worker, [{ Name: plan.name, Params: { WaitTimeout: '2m0s' } }]);
  const answerNew = (): void => {
    for (const work of stream.work().map(entityOf)) {
      const id = textOf(partOf(work, 'Payload'), 'QueuedOperationID');
      if (answered.has(id)) continue;
      answered.add(id);
      setTimeout(() => void report(hub, worker, work, plan), 10);
    }
  };
  hub.store.watch(() => queueMicrotask(answerNew));
}

async function findWorker(hub: TestHub, plan: WorkerPlan): Promise<Credentials> {
  const items = entitiesOf((await hub.call('GET', '/bridge_worker?include=SpaceID')).json);
  const found = items.find(
    (item) =>
      textOf(partOf(item, 'BridgeWorker'), 'Slug') === plan.name &&
      textOf(partOf(item, 'Space'), 'Slug') === plan.space,
  );
  if (found === undefined) throw new Error(`no worker ${plan.name} in ${plan.space}`);
  const worker = partOf(found, 'BridgeWorker');
  return { id: textOf(worker, 'BridgeWorkerID'), secret: textOf(worker, 'Secret') };
}

async function report(
  hub: TestHub,
  worker: Credentials,
  work: Entity,
  { outcome, found }: WorkerPlan,
): Promise<void> {
  const action = textOf(work, 'Action');
  const done = outcome === 'Completed';
  const { Data: _data, ...payload } = partOf(work, 'Payload');
  const refreshed = found === undefined ? 'RefreshAndNoDrift' : 'RefreshAndDrifted';
  const finds = done && (action === 'Refresh' || action === 'Import') && found !== undefined;
  const result = {
    ...payload,
    Action: action,
    Status: outcome,
    Result: action === 'Refresh' && done ? refreshed : `${action}${outcome}`,
    Message: done ? 'done' : 'refused',
    ...(finds ? { Data: Buffer.from(found).toString('base64') } : {}),
    ...(done ? { LiveState: Buffer.from('live: true\n').toString('base64') } : {}),
  };
  const headers = { authorization: `Bearer ${worker.secret}` };
  await send(hub.handler, 'POST', `/bridge_worker/${worker.id}/action_result`, result, headers);
}
