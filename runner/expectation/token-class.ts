/**
 * What may differ from run to run, and nothing more: each class says how its text looks in the page and what may come in
 * its place. Words, counts and numbers without a class belong to none.
 */
import type { EndsFrom } from './captures.ts';
import type { Hole, Piece } from './line-pattern.ts';

/** What surrounds a token, where its class depends on that. */
export interface TokenContext {
  /** The token before it on its line; '' at the start. */
  readonly before: string;
  /** True if minutes alone (`100m`) are an age there, and no CPU quantity. */
  readonly minutes: boolean;
}

interface TokenClass {
  readonly name: string;
  readonly expected: RegExp;
  /** Absent: the same as `expected`. */
  readonly actual?: RegExp;
  readonly applies?: (context: TokenContext) => boolean;
}

const SAFE = 'bcdfghjklmnpqrstvwxz2456789';
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const SHORT_UUID = '(?:[0-9a-f]{4,8}(?:-[0-9a-f]{1,4}){0,3}-?(?:…|\\.\\.\\.))';
const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const DATE = '\\d{4}-\\d\\d-\\d\\d';
const CLOCK = '\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?';
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const WEEKDAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
/** A ReplicaSet's: Kubernetes encodes a number's ten digits so (rand.SafeEncodeString). */
const HASH = '(?=[b-f]*[4-9])[4-9bcdf]{6,10}';
/** Behind a name and a colon stands an image's tag, which may look like an IP, a date or an age. */
const NO_TAG = '(?<![\\w>]:)';
/** Kubernetes writes ages of three hours and more in hours: so many `m` are CPU. */
const CPU = '(?:1[89]\\d|[2-9]\\d\\d|\\d{4,})m(?!\\w)';
const AGE = `(?!${CPU})(?:\\d+(?:\\.\\d+)?(?:ms|us|µs|ns|y|d|h|m|s))+`;
const EPHEMERAL =
  '(?:3276[89]|327[7-9]\\d|32[89]\\d\\d|3[3-9]\\d{3}|[45]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d\\d|655[0-2]\\d|6553[0-5])';

/** Several blank-separated words that are one time: RFC 1123 as in `kubectl describe`, and Go's own form. */
const LONG_TIME = `${WEEKDAY}, \\d\\d? ${MONTH} \\d{4} ${CLOCK} (?:[+-]\\d{4}|UTC|GMT)|${DATE} ${CLOCK}(?: [+-]\\d{4})?(?: (?:UTC|GMT))?`;

/** The order decides where two classes fit. */
const CLASSES: readonly TokenClass[] = [
  { name: 'UUID', expected: whole(UUID) },
  { name: 'UUID', expected: whole(SHORT_UUID), actual: whole(`(?:${UUID}|${SHORT_UUID})`) },
  { name: 'time', expected: whole(LONG_TIME) },
  { name: 'time', expected: whole(`${DATE}T${CLOCK}(?:Z|[+-]\\d\\d:\\d\\d)`) },
  { name: 'time', expected: whole(`${NO_TAG}${DATE}`) },
  { name: 'time', expected: whole(CLOCK) },
  { name: 'IP', expected: whole(`${NO_TAG}(?:${OCTET}\\.){3}${OCTET}`, '(?![\\w-]|\\.\\d)') },
  { name: 'IP', expected: /(?<![\w:.])(?=[0-9a-f:]*::|(?:[0-9a-f]{1,4}:){7})[0-9a-f:]{3,39}(?![\w:])/iy },
  {
    name: 'port',
    expected: new RegExp(
      `(?<=(?:127\\.0\\.0\\.1|localhost|\\[::1\\]|0\\.0\\.0\\.0):)${EPHEMERAL}(?!\\d)`,
      'y',
    ),
  },
  { name: 'resource version', expected: /(?<=resource-?version"?[=:]\s*"?)\d+(?!\w)/iy },
  {
    name: 'resource version',
    expected: /(?<=^"?)\d+(?=[",]*$)/y,
    applies: ({ before }) => /resourceversion"?:$/i.test(before),
  },
  {
    name: 'pod hash',
    expected: suffix(`(?:${HASH}-[${SAFE}]{5}|[a-z0-9]{1,10}…-[a-z0-9]{5})`),
    actual: suffix(`${HASH}-[${SAFE}]{5}`),
  },
  { name: 'pod hash', expected: suffix(`(?=\\d*[a-z])${HASH}`) },
  {
    name: 'pod hash',
    expected: suffix(`(?=\\d*[a-z])(?=[a-z]*\\d)[${SAFE}]{5}`),
    actual: suffix(`[${SAFE}]{5}`),
  },
  { name: 'pod hash', expected: new RegExp(`(?<=pod-template-hash[=:])[${SAFE}]{6,10}(?!\\w)`, 'y') },
  { name: 'age', expected: whole(`${NO_TAG}(?!\\d+m(?!\\w))${AGE}`), actual: whole(AGE) },
  { name: 'age', expected: whole(`${NO_TAG}${AGE}`), applies: ({ minutes }) => minutes },
];

