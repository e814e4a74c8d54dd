/**
 * The shell of a sandbox, on the reader's own terminal, or fed by a pipe. It shares mtx-doc's process group, since a session
 * of its own would have no terminal; so what it starts is found by a marker.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { markerVariable, sealEnvironment } from '../execution/environment.ts';
import { endProcesses, findStrays } from '../execution/processes.ts';
import { systemClock } from '../execution/system-clock.ts';
import type { World } from '../world/world.ts';
import { EXIT } from './exit-code.ts';
import type { Host } from './host.ts';
import type { SandboxFolders } from './sandbox-folders.ts';
import { UsageError } from './usage-error.ts';
import { quoteWord } from '../text/shell-word.ts';

/** How long a shell may take to say goodbye. */
const PATIENCE_MS = 2000;

/** The reader's own variables that a shell on a terminal needs besides the sealed ones. */
const OF_THE_TERMINAL = [
  'TERM',
  'COLORTERM',
  'LANG',
  'LC_ALL',
  'EDITOR',
  'VISUAL',
  'PAGER',
  'NO_COLOR',
  'TZ',
];
const FIXED_FOR_PAGES = new Set(['COLUMNS', 'LINES', 'HISTFILE', ...OF_THE_TERMINAL]);

export interface ShellOptions {
  /** Absent: bash. */
  readonly shell?: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Named by the prompt. */
  readonly place: string | undefined;
}

/** Resolves when the shell and all that it started has ended. Throws UsageError for a shell that cannot be started. */
export async function runShell(
  host: Host,
  folders: SandboxFolders,
  world: World,
  options: ShellOptions,
): Promise<number> {
  const { marker, chain } = folders;
  const shell = options.shell ?? 'bash';
  const environment = { ...makeEnvironment(host, folders, world, options), [markerVariable]: marker };
  const child = spawn(shell, shellArguments(shell, host, folders, options), {
    cwd: chain.work,
    env: environment,
    stdio: 'inherit',
  });
  let interrupted = false;
  const ignore = host.onInterrupt((signal) => {
    // On a terminal Ctrl-C is for the shell and what runs in it.
    if (signal === 'SIGINT' && host.interactive) return;
    interrupted = true;
    end(child, host.interactive);
  });
  try {
    const status = await waitFor(child, shell);
    return interrupted ? EXIT.interrupted : host.interactive ? EXIT.ok : status;
  } finally {
    ignore();
    const { pid } = child;
    if (pid !== undefined) {
      const traces = { marker, shell: pid, folders: chain };
      await endProcesses(() => findStrays(traces).map((stray) => stray.pid), systemClock);
    }
  }
}

function makeEnvironment(
  host: Host,
  { chain }: SandboxFolders,
  world: World,
  options: ShellOptions,
): Readonly<Record<string, string>> {
  const sealed = sealEnvironment(host.env, chain, { world: world.env, path: world.path, chapter: {} });
  const path = [...world.path, host.env['PATH'] ?? ''].join(':');
  const base = { ...options.variables, ...sealed, PATH: path };
  if (!host.interactive) return base;
  const own = OF_THE_TERMINAL.flatMap((name) => {
    const value = host.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const kept = Object.entries(base).filter(([name]) => !FIXED_FOR_PAGES.has(name));
  return { ...Object.fromEntries([...kept, ...own]), PS1: prompt(options.place, chain.work) };
}

/** `(sandbox) work/k8s$ `: the folder as seen from the session's own. */
function prompt(place: string | undefined, work: string): string {
  return `(sandbox${place === undefined ? '' : ` ${basename(place)}`}) \${PWD#${dirname(work)}/}\\$ `;
}

function shellArguments(
  shell: string,
  host: Host,
  { chain }: SandboxFolders,
  { place }: ShellOptions,
): string[] {
  if (basename(shell) !== 'bash') return host.interactive ? ['-i'] : [];
  if (!host.interactive) return ['--noprofile', '--norc'];
  const file = join(chain.world, 'bashrc');
  writeFileSync(file, `PS1=${quoteWord(prompt(place, chain.work))}\n`);
  return ['--noprofile', '--rcfile', file, '-i'];
}

/** An interactive shell ignores TERM and goes at HUP, as when its terminal is closed. */
function end(child: ChildProcess, interactive: boolean): void {
  child.kill(interactive ? 'SIGHUP' : 'SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS).unref();
}

async function waitFor(child: ChildProcess, shell: string): Promise<number> {
  return await new Promise((resolve, reject) => {
    child.once('error', (error) =>
      reject(
        new UsageError(`the shell ${shell} cannot be started: ${error.message}`, undefined, { cause: error }),
      ),
    );
    child.once('exit', (code, signal) =>
      resolve(code ?? 128 + (constants.signals[signal ?? 'SIGKILL'] ?? 9)),
    );
  });
}
