/**
 * A small process outside every chapter's group that holds the end of a pipe to this one. When this one is gone, even
 * by KILL, the pipe ends and the watchdog ends the groups that are still listed. One per run, started with its first shell.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Watchdog {
  /** From now on `group` and what carries `marker` are ended, and `folder` removed, if this process dies. An empty folder is kept. Group 0 is none: the marker alone tells. */
  watch(group: number, marker: string, folder: string): void;
  forget(group: number): void;
  close(): void;
}

const script = fileURLToPath(new URL('shell/watchdog.sh', import.meta.url));

/** Starts nothing until the first `watch`. */
export function openWatchdog(): Watchdog {
  let child: ChildProcess | undefined;
  const write = (line: string): void => {
    child?.stdin?.write(line);
  };
  return {
    watch(group, marker, folder) {
      child ??= startWatchdog();
      write(`+ ${group} ${marker} ${folder}\n`);
    },
    forget(group) {
      write(`- ${group}\n`);
    },
    close() {
      child?.stdin?.end();
    },
  };
}

function startWatchdog(): ChildProcess {
  const child = spawn('bash', ['--noprofile', '--norc', script], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.unref();
  return child;
}
