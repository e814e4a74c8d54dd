/** A host whose streams keep what is written, so that the command line can be tested without a process. */
import type { Host, TextStream } from '../../runner/cli/host.ts';

export interface TestHost extends Host {
  readonly out: () => string;
  readonly err: () => string;
  /** What a signal does. */
  readonly interrupt: () => void;
  /** What a key does. */
  readonly press: (key: string) => void;
}

/** A stream and what was written to it. */
export function openText(isTTY: boolean, columns = 80): { stream: TextStream; text: () => string } {
  const parts: string[] = [];
  return { stream: { isTTY, columns, write: (text) => void parts.push(text) }, text: () => parts.join('') };
}

export function openHost(changes: Partial<Host> = {}): TestHost {
  const [out, err] = [openText(false), openText(false)];
  const listeners = new Set<(signal: string) => void>();
  const keys = new Set<(key: string) => void>();
  return {
    env: {},
    cwd: '/nowhere',
    stdout: out.stream,
    stderr: err.stream,
    version: '1.2.3',
    interactive: false,
    ask: async () => '',
    onKey: (listener) => {
      keys.add(listener);
      return () => void keys.delete(listener);
    },
    onInterrupt: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    ...changes,
    out: out.text,
    err: err.text,
    press: (key) => {
      for (const listener of keys) listener(key);
    },
    interrupt: () => {
      for (const listener of listeners) listener('SIGINT');
    },
  };
}
