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
    'unrecognized condition|cannot be provided when|: command not found|valid --types are|--sort-by accepts only',
    'no need to specify a resource type as a separate argument|must have a single resource and name',
    'cannot be retrieved by name across|only a selector \\(-l\\) or a|--raw must be a valid|Invalid timeout value',
    'error parsing (?:jsonpath|template)|unexpected custom-columns spec|unsupported jq expression|name the filter with',
    'HTTP 400 .*(?:invalid operator|no operand found|unrecognized attribute|operand of|where_data needs)',
  ].join('|'),
  'i',
);
/** As servers refuse, with the reason in brackets: what a page itself prints may well speak of `Forbidden`. */
const refused = /\((?:BadRequest|Forbidden|Unauthorized)\).*|must be logged in|\bHTTP 40[13]\b/g;
/** What servers refuse only for now, under the same reasons: a container, an account, a quota, a namespace on its way. */
const forNow =
  /waiting to start|\bcontainer .*(?:not found|not available|is terminated)|host assigned|service ?account .*not found|exceeded quota|being terminated|not yet ready/i;

/**
 * True for an error that no waiting mends: a command that is used wrongly or that is not allowed, whatever exit status
 * the page expects, since another try says the same. What is not there yet, or not reachable yet, is worth another try.
 * Status 2 alone says "used wrongly" only where the page does not expect it.
 */
export function isHopeless(attempt: Attempt, expected: readonly ExpectBlock[]): boolean {
  const { status, output } = attempt;
  if (status === undefined || status === 0) return false;
  const said = output.both ?? (output.stderr === '' ? output.stdout : output.stderr);
  if (usage.test(said) || (said.match(refused) ?? []).some((text) => !forNow.test(text))) return true;
  return status === 2 && !mayPass.test(said) && !expected.some(({ exit }) => exit === status);
}
