/**
 * Finds and ends the processes of a chain. A process group holds what a shell started; what made a session of its own
 * (`setsid`, a daemon) is found by its session's marker or, where a marker could not be set, by its output or its folder.
 *
 * The second part reads /proc and works on Linux only. Elsewhere only process groups are ended.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Clock } from './execution-options.ts';
import type { ChainFolders } from './folders.ts';
import { hasLoweredLimit, testFor, type FreeLimit } from './marker.ts';

export interface StrayProcess {
  readonly pid: number;
  readonly command: string;
}

const patienceMs = 2000;

/**
 * Sends a signal to a process (or, negative, to a group); false if there is none. Refuses what would hit more than one
 * chain: everybody (-1), init, our own group under any of its names (0), ourselves, and what is no number.
 */
export function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  const target = Math.abs(pid);
  if (!Number.isSafeInteger(pid) || target <= 1 || target === process.pid) return false;
  if (pid < 0 && target === readStatus(process.pid)?.group) return false;
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** The living processes of a group; where /proc is missing, the group's own id while any process is in it. */
export function listGroup(group: number): readonly number[] {
  if (!sendSignal(-group, 0)) return [];
  const pids = listPids();
  if (pids.length === 0) return [group];
  return pids.filter((pid) => {
    const status = readStatus(pid);
    return status !== undefined && status.group === group && status.state !== 'Z';
  });
}

/** By what a process is known to be a chain's. */
export interface Traces {
  readonly marker: string;
  /** The limit that holds the marker too; absent if none does. */
  readonly limit?: FreeLimit | undefined;
  /** The process that all others were started after. */
  readonly shell: number;
  readonly folders: ChainFolders;
}

/**
 * The living processes that carry the marker. One without any may have wiped its environment where no limit holds the
 * marker: it is known by its output or its current folder; one that
 * lowered the limit, by that.
 */
export function findStrays({ marker, limit, shell, folders }: Traces): readonly StrayProcess[] {
  const wrapped = hasWrapped(shell);
  const earliest = readStatus(process.pid)?.start ?? 0;
  const { isLimit, isVariable, isOther } = testFor(marker);
  const pids = listPids().filter((pid) => (pid > shell || wrapped) && pid !== process.pid);
  const limitsOf = new Map(pids.map((pid) => [pid, readProc(pid, 'limits')]));
  // Who lowered the limit says no longer whose he was: where another session runs, he may be that one's.
  const isAlone = ![...limitsOf.values()].some(isOther);
  return pids.flatMap((pid) => {
    const status = readStatus(pid);
    if (status === undefined || status.state === 'Z' || status.start < earliest) return [];
    const limits = limitsOf.get(pid) ?? '';
    const isLowered = isAlone && limit !== undefined && hasLoweredLimit(limits, limit);
    const belongs =
      isLimit(limits) ||
      (isVariable(readProc(pid, 'environ')) ?? (isLowered || usesFolders(pid, status, folders)));
    if (!belongs) return [];
    return [{ pid, command: readArguments(pid).replaceAll('\0', ' ').trim() }];
  });
}

/** What the process was started with, which only `exec` changes; empty without /proc. */
export function readArguments(pid: number): string {
  return readProc(pid, 'cmdline');
}

/** True if a descriptor of the process leads to a file whose path starts like that; false without /proc. */
export function holdsFile(pid: number, start: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((descriptor) => {
      return readlinkSync(`/proc/${pid}/fd/${descriptor}`).startsWith(start);
    });
  } catch {
    return false;
  }
}

/** TERM, then KILL for what is still there after 2 s. Resolves when nothing of it is alive. Negative ids are groups. */
export async function endProcesses(find: () => readonly number[], clock: Clock): Promise<void> {
  let left = find();
  for (const pid of left) sendSignal(pid, 'SIGTERM');
  const deadline = clock.now() + patienceMs;
  for (let wait = 1; left.length > 0 && clock.now() < deadline; wait = Math.min(wait * 2, 50)) {
    await sleep(clock, wait);
    left = find();
  }
  for (let tries = 0; left.length > 0 && tries < 40; tries += 1) {
    for (const pid of left) sendSignal(pid, 'SIGKILL');
    await sleep(clock, 5 * (tries + 1));
    left = find();
  }
}

function sleep(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}

function listPids(): readonly number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0);
  } catch {
    return [];
  }
}

/** True if process ids started from the beginning again after `since` was given out. */
function hasWrapped(since: number): boolean {
  try {
    return Number(readFileSync('/proc/loadavg', 'utf8').trim().split(' ').at(-1)) < since;
  } catch {
    return true;
  }
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}

interface Status {
  readonly state: string;
  readonly parent: number;
  readonly group: number;
  /** 0 without a terminal. */
  readonly terminal: string;
  /** In ticks since the machine's start. */
  readonly start: number;
}

function readStatus(pid: number): Status | undefined {
  const fields = readProc(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [];
  const [state, parent, group, , terminal] = fields;
  if (state === undefined || terminal === undefined) return undefined;
  return { state, parent: Number(parent), group: Number(group), terminal, start: Number(fields[19]) };
}

/** What has a terminal is somebody who looks into the folder; what mtx-doc starts itself may work in it. */
function usesFolders(pid: number, { terminal, parent }: Status, folders: ChainFolders): boolean {
  if (readsLink(pid, 'fd/1', folders.blocks) || readsLink(pid, 'fd/2', folders.blocks)) return true;
  if (terminal !== '0' || parent === process.pid) return false;
  return [folders.work, folders.home, folders.temp].some((folder) => readsLink(pid, 'cwd', folder));
}

function readsLink(pid: number, link: string, folder: string): boolean {
  if (!/^\/[^/]+\/./.test(folder)) return false;
  try {
    return `${readlinkSync(`/proc/${pid}/${link}`)}/`.startsWith(`${folder}/`);
  } catch {
    return false;
  }
}
