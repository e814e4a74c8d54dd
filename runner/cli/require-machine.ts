/** The machine's part of `preflight` at the start of every run: silent where all is well. */
import { tmpdir } from 'node:os';
import { checkMachineQuickly } from '../world/preflight/check-machine.ts';
import type { Host } from './host.ts';

/** False where a check failed; which and what to do about it is on the standard error stream then. */
export async function requireMachine(host: Host): Promise<boolean> {
  const checks = await checkMachineQuickly(host.env['TMPDIR'] ?? tmpdir());
  const failed = checks.filter(({ status }) => status === 'failed');
  for (const { name, detail, remedy } of failed)
    host.stderr.write(`mtx-doc: ${name}: ${detail}\n  ${remedy ?? ''}\n`);
  return failed.length === 0;
}
