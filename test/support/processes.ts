/** Looks for processes by their command line, so that a test can tell that none was left. Linux only, as CI is. */
import { readdirSync, readFileSync } from 'node:fs';

/** The command lines of all living processes, words separated by one blank. */
export function listCommands(): readonly string[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      return [
        readFileSync(`/proc/${Number(pid)}/cmdline`, 'utf8')
          .replaceAll('\0', ' ')
          .trim(),
      ];
    } catch {
      return [];
    }
  });
}

/** True while a living process has exactly this command line. */
export function isRunning(command: string): boolean {
  return listCommands().includes(command);
}

/** A number of seconds that no other process sleeps for: `sleep <this>` can be looked for. */
export function uniqueSeconds(): string {
  return `3${process.pid}.${Math.floor(performance.now() * 1000)}`;
}
