/** Starts a program that cannot outlive mtx-doc: a small shell beside it holds a pipe, and ends it when the pipe ends. */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('guard.sh', import.meta.url));

export interface GuardedProgram {
  readonly path: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Takes what it prints. */
  readonly log: string;
  /** Removed when it has ended. */
  readonly folder?: string;
}

export interface Guarded {
  /** The exit code; resolves when nothing of it is left. */
  readonly ended: Promise<number>;
  /** TERM, KILL after 5 s. */
  stop(): Promise<void>;
}

/** In a session of its own, so that Ctrl-C on the terminal does not reach it. */
export function runGuarded({ path, args, env, cwd, log, folder = '' }: GuardedProgram): Guarded {
  const output = openSync(log, 'a', 0o600);
  const child = spawn('bash', ['--noprofile', '--norc', SCRIPT, folder, path, ...args], {
    detached: true,
    env: { ...env },
    stdio: ['pipe', output, output],
    ...(cwd === undefined ? {} : { cwd }),
  });
  closeSync(output);
  child.stdin?.on('error', () => undefined);
  const ended = new Promise<number>((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 128));
  });
  return {
    ended,
    stop: async () => {
      child.stdin?.end();
      await ended;
    },
  };
}
