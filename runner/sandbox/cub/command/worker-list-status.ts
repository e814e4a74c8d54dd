/** `cub worker list-status`: when a worker came and went. */
import type { Invocation } from '../cub.ts';
import { entitiesOf, idOf, textOf } from '../entity.ts';
import { describeTime } from '../go-time.ts';
import { headerOf, showList } from '../print.ts';
import { drawTable } from '../table.ts';
import { findWorker } from '../workers.ts';

export async function run(call: Invocation): Promise<void> {
  const worker = await findWorker(call, call.args[0] ?? '');
  const path = `/space/${call.space.id}/bridge_worker/${idOf(worker, 'BridgeWorkerID')}/status`;
  const items = entitiesOf((await call.hub.ask({ method: 'GET', path })).value);
  const rows = items.map((item) => [
    idOf(item, 'BridgeWorkerStatusID'),
    textOf(item, 'Status'),
    textOf(item, 'IPAddress'),
    describeTime(textOf(item, 'SeenAt')),
  ]);
  await showList(call, 'BridgeWorkerStatus', items, {
    name: (item) => textOf(item, 'BridgeWorkerSlug'),
    draw: () => drawTable(headerOf(call, ['ID', 'Status', 'Remote IP', 'Seen At']), rows),
  });
}