/** The tokens of a line with their places: words, but a time of several words is one token. */
export function splitTokens(line: string): readonly { readonly text: string; readonly start: number }[] {
  return [...line.matchAll(TOKEN)].map((match) => ({ text: match[0], start: match.index }));
}

const TOKEN = new RegExp(`(?<!\\S)(?:${LONG_TIME})(?!\\S)|\\S+`, 'g');

/** The pieces of an expected token from `start` to `end`: literals, and a hole for each part that has a class. */
export function classPieces(
  token: string,
  start: number,
  end: number,
  context: TokenContext,
): readonly Piece[] {
  const pieces: Piece[] = [];
  let literal = start;
  for (const part of findClasses(token, start, end, context)) {
    if (part.start > literal) pieces.push({ kind: 'text', text: token.slice(literal, part.start) });
    pieces.push(part.hole);
    literal = part.end;
  }
  if (literal < end) pieces.push({ kind: 'text', text: token.slice(literal, end) });
  return pieces;
}

/** A part of an expected token that has a class. */
export interface ClassedPart {
  readonly start: number;
  readonly end: number;
  readonly hole: Hole;
}

/** The parts of an expected token from `start` to `end` that may differ inside their class, in order. */
export function findClasses(
  token: string,
  start: number,
  end: number,
  context: TokenContext,
): readonly ClassedPart[] {
  const parts: ClassedPart[] = [];
  for (let at = start; at < end;) {
    const found = findClass(token, at, context);
    if (found === undefined || found.end > end) at += 1;
    else {
      parts.push({ start: at, ...found });
      at = found.end;
    }
  }
  return parts;
}

function findClass(text: string, at: number, context: TokenContext): { hole: Hole; end: number } | undefined {
  for (const known of CLASSES) {
    if (known.applies?.(context) === false) continue;
    const end = endOf(known.expected, text, at);
    if (end === undefined) continue;
    const pattern = known.actual ?? known.expected;
    const ends: EndsFrom = (line, start) => {
      const last = endOf(pattern, line, start);
      return last === undefined ? [] : [last];
    };
    return { hole: { kind: 'hole', ends, reason: `${known.name} may differ` }, end };
  }
  return undefined;
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(text)?.[0];
  return found === undefined || found === '' ? undefined : at + found.length;
}

/** A pattern that no word continues on either side. */
function whole(source: string, after = '(?![\\w-])'): RegExp {
  return new RegExp(`(?<![\\w.+-])(?:${source})${after}`, 'iy');
}

/** The end of a name after its stable part, which may be a capture. */
function suffix(source: string): RegExp {
  return new RegExp(`(?<=[a-z0-9>])-${source}(?![\\w-])`, 'y');
}
