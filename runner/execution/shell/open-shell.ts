/**
 * Starts a chapter's bash and speaks with it; the other side is session.sh.
 *
 * `child_process.spawn` rather than execa: the session needs a process group of its own and no buffering of its streams,
 * and a chapter's blocks cost no process that execa could make more pleasant.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, ftruncateSync, linkSync, openSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { markerVariable } from '../environment.ts';
import type { ChainFolders } from '../folders.ts';
import { createMarker, readFreeLimit, type FreeLimit } from '../marker.ts';
import {
  endProcesses,
  findStrays,
  holdsFile,
  listGroup,
  readArguments,
  type StrayProcess,
} from '../processes.ts';
import { Channel } from './channel.ts';
import type { Shell, ShellAnswer, ShellEnd, ShellRequest, ShellSetup } from './shell.ts';
import { Spool } from './spool.ts';

const script = fileURLToPath(new URL('session.sh', import.meta.url));
/** How long a shell may take to run its EXIT trap. */
const farewellMs = 2000;
/** How often it is looked whether the shell became another program (`exec`): it tells nobody. */
const lookMs = 250;
/** One process makes so many pairs of pipes, within so long. */
const pairsAtOnce = 8;
const pipesMs = 10_000;

type Limits = Pick<ShellRequest, 'timeoutMs' | 'signal'>;

/** Throws if bash cannot be started or cannot make its pipes. */
export async function openShell(setup: ShellSetup): Promise<Shell> {
  const { folders, state, clock } = setup;
  const marker = createMarker();
  const path = setup.nextFile();
  const limit = readFreeLimit();
  const args = [script, path, String(pairsAtOnce), state ?? '', limit ?? '', setup.secretPattern];
  const child = spawn('bash', ['--noprofile', '--norc', ...args], {
    cwd: folders.work,
    env: { ...setup.environment, [markerVariable]: marker },
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const pid = child.pid;
  if (pid === undefined) {
    throw await new Promise<Error>((resolve) => child.once('error', resolve));
  }
  // While the shell makes its pipes, so that it costs no block any time.
  setup.watchdog.watch(pid, marker, setup.keep ? '' : folders.root);
  const cancel = clock.after(pipesMs, () => child.kill('SIGKILL'));
  // Listened for from the start: a shell may end as soon as it was ready.
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 0));
  });
  const ready = await text(child.stdio[3] as Readable);
  cancel();
  if (ready === '') {
    child.kill('SIGKILL');
    setup.watchdog.forget(pid);
    throw explainPipes(folders);
  }
  return new Session({ pid, ended, marker, limit, path }, setup);
}

function explainPipes({ blocks }: ChainFolders): Error {
  return new Error(
    `no named pipes could be made in ${blocks}: mkfifo is missing or failed; set TMPDIR to a folder of a local file system`,
  );
}

function listPairs(path: string): readonly string[] {
  return Array.from({ length: pairsAtOnce }, (_, index) => `${path}.${index}`);
}

interface Identity {
  readonly pid: number;
  /** Its status or the signal that ended it. */
  readonly ended: Promise<number | string>;
  readonly marker: string;
  readonly limit: FreeLimit | undefined;
  /** Where its files are, without endings. */
  readonly path: string;
}

class Session implements Shell {
  readonly pid: number;
  readonly #setup: ShellSetup;
  readonly #marker: string;
  readonly #limit: FreeLimit | undefined;
  readonly #channel: Channel;
  /** By which it is known: another program has others. */
  readonly #arguments: string;
  readonly #spool: Spool;
  readonly #script: { readonly path: string; readonly descriptor: number };
  readonly #gone: Promise<void>;
  #status: number | string | undefined;
  /** Why output of this shell could not be kept. */
  #lost: string | undefined;
  #settle: ((end: ShellEnd) => void) | undefined;
  #token = '';

