/**
 * By what the processes of a session are known wherever they go: a number in their environment and, on Linux, the same
 * number as a resource limit. The kernel has not looked at two of its limits since 2.4, but hands them on to every
 * child, over `env -i`, `setsid` and the death of the parent, shows them in /proc, and lets nobody raise them again. The
 * second is for a session inside another one, whose number the first one holds. Who lowers such a limit shows just by that
 * what he is: nobody else has a reason to.
 */
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { markerVariable } from './environment.ts';

/** All are equally long, so that none is the beginning of another. */
const [lowest, count] = [10 ** 14, 2 ** 47];

/** A number for one session, in decimal. */
export function createMarker(): string {
  return String(randomInt(lowest, lowest + count));
}

/** The option of bash's `ulimit` for a limit that is still free for a number: see `findFreeLimit`. */
export type FreeLimit = '-x' | '-m';

/** What a child of this process can still be marked with; undefined where there is no such limit, as on macOS. */
export function readFreeLimit(): FreeLimit | undefined {
  try {
    return findFreeLimit(readFileSync('/proc/self/limits', 'latin1'));
  } catch {
    return undefined;
  }
}

/** `limits` is the text of /proc/PID/limits. */
export function findFreeLimit(limits: string): FreeLimit | undefined {
  if (/^Max file locks +unlimited +unlimited /m.test(limits)) return '-x';
  if (/^Max resident set +unlimited +unlimited /m.test(limits)) return '-m';
  return undefined;
}

/**
 * True if the limit with which a session marks its processes is a number that is no session's at all: a process that
 * lowered it. Not one of ours if it names another session in its environment.
 */
export function hasLoweredLimit(limits: string, limit: FreeLimit): boolean {
  const row = limit === '-x' ? /^Max file locks +\w+ +(\d+) /m : /^Max resident set +\w+ +(\d+) /m;
  const unit = limit === '-x' ? 1 : 1024;
  const [, hard] = row.exec(limits) ?? [];
  return hard !== undefined && Number(hard) < lowest * unit;
}

/** Tells from a process's `limits` and `environ` in /proc whether it carries the marker. */
export interface MarkerTest {
  readonly isLimit: (limits: string) => boolean;
  /** True if a limit holds the number of another session. */
  readonly isOther: (limits: string) => boolean;
  /** Undefined if it carries none at all. */
  readonly isVariable: (environ: string) => boolean | undefined;
}

/** Hard limits; the kernel lists the resident set before the file locks. */
const ROWS = /^Max resident set +\w+ +(\d+|unlimited) [^]*^Max file locks +\w+ +(\d+|unlimited) /m;

/** Nothing but exactly this number is recognised. The lower, changeable limit does not count. */
export function testFor(marker: string): MarkerTest {
  const bytes = BigInt(marker) * 1024n;
  const row = new RegExp(`^Max (?:file locks +\\w+ +${marker}|resident set +\\w+ +${bytes}) `, 'm');
  return {
    isLimit: (limits) => row.test(limits),
    isOther(limits) {
      const [, resident, locks] = ROWS.exec(limits) ?? [];
      const numbers = [Number(locks), Number(resident) / 1024];
      return !row.test(limits) && numbers.some((number) => number >= lowest && number < lowest + count);
    },
    isVariable(environ) {
      const given = environ.split('\0').find((entry) => entry.startsWith(`${markerVariable}=`));
      return given === undefined ? undefined : given === `${markerVariable}=${marker}`;
    },
  };
}
