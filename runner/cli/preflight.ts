/** `mtx-doc preflight`: one line per check, each failure with its remedy. */
import { tmpdir } from 'node:os';
import { WorldNotReady } from '../world/not-ready.ts';
import type { Check } from '../world/preflight/check.ts';
import { checkMachine } from '../world/preflight/check-machine.ts';
import { checkWorld } from '../world/preflight/check-world.ts';
import type { Role, Style } from '../report/style.ts';
import { chooseStyle } from './colour.ts';
import type { CommandInput, RunCommand } from './command.ts';
import { EXIT } from './exit-code.ts';
import type { Host } from './host.ts';
import { cleanupCommand, readPrefix } from './prefix.ts';
import { reachWorld } from './reach-world.ts';

export const preflight: RunCommand = async (input, host) => {
  const prefix = readPrefix(host, input.text('prefix'));
  const machine = await checkMachine(host.env['TMPDIR'] || tmpdir());
  const checks = [...machine, ...(await askWorld(prefix, input, host))];
  const isReady = checks.every(({ status }) => status !== 'failed');
  const style = chooseStyle(input.text('color'), host.env, host.stdout);
  host.stdout.write(
    input.text('format') === 'json'
      ? `${JSON.stringify({ version: 1, ready: isReady, checks }, null, 2)}\n`
      : renderChecks(checks, style),
  );
  return isReady ? EXIT.ok : EXIT.world;
};

async function askWorld(prefix: string, input: CommandInput, host: Host): Promise<readonly Check[]> {
  const [state, cluster, hub, allowContext] = ['state', 'cluster', 'hub', 'allow-context'].map((name) =>
    input.text(name),
  );
  const cleanup = cleanupCommand(prefix, {
    ...(state === undefined ? {} : { state }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(hub === undefined ? {} : { hub }),
    ...(allowContext === undefined ? {} : { allowContext }),
  });
  try {
    return await reachWorld(input, host, async (reached) => [
      { name: 'world', status: 'ok', detail: reached.name },
      ...(await checkWorld(reached.clients, { ...reached, prefix, cleanup })),
    ]);
  } catch (error) {
    if (!(error instanceof WorldNotReady)) throw error;
    return [{ name: 'world', status: 'failed', detail: error.message, remedy: error.remedy }];
  }
}

const MARKS: Readonly<Record<Check['status'], readonly [string, Role]>> = {
  ok: ['✓', 'good'],
  warning: ['!', 'warn'],
  failed: ['✗', 'bad'],
};

/** A line per check, the remedy below it, and a closing line. */
export function renderChecks(checks: readonly Check[], style: Style): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.flatMap(({ name, status, detail, remedy }) => {
    const [mark, role] = MARKS[status];
    const line = `${style(role, mark)} ${name.padEnd(width)}  ${detail}`;
    return remedy === undefined ? [line] : [line, `  ${' '.repeat(width)}  ${style('dim', remedy)}`];
  });
  const failed = checks.filter(({ status }) => status === 'failed').length;
  const closing = failed === 0 ? 'Ready.' : `Not ready: ${failed} of ${checks.length} checks failed.`;
  return `${[...lines, '', closing].join('\n')}\n`;
}
