/**
 * Finds and ends the processes of a chain. A process group holds what a shell started; what made a session of its own
 * (`setsid`, a daemon) is found by the marker in its environment or by its output.
 *
 * The second part reads /proc and works on Linux only. Elsewhere only process groups are ended.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { markerVariable } from './environment.ts';
import type { Clock } from './execution-options.ts';

export interface StrayProcess {
  readonly pid: number;
  readonly command: string;
}

const patienceMs = 2000;

/** Sends a signal to a process (or, negative, to a group); false if there is none. */
export function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
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

/**
 * The living processes that were started after `shell` and carry its marker. One that wiped its environment is known by
 * its output, which goes into a file of the folder `outputs`.
 */
export function findStrays(marker: string, shell: number, outputs: string): readonly StrayProcess[] {
  const wrapped = hasWrapped(shell);
  return listPids().flatMap((pid) => {
    if (pid <= shell && !wrapped) return [];
    const given = readProc(pid, 'environ')
      .split('\0')
      .find((entry) => entry.startsWith(`${markerVariable}=`));
    const belongs =
      given === undefined ? writesInto(pid, outputs) : given.slice(markerVariable.length + 1) === marker;
    if (!belongs || readStatus(pid)?.state === 'Z') return [];
    return [{ pid, command: readProc(pid, 'cmdline').replaceAll('\0', ' ').trim() }];
  });
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

function readStatus(pid: number): { readonly state: string; readonly group: number } | undefined {
  const [state, , group] = readProc(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [];
  return state === undefined || group === undefined ? undefined : { state, group: Number(group) };
}

function writesInto(pid: number, folder: string): boolean {
  return [1, 2].some((descriptor) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${descriptor}`).startsWith(`${folder}/`);
    } catch {
      return false;
    }
  });
}