  constructor({ pid, ended, marker, limit, path }: Identity, setup: ShellSetup) {
    this.pid = pid;
    this.#arguments = readArguments(pid);
    this.#marker = marker;
    this.#limit = limit;
    this.#setup = setup;
    this.#spool = new Spool(listPairs(path), {
      makePairs: () => this.#makePairs(),
      isHeldByShell: (path) => holdsFile(this.pid, path),
      lose: (reason) => {
        this.#lost = reason;
        this.#settle?.({ kind: 'ended', status: reason });
      },
    });
    this.#script = { path: `${path}.script`, descriptor: openSync(`${path}.script`, 'w') };
    this.#channel = new Channel(path, (line) => this.#read(line));
    this.#gone = this.#outlive(ended);
  }

  isAlive(): boolean {
    return this.#status === undefined;
  }

  async run(request: ShellRequest): Promise<ShellAnswer> {
    const path = this.#writeScript(request);
    if (request.mode === 'background') {
      const { path: output, spooled } = await this.#spool.beginEndless();
      return { end: await this.#runScript(request, path, output), spooled, secrets: [], path };
    }
    const part = await this.#spool.begin(request.mode === 'merged');
    const end = await this.#runScript(request, path, part.path);
    return { end, spooled: part.end(), secrets: this.#channel.readSecrets(), path };
  }

  async #makePairs(): Promise<readonly string[]> {
    const path = this.#setup.nextFile();
    const end = await this.#execute(`pipes ${basename(path)} ${pairsAtOnce}`, { timeoutMs: pipesMs });
    if (end.kind === 'finished' && end.status === 0) return listPairs(path);
    throw explainPipes(this.#setup.folders);
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
    return this.#execute(`${kindOf(request)} ${basename(path)} ${basename(output)}`, request);
  }

  async #execute(line: string, limits: Limits): Promise<ShellEnd> {
    if (this.#status !== undefined) return { kind: 'ended', status: this.#status };
    this.#token = randomBytes(12).toString('base64url');
    const end = await this.#await(`${line}\n${this.#token}\n`, limits);
    if (end.kind !== 'finished') await this.#endAll();
    return end;
  }

  async #outlive(ended: Promise<number | string>): Promise<void> {
    const status = await ended;
    this.#status = status;
    // An answer that was written before the end may still be on its way.
    await setImmediate();
    this.#settle?.({ kind: 'ended', status });
  }

  async close(): Promise<readonly StrayProcess[]> {
    if (this.#status === undefined) {
      this.#channel.send('end\n');
      const cancel = this.#setup.clock.after(farewellMs, () => void this.#endGroup());
      await this.#gone;
      cancel();
    }
    await this.#endGroup();
    const strays = this.#findStrays();
    if (strays.length > 0) await this.#endAll();
    this.#setup.watchdog.forget(this.pid);
    closeSync(this.#script.descriptor);
    this.#channel.close();
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
    return findStrays({
      marker: this.#marker,
      limit: this.#limit,
      shell: this.pid,
      folders: this.#setup.folders,
    });
  }

  #await(lines: string, { timeoutMs, signal }: Limits): Promise<ShellEnd> {
    const started = this.#setup.clock.now();
    const { promise, resolve } = Promise.withResolvers<ShellEnd>();
    const cancel = this.#setup.clock.after(timeoutMs, () => {
      this.#settle?.({ kind: 'timeout', afterMs: this.#setup.clock.now() - started });
    });
    const stopLooking = this.#look();
    const interrupt = (): void => this.#settle?.({ kind: 'interrupted' });
    signal?.addEventListener('abort', interrupt);
    this.#settle = (end) => {
      this.#settle = undefined;
      cancel();
      stopLooking();
      signal?.removeEventListener('abort', interrupt);
      resolve(end);
    };
    if (this.#lost !== undefined) this.#settle({ kind: 'ended', status: this.#lost });
    else if (signal?.aborted === true) interrupt();
    else this.#channel.send(lines);
    return promise;
  }

  /** `exec` makes the shell something else that never answers. What has no arguments any more is about to exit. */
  #look(): () => void {
    let cancel = (): void => undefined;
    const look = (): void => {
      cancel = this.#setup.clock.after(lookMs, () => {
        if (['', this.#arguments].includes(readArguments(this.pid))) look();
        else this.#settle?.({ kind: 'ended', status: 'exec' });
      });
    };
    look();
    return () => cancel();
  }

  /** Only a whole line that starts with the block's token is an answer; anything else in the pipe is noise. */
  #read(line: string): void {
    const [token, status, failed, job] = line.split(' ');
    if (token !== this.#token || this.#settle === undefined) return;
    const disbelief = DISBELIEF[failed ?? ''];
    if (disbelief !== undefined) {
      this.#settle({ kind: 'ended', status: disbelief });
      return;
    }
    this.#settle({
      kind: 'finished',
      status: Number(status),
      failed: failed === '1',
      ...(job === undefined || job === '' ? {} : { job: Number(job) }),
    });
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
  const { mode, persevere } = request;
  return `${mayLeave(request) ? 'ending-' : ''}${persevere === true ? 'persevering-' : ''}${mode}`;
}
