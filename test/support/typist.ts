/** A reader who pastes into the shell of `mtx-doc sandbox`, and sees what comes. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { BIN } from './cli.ts';

/** What a paste gave. */
export interface Pasted {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

const PATIENCE_MS = 180_000;

/** A shell that is fed by a pipe; close it. */
export class Typist {
  readonly #shell: ChildProcessWithoutNullStreams;
  #out = '';
  #err = '';
  #count = 0;

  constructor(cwd: string) {
    const { MTX_PREFIX: _prefix, ...env } = process.env;
    this.#shell = spawn(process.execPath, [BIN, 'sandbox'], { cwd, env });
    this.#shell.stdout.setEncoding('utf8').on('data', (text: string) => (this.#out += text));
    this.#shell.stderr.setEncoding('utf8').on('data', (text: string) => (this.#err += text));
  }

  /** Pastes a text as it is and waits for the prompt, so to say. */
  async paste(text: string): Promise<Pasted> {
    this.#count += 1;
    const mark = `--pasted-${this.#count}-`;
    this.#shell.stdin.write(`${text}\nstatus=$?; echo "${mark}$status-" >&2; echo "${mark}$status-"\n`);
    const end = Date.now() + PATIENCE_MS;
    const [out, err] = [
      await this.#take(() => this.#out, mark, end),
      await this.#take(() => this.#err, mark, end),
    ];
    [this.#out, this.#err] = [this.#out.slice(out.length), this.#err.slice(err.length)];
    const [stdout = '', status = ''] = out.split(mark);
    return { stdout, stderr: err.split(mark)[0] ?? '', exit: parseInt(status, 10) };
  }

  /** All up to the mark and its line. */
  async #take(read: () => string, mark: string, end: number): Promise<string> {
    for (;;) {
      const at = read().indexOf(mark);
      const stop = at === -1 ? -1 : read().indexOf('-\n', at + mark.length);
      if (stop !== -1) return read().slice(0, stop + 2);
      if (Date.now() > end || this.#shell.exitCode !== null) {
        throw new Error(`the shell did not answer:\n${this.#out}\n${this.#err}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Leaves the shell; gives its exit code. A shell that still runs what was pasted is ended, which gives null. */
  async close(): Promise<number | null> {
    const ended = once(this.#shell, 'exit');
    this.#shell.stdin.end('exit 0\n');
    const late = setTimeout(() => this.#shell.kill('SIGTERM'), PATIENCE_MS / 6);
    await ended;
    clearTimeout(late);
    return this.#shell.exitCode;
  }
}
