/**
 * The emulator alone in a process, for the bench to measure: tells where it listens as soon as it does, and whenever it is
 * asked what it has used. Ends with its parent.
 */
import { keepHeapSmall } from '../../../runner/sandbox/heap.ts';
import { openEmulator } from '../../../runner/sandbox/open-emulator.ts';
import type { Cost, Place } from './messages.ts';

/** Room for 1,000 pods at 110 each. */
const NODES = 10;

keepHeapSmall();
const closers: (() => void | Promise<void>)[] = [];
const options = { seed: 'bench', kubernetesVersion: 'v1.34.4', speed: 0.1, nodes: NODES };
const { api, adminToken } = await openEmulator(
  options,
  (part) => {
    closers.push(() => part.close());
    return part;
  },
  (url) => url,
);
const place: Place = {
  url: api.url,
  authority: api.certificateAuthority,
  token: adminToken,
  at: Date.now(),
};
process.send?.(place);
process.on('message', () => process.send?.(measureCost()));
process.on('disconnect', () => void close());

function measureCost(): Cost {
  const { user, system } = process.cpuUsage();
  const most = process.resourceUsage().maxRSS / 1024;
  return { cpu: (user + system) / 1000, resident: process.memoryUsage.rss() / 1024 ** 2, most };
}

async function close(): Promise<void> {
  for (const closer of closers.toReversed()) await closer();
}
