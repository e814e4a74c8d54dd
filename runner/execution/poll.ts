/** The rules of waiting by trying again: how long between tries, and when it is hopeless. */
import type { ExpectBlock } from '../chapter/chapter.ts';
import type { Attempt } from './attempt.ts';

const firstDelayMs = 200;
const longestDelayMs = 5000;

/** How long a run is polled and how often; undefined if no expectation says `within=`. */
export interface Polling {
  readonly withinMs: number;
  readonly everyMs?: number;
}

/** The widest `within=` and the shortest `every=` of a run's expectations. */
export function findPolling(expected: readonly ExpectBlock[]): Polling | undefined {
  const within = expected.flatMap(({ withinMs }) => withinMs ?? []);
  const every = expected.flatMap(({ everyMs }) => everyMs ?? []);
  if (within.length === 0) return undefined;
  return { withinMs: Math.max(...within), ...(every.length === 0 ? {} : { everyMs: Math.min(...every) }) };
}

/** The wait after try number `tries` (from 1): `every=`, or 200 ms that double up to 5 s. */
export function nextDelay({ everyMs }: Polling, tries: number): number {
  return everyMs ?? Math.min(firstDelayMs * 2 ** (tries - 1), longestDelayMs);
}

const mayPass =
  /not ?found|no such (?:file|host)|connection (?:refused|reset)|timed? ?out|EOF|unavailable|no route/i;
/** What shells, cobra's commands, kubectl and cub say to a command line that can never work. */
const usage = new RegExp(
  [
    'unknown (?:shorthand )?(?:flag|command)|unknown shorthand|flag needs an argument|required flag|invalid argument "',
    'accepts .*arg\\(s\\), received|requires .*arg\\(s\\)|is a required argument|space is required\\. Set with',
    'must specify the type of resource|required resource not specified|unable to match a printer',
    'unrecognized condition|cannot be provided when|\\(BadRequest\\)|: command not found',
  ].join('|'),
  'i',
);
/** As servers say it, in capitals; a resource may be called `forbidden`. */
const refused = /\bForbidden\b|\bUnauthorized\b|must be logged in|\bHTTP 40[13]\b/;

/**
 * True for an error that no waiting mends: a command that is used wrongly or that is not allowed. What is not there
 * yet, or not reachable yet, is worth another try. A status that the page expects is no error.
 */
export function isHopeless(attempt: Attempt, expected: readonly ExpectBlock[]): boolean {
  const { status, output } = attempt;
  if (status === undefined || status === 0 || expected.some(({ exit }) => exit === status)) return false;
  const said = output.both ?? (output.stderr === '' ? output.stdout : output.stderr);
  if (usage.test(said) || refused.test(said.replaceAll(/"[^"\n]*"/g, ''))) return true;
  return status === 2 && !mayPass.test(said);
}
