/**
 * Starts a chapter's bash and speaks with it over two private descriptors; the other side is session.sh.
 *
 * `child_process.spawn` rather than execa: the session needs descriptors 3 and 4, a process group of its own and no
 * buffering of its streams, and a chapter's blocks cost no process that execa could make more pleasant.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, ftruncateSync, linkSync, openSync, writeSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { markerVariable } from '../environment.ts';
import { createMarker, readFreeLimit } from '../marker.ts';
import { endProcesses, findStrays, holdsFile, listGroup, type StrayProcess } from '../processes.ts';
import type { Shell, ShellAnswer, ShellEnd, ShellRequest, ShellSetup } from './shell.ts';
import { Spool } from './spool.ts';

const script = fileURLToPath(new URL('session.sh', import.meta.url));
/** How long a shell may take to run its EXIT trap. */
const farewellMs = 2000;
/** How long after its descriptors a shell that exits is gone. */
const exitMs = 200;
/** One process makes so many pairs of pipes, within so long. */
const pairsAtOnce = 8;
const pipesMs = 10_000;

type Limits = Pick<ShellRequest, 'timeoutMs' | 'signal'>;

/** Throws if bash cannot be started. */
export async function openShell(setup: ShellSetup): Promise<Shell> {
  const { folders, state } = setup;
  const marker = createMarker();
  const child = spawn('bash', ['--noprofile', '--norc', script, state ?? '', readFreeLimit() ?? ''], {
    cwd: folders.work,
    env: { ...setup.environment, [markerVariable]: marker },
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const pid = child.pid;
  if (pid === undefined) {
    throw await new Promise<Error>((resolve) => child.once('error', resolve));
  }
  return new Session(child, pid, marker, setup);
}

class Session implements Shell {
  readonly pid: number;
  readonly #setup: ShellSetup;
  readonly #marker: string;
  readonly #requests: Writable;
  readonly #spool: Spool;
  readonly #script: { readonly path: string; readonly descriptor: number };
  readonly #gone: Promise<void>;
  #status: number | string | undefined;
  /** Why output of this shell could not be kept. */
  #lost: string | undefined;
  #answers = '';
  #settle: ((end: ShellEnd) => void) | undefined;
  #token = '';
  #watched = false;

  constructor(child: ChildProcess, pid: number, marker: string, setup: ShellSetup) {
    this.pid = pid;
    this.#marker = marker;
    this.#setup = setup;
    this.#spool = new Spool({
      makePairs: () => this.#makePairs(),
      isHeldByShell: (path) => holdsFile(this.pid, path),
      lose: (reason) => {
        this.#lost = reason;
        this.#settle?.({ kind: 'ended', status: reason });
      },
    });
    const path = `${setup.nextFile()}.script`;
    this.#script = { path, descriptor: openSync(path, 'w') };
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
    // `exec` closes the descriptors and lives on as something else: that is the end of the shell too. An exit that
    // explains it comes at once.
    answers.once('end', () => {
      setup.clock.after(exitMs, () => this.#settle?.({ kind: 'ended', status: 'exec' }));
    });
  }

  isAlive(): boolean {
    return this.#status === undefined;
  }

  async run(request: ShellRequest): Promise<ShellAnswer> {
    const path = this.#writeScript(request);
    if (request.mode === 'background') {
      const { path: output, spooled } = await this.#spool.beginEndless();
      return { end: await this.#runScript(request, path, output), spooled, path };
    }
    const part = await this.#spool.begin(request.mode === 'merged');
    const end = await this.#runScript(request, path, part.path);
    return { end, spooled: part.end(), path };
  }

  async #makePairs(): Promise<readonly string[]> {
    const path = this.#setup.nextFile();
    const end = await this.#execute(`pipes ${path} ${pairsAtOnce}`, { timeoutMs: pipesMs });
    if (end.kind === 'finished' && end.status === 0)
      return Array.from({ length: pairsAtOnce }, (_, index) => `${path}.${index}`);
    throw new Error(
      `no named pipes could be made in ${this.#setup.folders.blocks}: mkfifo is missing or failed; set TMPDIR to a folder of a local file system`,
    );
  }

  /** One file under a name for each block: bash has read it whole before it runs it, and a name costs less than a file. */
  #writeScript(request: ShellRequest): string {
    const path = this.#setup.nextFile();
    const length = writeSync(
      this.#script.descriptor,
      mayLeave(request) ? `${request.script}${END}` : request.script,
      0,
    );
    ftruncateSync(this.#script.descriptor, length);
    linkSync(this.#script.path, `${path}.sh`);
    return path;
  }

  #runScript(request: ShellRequest, path: string, output: string): Promise<ShellEnd> {
    return this.#execute(`${kindOf(request)} ${path} ${output}`, request);
  }

  async #execute(line: string, limits: Limits): Promise<ShellEnd> {
    if (this.#status !== undefined) return { kind: 'ended', status: this.#status };
    this.#token = randomBytes(16).toString('hex');
    const end = await this.#await(`${line}\n${this.#token}\n`, limits);
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
    closeSync(this.#script.descriptor);
    this.#spool.close();
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
    return findStrays({ marker: this.#marker, shell: this.pid, folders: this.#setup.folders });
  }

  #await(lines: string, { timeoutMs, signal }: Limits): Promise<ShellEnd> {
    const started = this.#setup.clock.now();
    const { promise, resolve } = Promise.withResolvers<ShellEnd>();
    const cancel = this.#setup.clock.after(timeoutMs, () => {
      this.#settle?.({ kind: 'timeout', afterMs: this.#setup.clock.now() - started });
    });
    const interrupt = (): void => this.#settle?.({ kind: 'interrupted' });
    signal?.addEventListener('abort', interrupt);
    this.#settle = (end) => {
      this.#settle = undefined;
      cancel();
      signal?.removeEventListener('abort', interrupt);
      resolve(end);
    };
    if (this.#lost !== undefined) this.#settle({ kind: 'ended', status: this.#lost });
    else if (signal?.aborted === true) interrupt();
    else this.#requests.write(lines);
    this.#watch();
    return promise;
  }

  /** After the first request is out, so that starting the watchdog costs no block any time. */
  #watch(): void {
    if (this.#watched) return;
    this.#watched = true;
    const { watchdog, folders, keep } = this.#setup;
    watchdog.watch(this.pid, this.#marker, keep ? '' : folders.root);
  }

  /** Only a whole line that starts with the block's token is an answer; anything else on the descriptor is noise. */
  #read(text: string): void {
    const lines = (this.#answers + text).split('\n');
    this.#answers = (lines.pop() ?? '').slice(-4096);
    for (const line of lines) {
      const [token, status, failed, job] = line.split(' ');
      if (token !== this.#token || this.#settle === undefined) continue;
      const disbelief = DISBELIEF[failed ?? ''];
      if (disbelief !== undefined) {
        this.#settle({ kind: 'ended', status: disbelief });
        continue;
      }
      this.#settle({
        kind: 'finished',
        status: Number(status),
        failed: failed === '1',
        ...(job === undefined || job === '' ? {} : { job: Number(job) }),
      });
    }
  }
}

/**
 * A sourced file can `return`, which a terminal refuses: what follows would be skipped and nobody told. A line after the
 * block's last one, in blocks that hold the word, notes that the end was reached, and with which status.
 */
function mayLeave({ script, mode, internal }: ShellRequest): boolean {
  return mode !== 'background' && internal !== true && /\breturn\b/.test(script);
}

const END = '\n{ __mtx_end=$?; } 2>/dev/null\n';

/** Answers of a block whose success nobody can vouch for. */
const DISBELIEF: Readonly<Record<string, string>> = {
  '2': '`return` outside a function',
  '3': 'its ERR trap, which notices failures, was taken away',
  '4': '`break` or `continue` outside a loop',
};

function kindOf(request: ShellRequest): string {
  const { mode, script, persevere } = request;
  const guarded = mode !== 'background' && /\btrap\b/.test(script);
  return `${guarded ? 'guarded-' : ''}${mayLeave(request) ? 'ending-' : ''}${persevere === true ? 'persevering-' : ''}${mode}`;
}
