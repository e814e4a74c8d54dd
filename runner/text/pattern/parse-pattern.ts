/** Reads the text of a regular expression. Characters and classes are tested by the engine's own RegExp, one at a time. */
import type { PatternFault, PatternNode } from './pattern.ts';

/** A capture inside a pattern: `parse` reads the source that it stands for, the slot gives its place. */
export interface PatternHole {
  readonly start: number;
  readonly end: number;
  /** A regular expression, or literal text for a capture that is bound. */
  readonly source: string;
  readonly literal: boolean;
}

/** What may stand inside brackets as `[:name:]`. */
const NAMED_CLASSES: ReadonlyMap<string, string> = new Map([
  ['alpha', '\\p{L}'],
  ['digit', '\\d'],
  ['alnum', '\\p{L}\\d'],
  ['space', '\\s'],
  ['lower', '\\p{Ll}'],
  ['upper', '\\p{Lu}'],
  ['punct', '\\p{P}'],
]);

const MOST_REPEATS = 1000;
const DEEPEST = 50;

/** Thrown inside this module only. */
class Refused extends Error {
  readonly fault: PatternFault;
  constructor(fault: PatternFault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** The tree of `source`, or why there is none. Hole `n` becomes capture slot `n`. */
export function parsePattern(source: string, holes: readonly PatternHole[] = []): PatternNode | PatternFault {
  try {
    const reader: Reader = { source, holes, at: 0, depth: 0 };
    const node = readChoice(reader);
    if (reader.at < source.length)
      refuse(reader.at, 'this `)` closes nothing', 'write `\\)` for the character');
    return node;
  } catch (error) {
    if (error instanceof Refused) return error.fault;
    throw error;
  }
}

interface Reader {
  readonly source: string;
  readonly holes: readonly PatternHole[];
  at: number;
  depth: number;
}

function refuse(column: number, message: string, hint?: string): never {
  throw new Refused({ column, message, ...(hint !== undefined && { hint }) });
}

function readChoice(reader: Reader): PatternNode {
  reader.depth += 1;
  if (reader.depth > DEEPEST) refuse(reader.at, 'groups are nested too deeply');
  const items = [readSequence(reader)];
  while (reader.source[reader.at] === '|') {
    reader.at += 1;
    items.push(readSequence(reader));
  }
  reader.depth -= 1;
  return items.length === 1 ? (items[0] ?? { kind: 'empty' }) : { kind: 'choice', items };
}

function readSequence(reader: Reader): PatternNode {
  const items: PatternNode[] = [];
  while (reader.at < reader.source.length && !'|)'.includes(reader.source.charAt(reader.at))) {
    items.push(readRepeat(reader, readAtom(reader)));
  }
  return { kind: 'sequence', items };
}

function readRepeat(reader: Reader, item: PatternNode): PatternNode {
  const match = /^(?:[*+?]|\{(\d{1,9})(,(\d{1,9})?)?\})/.exec(reader.source.slice(reader.at, reader.at + 24));
  if (match === null) return item;
  const column = reader.at;
  const [sign, low, comma, high] = match;
  const min = low === undefined ? (sign === '+' ? 1 : 0) : Number(low);
  const max =
    low === undefined ? (sign === '?' ? 1 : Infinity) : comma === undefined ? min : Number(high ?? Infinity);
  if (item.kind === 'assert') refuse(column, 'nothing to repeat');
  if (max < min) refuse(column, 'the numbers are out of order');
  if (min > MOST_REPEATS || (max !== Infinity && max > MOST_REPEATS)) {
    refuse(column, `a pattern can be repeated ${MOST_REPEATS} times at most`);
  }
  reader.at += sign.length;
  const lazy = reader.source[reader.at] === '?';
  if (lazy) reader.at += 1;
  if (/[*+?]/.test(reader.source.charAt(reader.at)))
    refuse(reader.at, 'nothing to repeat', 'group it: `(?:…)*`');
  return { kind: 'repeat', item, min, max, lazy };
}

function readAtom(reader: Reader): PatternNode {
  const { source, at } = reader;
  const slot = reader.holes.findIndex(({ start }) => start === at);
  const hole = reader.holes[slot];
  if (hole !== undefined) {
    reader.at = hole.end;
    return { kind: 'capture', slot, item: hole.literal ? readLiteral(hole.source) : readInner(hole.source) };
  }
  const char = source.charAt(at);
  if (char === '(') return readGroup(reader);
  if (char === '[') return readClass(reader);
  if (char === '\\') return readEscape(reader);
  if (char === '^' || char === '$') {
    reader.at += 1;
    return { kind: 'assert', holds: char === '^' ? (before) => before === '' : (_, after) => after === '' };
  }
  if ('*+?'.includes(char)) refuse(at, 'nothing to repeat', `write \`\\${char}\` for the character`);
  const whole = String.fromCodePoint(source.codePointAt(at) ?? 0);
  reader.at += whole.length;
  if (char === '.') return { kind: 'char', accepts: () => true };
  return { kind: 'char', accepts: (other) => other === whole };
}

function readInner(source: string): PatternNode {
  return readChoice({ source, holes: [], at: 0, depth: 0 });
}

function readLiteral(text: string): PatternNode {
  const items = Array.from(text, (char): PatternNode => ({
    kind: 'char',
    accepts: (other) => other === char,
  }));
  return { kind: 'sequence', items };
}

function readGroup(reader: Reader): PatternNode {
  const start = reader.at;
  const opening =
    /^\((?:\?(?::|<[A-Za-z_]\w*>|<?[=!]|.?))?/.exec(reader.source.slice(start, start + 80))?.[0] ?? '(';
  if (/^\(\?(?!:|<\w)/.test(opening)) {
    refuse(start, `\`${opening}\` is not supported`, 'look-around cannot be matched in bounded time');
  }
  reader.at += opening.length;
  const node = readChoice(reader);
  if (reader.source[reader.at] !== ')')
    refuse(start, 'this `(` is not closed', 'write `\\(` for the character');
  reader.at += 1;
  return node;
}

function readClass(reader: Reader): PatternNode {
  const match = /^\[(\^?)(\]?)((?:\\.|\[:[a-z]+:\]|[^\\\]])*)\]/su.exec(reader.source.slice(reader.at));
  if (match === null) refuse(reader.at, 'this `[` is not closed', 'write `\\[` for the character');
  const [text, negation = '', bracket = '', items = ''] = match;
  const named = items.replaceAll(/\[:([a-z]+):\]/g, (_, name: string) => classNamed(name, reader.at));
  const accepts = testOf(`[${negation}${bracket && '\\]'}${named}]`, reader.at);
  reader.at += text.length;
  return { kind: 'char', accepts };
}

function classNamed(name: string, column: number): string {
  return NAMED_CLASSES.get(name) ?? refuse(column, `there is no class \`[:${name}:]\``);
}

function readEscape(reader: Reader): PatternNode {
  const rest = reader.source.slice(reader.at, reader.at + 40);
  const text = /^\\(?:x[0-9a-fA-F]{2}|u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|[pP]\{[\w=]+\}|.)/su.exec(
    rest,
  )?.[0];
  if (text === undefined) refuse(reader.at, 'nothing follows the `\\`');
  const column = reader.at;
  reader.at += text.length;
  if (text === '\\b' || text === '\\B') return readBoundary(text === '\\b');
  if (/^\\(?:[1-9]|k)/.test(text))
    refuse(column, 'back-references are not supported', 'use a capture: `<<name>>`');
  const literal = /^\\([^\p{L}\p{N}])$/u.exec(text)?.[1];
  if (literal !== undefined) return { kind: 'char', accepts: (char) => char === literal };
  return { kind: 'char', accepts: testOf(text, column) };
}

function readBoundary(wanted: boolean): PatternNode {
  const isWord = (char: string): boolean => /^\w$/.test(char);
  return { kind: 'assert', holds: (before, after) => (isWord(before) !== isWord(after)) === wanted };
}

function testOf(source: string, column: number): (char: string) => boolean {
  try {
    const pattern = new RegExp(`^(?:${source})$`, 'su');
    return (char) => pattern.test(char);
  } catch {
    return refuse(column, `\`${source}\` is no pattern`);
  }
}
