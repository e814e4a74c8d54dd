/** The machine's part of `preflight` at the start of every run, and the names that were typed: silent where all is well. */
import { tmpdir } from 'node:os';
import { checkMachineQuickly } from '../world/preflight/check-machine.ts';
import { checkNames } from '../world/preflight/check-names.ts';
import type { CommandInput } from './command.ts';
import type { Host } from './host.ts';
import { readWorldOptions } from './read-world-options.ts';

/** False where a check failed; which and what to do about it is on the standard error stream then. */
export async function requireMachine(input: CommandInput, host: Host): Promise<boolean> {
  const options = readWorldOptions(input, host, () => undefined);
  const checks = await Promise.all([
    checkMachineQuickly(host.env['TMPDIR'] || tmpdir()),
    checkNames(options),
  ]);
  const failed = checks.flat().filter(({ status }) => status === 'failed');
  for (const { name, detail, remedy } of failed)
    host.stderr.write(`mtx-doc: ${name}: ${detail}\n  ${remedy ?? ''}\n`);
  return failed.length === 0;
}
