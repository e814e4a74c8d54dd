/**
 * Captures: `<<name>>` in an expected text stands for a token that differs from run to run, and must be the same at each
 * later use. The table says what each type may stand for.
 */
import { suggestOrList } from '../text/suggest.ts';
import type { Captures, ExpectationProblem } from './expectation.ts';

/** What a hole in a line can be filled with: from `start`, the ends that are allowed, the preferred one first. */
export type EndsFrom = (line: string, start: number) => Iterable<number>;

/** A capture as written. `_` binds nothing. */
export interface CaptureUse {
  readonly name: string;
  readonly type: CaptureType;
  readonly start: number;
  readonly end: number;
}

export type CaptureType = 'token' | 'uuid' | 'int' | 'age' | 'ip' | 'time' | 'word' | 'line';

const AGE = /(?:\d+(?:\.\d+)?(?:y|d|h|ms|us|µs|ns|m|s))+|<unknown>|<invalid>/y;
const INT = /-?\d+/y;
const WORD = /[\p{L}\p{N}_][\p{L}\p{N}_-]*/uy;
const UUID = /[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}/y;
const IP = /(?:\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}/y;
const TIME =
  /\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z| ?[+-]\d\d:?\d\d(?: UTC)?)?)?|(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?\d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d(?: (?:[+-]\d{4}|UTC|GMT))?|\d\d:\d\d:\d\d(?:\.\d+)?/y;

/** What may stand in a capture of each type; `token` is the type of a capture that states none. */
export const CAPTURE_TYPES: Readonly<Record<CaptureType, EndsFrom>> = {
  token: tokenEnds,
  uuid: longest(UUID),
  int: longest(INT),
  age: longest(AGE),
  ip: longest(IP),
  time: longest(TIME),
  word: longest(WORD),
  line: lineEnds,
};

/** The same as sources of regular expressions, for patterns that captures stand in. */
export const CAPTURE_SOURCES: Readonly<Record<CaptureType, string>> = {
  token: '\\S+?',
  uuid: UUID.source,
  int: INT.source,
  age: AGE.source,
  ip: IP.source,
  time: TIME.source,
  word: WORD.source,
  line: '.*',
};

const TYPE_NAMES = Object.keys(CAPTURE_TYPES) as CaptureType[];
const USE = /<<([^<>\s:]*)(?::([^<>\s]*))?>>/g;
const NAME = /^[A-Za-z_][\w-]*$/;

/** The well-formed captures of a line, in order. */
export function findCaptures(line: string): readonly CaptureUse[] {
  return [...line.matchAll(USE)].flatMap((match) => {
    const name = match[1] ?? '';
    const type = typeOf(match[2]);
    if (type === undefined || !NAME.test(name)) return [];
    return [{ name, type, start: match.index, end: match.index + match[0].length }];
  });
}

/** Captures with a name or a type that does not exist. */
export function checkCaptures(lines: readonly string[]): readonly ExpectationProblem[] {
  return lines.flatMap((text, line) =>
    [...text.matchAll(USE)].flatMap((match) => {
      const name = match[1] ?? '';
      const place = { line, column: match.index, length: match[0].length };
      if (!NAME.test(name)) {
        const message = `\`${match[0]}\` is no capture`;
        return [
          { ...place, code: 'format:bad-capture', message, hint: 'write `<<name>>` or `<<name:uuid>>`' },
        ];
      }
      if (typeOf(match[2]) !== undefined) return [];
      const message = `there is no capture type \`${match[2] ?? ''}\``;
      const hint = suggestOrList(match[2] ?? '', TYPE_NAMES.slice(1));
      return [{ ...place, code: 'format:unknown-capture-type', message, hint }];
    }),
  );
}

/** `text` with the values that are known in the place of their captures. */
export function fillCaptures(text: string, captures: Captures): string {
  let filled = '';
  let from = 0;
  for (const { name, start, end } of findCaptures(text)) {
    const value = valueOf(captures, name);
    if (value === undefined) continue;
    filled += text.slice(from, start) + value;
    from = end;
  }
  return filled + text.slice(from);
}

/** The value of a capture, if it is bound. */
export function valueOf(captures: Captures, name: string): string | undefined {
  return name !== '_' && Object.hasOwn(captures, name) ? captures[name] : undefined;
}

function typeOf(written: string | undefined): CaptureType | undefined {
  return written === undefined ? 'token' : TYPE_NAMES.find((name) => name === written && name !== 'token');
}

function longest(pattern: RegExp): EndsFrom {
  return (line, start) => {
    pattern.lastIndex = start;
    const found = pattern.exec(line)?.[0];
    return found === undefined || found === '' ? [] : [start + found.length];
  };
}

/** Up to punctuation that usually closes a token; else further, up to the next blank; else shorter. */
function* tokenEnds(line: string, start: number): Iterable<number> {
  const clean = endOf(/[^\s"'`,;()<>[\]{}]*/y, line, start);
  const whole = endOf(/\S*/y, line, start);
  if (clean > start) yield clean;
  for (let end = Math.max(clean, start) + 1; end <= whole; end += 1) yield end;
  for (let end = clean - 1; end > start; end -= 1) yield end;
}

function* lineEnds(line: string, start: number): Iterable<number> {
  for (let end = line.length; end >= start; end -= 1) yield end;
}

function endOf(pattern: RegExp, line: string, start: number): number {
  pattern.lastIndex = start;
  return start + (pattern.exec(line)?.[0].length ?? 0);
}
