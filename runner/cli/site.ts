/**
 * `mtx-doc site`: starts `site/main.ts` as a process of its own. The site's packages are for development, so the runner
 * neither imports nor carries them; an installed package without `site/` says so.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CommandInput, RunCommand } from './command.ts';
import { EXIT } from './exit-code.ts';
import { UsageError } from './usage-error.ts';

/** Almost nothing of a page outlives its rendering, so a large young generation only takes memory: 100 MB for 300 pages. */
const FEW_LEFTOVERS = '--max-semi-space-size=8';

const OPTIONS = ['from', 'report', 'out', 'base'] as const;

export const site: RunCommand = async (input, host) => {
  const [action = ''] = input.arguments;
  if (action !== 'build' && action !== 'dev') {
    throw new UsageError(`there is no \`site ${action}\``, 'the actions are build and dev');
  }
  const main = fileURLToPath(new URL('../../site/main.ts', import.meta.url));
  if (!existsSync(main)) {
    throw new UsageError(
      'the site is built in a checkout of mtx-doc',
      'clone the repository and run `npm ci` in it',
    );
  }
  const child = spawn(process.execPath, [FEW_LEFTOVERS, main, action, ...passOn(input)], {
    cwd: host.cwd,
    stdio: 'inherit',
    env: { ...host.env, NODE_COMPILE_CACHE: join(host.cwd, '.cache/compile') },
  });
  const ignore = host.onInterrupt(() => void child.kill());
  try {
    const [code] = (await once(child, 'exit')) as [number | null];
    return code ?? EXIT.interrupted;
  } finally {
    ignore();
  }
};

function passOn(input: CommandInput): readonly string[] {
  const texts = OPTIONS.flatMap((name) => {
    const value = input.text(name);
    return value === undefined ? [] : [`--${name}=${value}`];
  });
  return input.flag('require-report') ? [...texts, '--require-report'] : texts;
}
