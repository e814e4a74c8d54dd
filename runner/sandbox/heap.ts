/** The one file that touches node:v8. */
import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8 from trading memory for speed that nobody gets. By default its young generation grows to some hundred megabytes
 * under a server's steady garbage, and its old one to several times what is alive: more than a hub with 10,000 units holds.
 * Measured (`npm run bench:hub`), the CPU time is the same with a small young generation and an old one that is collected
 * when it has grown by half.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=50');
}
