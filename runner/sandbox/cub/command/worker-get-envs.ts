/** `cub worker get-envs`: lines to be evaluated by the user's shell. */
import type { Invocation } from '../cub.ts';
import { idOf, textOf } from '../entity.ts';
import { say } from '../print.ts';
import { findWorker } from '../workers.ts';

export async function run(call: Invocation): Promise<void> {
  const [name = ''] = call.args;
  const worker = await findWorker(call, name);
  say(call, '# Source these environment variables with:');
  say(call, `# eval "$(cub worker get-envs ${name})"`);
  const assign = assignment(call.around.env['SHELL'] ?? '');
  say(call, assign('CONFIGHUB_WORKER_ID', idOf(worker, 'BridgeWorkerID')));
  say(call, assign('CONFIGHUB_WORKER_SECRET', textOf(worker, 'Secret')));
}

function assignment(shell: string): (name: string, value: string) => string {
  if (shell.endsWith('fish')) return (name, value) => `set -gx ${name} ${value}`;
  if (shell.endsWith('csh')) return (name, value) => `setenv ${name} ${value}`;
  return (name, value) => `export ${name}=${value}`;
}
