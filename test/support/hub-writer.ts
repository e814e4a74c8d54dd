/**
 * A program that writes to a hub in the file that it is given, until it is killed: bulk clones, bulk changes, applies and
 * results. Prints a line after each answer, so that whoever kills it knows what was promised.
 */
import { sessionIds } from '../../runner/sandbox/keepsake.ts';
import { openStore } from '../../runner/sandbox/store/open.ts';
import {
  base64,
  connectWorker,
  makeSpace,
  makeTarget,
  makeUnit,
  makeWorker,
  openTestHub,
  pick,
  report,
} from './hub.ts';

/** Units in the space that is cloned. */
export const BASE_UNITS = 20;

const file = process.argv[2];
if (file !== undefined) await writeForever(file);

async function writeForever(path: string): Promise<void> {
  const store = openStore({ file: path });
  const hub = openTestHub(store, sessionIds('writer', store));
  if (store.table('unit').count() === 0) {
    const base = await makeSpace(hub, 'base');
    const worker = await makeWorker(hub, base, 'w');
    const TargetID = await makeTarget(hub, base, 't', worker.id);
    for (let number = 0; number < BASE_UNITS; number += 1)
      await makeUnit(hub, base, `u${number}`, data(0), { TargetID });
  }
  const workers = (await hub.call('GET', '/bridge_worker')).json;
  const worker = {
    id: String(pick(workers, '0.BridgeWorker.BridgeWorkerID')),
    secret: String(pick(workers, '0.BridgeWorker.Secret')),
  };
  const stream = await connectWorker(hub, worker);
  const base = encodeURIComponent("Space.Slug = 'base'");
  const must = async (method: string, target: string, body?: unknown): Promise<void> => {
    const reply = await hub.call(method, target, body);
    if (reply.status !== 200) throw new Error(`${target}: ${JSON.stringify(reply.json)}`);
    process.stdout.write(`${store.version()}\n`);
  };
  for (let answered = 0; ;) {
    const round = store.version();
    const slug = `clone-${round}`;
    await makeSpace(hub, slug);
    await must('POST', `/unit?where=${base}&where_space=${encodeURIComponent(`Slug = '${slug}'`)}`);
    await must('PATCH', `/unit?where=${base}`, { Labels: { Round: `r${round}` }, Data: base64(data(round)) });
    await must('POST', `/unit/apply?where=${base}`);
    await Promise.resolve();
    for (const work of stream.work().slice(answered)) {
      answered += 1;
      // Every third stays under way.
      if (answered % 3 > 0)
        await report(hub, worker, work, { Status: 'Completed', Result: 'ApplyCompleted' });
    }
  }
}

function data(round: number): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  round: "${round}"\n`;
}
