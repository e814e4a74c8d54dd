/**
 * Starts a chapter's bash and speaks with it over two private descriptors; the other side is session.sh.
 *
 * `child_process.spawn` rather than execa: the session needs descriptors 3 and 4, a process group of its own and no
 * buffering of its streams, and a chapter's blocks cost no process that execa could make more pleasant.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { markerVariable } from '../environment.ts';
import { endProcesses, findStrays, listGroup, type StrayProcess } from '../processes.ts';
import type { Shell, ShellEnd, ShellRequest, ShellSetup } from './shell.ts';

const script = fileURLToPath(new URL('session.sh', import.meta.url));
/** How long a shell may take to run its EXIT trap. */
const farewellMs = 2000;

/** Throws if bash cannot be started. */
export async function openShell(setup: ShellSetup): Promise<Shell> {
  const { folders, state } = setup;
  const marker = randomBytes(12).toString('hex');
  const parameters = [script, folders.blocks, ...(state === undefined ? [] : [state])];
  const child = spawn('bash', ['--noprofile', '--norc', ...parameters], {
    cwd: folders.work,
    env: { ...setup.environment, [markerVariable]: marker },
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const pid = child.pid;
  if (pid === undefined) {
    throw await new Promise<Error>((resolve) => child.once('error', resolve));
  }
  setup.watchdog.watch(pid, marker, setup.keep ? '' : folders.root);
  return new Session(child, pid, marker, setup);
}

class Session implements Shell {
  readonly pid: number;
  readonly #setup: ShellSetup;
  readonly #marker: string;
  readonly #requests: Writable;
  readonly #gone: Promise<void>;
  #status: number | string | undefined;
  #answers = '';
  #settle: ((end: ShellEnd) => void) | undefined;
  #token = '';

  constructor(child: ChildProcess, pid: number, marker: string, setup: ShellSetup) {
    this.pid = pid;
    this.#marker = marker;
    this.#setup = setup;
    this.#requests = child.stdio[3] as Writable;
    const answers = child.stdio[4] as Readable;
    this.#requests.on('error', () => undefined);
    answers.on('error', () => undefined);
    answers.setEncoding('latin1').on('data', (text: string) => this.#read(text));
    this.#gone = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.#status = code ?? signal ?? 0;
        // An answer that was written before the end may still be on its way.
        setImmediate(() => {
          this.#settle?.({ kind: 'ended', status: this.#status ?? 0 });
          answers.destroy();
          resolve();
        });
      });
    });
    // `exec` closes the descriptors and lives on as something else: that is the end of the shell too.
    answers.once('end', () => {
      setImmediate(() => setImmediate(() => this.#settle?.({ kind: 'ended', status: 'exec' })));
    });
  }

  isAlive(): boolean {
    return this.#status === undefined;
  }

  async run(request: ShellRequest): Promise<ShellEnd> {
    if (this.#status !== undefined) return { kind: 'ended', status: this.#status };
    writeFileSync(join(this.#setup.folders.blocks, `${request.file}.sh`), request.script);
    this.#token = randomBytes(16).toString('hex');
    const end = await this.#await(request);
    if (end.kind !== 'finished') await this.#endAll();
    return end;
  }

  async close(): Promise<readonly StrayProcess[]> {
    if (this.#status === undefined) {
      this.#requests.end();
      const cancel = this.#setup.clock.after(farewellMs, () => void this.#endGroup());
      await this.#gone;
      cancel();
    }
    await this.#endGroup();
    const strays = this.#findStrays();
    if (strays.length > 0) await this.#endAll();
    this.#setup.watchdog.forget(this.pid);
    return strays;
  }

  async #endGroup(): Promise<void> {
    await endProcesses(() => listGroup(this.pid), this.#setup.clock);
    await this.#gone;
  }

  async #endAll(): Promise<void> {
    const find = (): readonly number[] => [
      ...listGroup(this.pid),
      ...this.#findStrays().map((stray) => stray.pid),
    ];
    await endProcesses(find, this.#setup.clock);
    await this.#gone;
  }

  #findStrays(): readonly StrayProcess[] {
    return findStrays(this.#marker, this.pid);
  }

  #await(request: ShellRequest): Promise<ShellEnd> {
    const started = this.#setup.clock.now();
    const { promise, resolve } = Promise.withResolvers<ShellEnd>();
    const cancel = this.#setup.clock.after(request.timeoutMs, () => {
      this.#settle?.({ kind: 'timeout', afterMs: this.#setup.clock.now() - started });
    });
    const interrupt = (): void => this.#settle?.({ kind: 'interrupted' });
    request.signal?.addEventListener('abort', interrupt);
    this.#settle = (end) => {
      this.#settle = undefined;
      cancel();
      request.signal?.removeEventListener('abort', interrupt);
      resolve(end);
    };
    if (request.signal?.aborted === true) interrupt();
    else this.#requests.write(`${kindOf(request)} ${request.file}\n${this.#token}\n`);
    return promise;
  }

  /** Only a whole line that starts with the block's token is an answer; anything else on the descriptor is noise. */
  #read(text: string): void {
    const lines = (this.#answers + text).split('\n');
    this.#answers = (lines.pop() ?? '').slice(-4096);
    for (const line of lines) {
      const [token, status, group] = line.split(' ');
      if (token !== this.#token || this.#settle === undefined) continue;
      this.#settle({
        kind: 'finished',
        status: Number(status),
        ...(group === undefined || group === '' ? {} : { group: Number(group) }),
      });
    }
  }
}

function kindOf({ mode, script }: ShellRequest): string {
  return mode !== 'background' && /\btrap\b[^\n]*\bERR\b/i.test(script) ? `guarded-${mode}` : mode;
}
