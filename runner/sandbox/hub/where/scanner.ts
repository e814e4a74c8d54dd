/** The tokens of the where grammar. Each `take…` skips blanks, and takes its token or leaves the position where it was. */
import { badRequest } from '../errors.ts';
import type { Literal, Operator } from './where.ts';

/** Where we are in an expression. */
export interface Scanner {
  /** What has not been taken, without leading blanks: error messages quote it. */
  rest(): string;
  atEnd(): boolean;
  takeSign(sign: string): boolean;
  takeWord(word: string): boolean;
  /** `LEN(` */
  takeLength(): boolean;
  takeAttribute(): string | undefined;
  takeOperator(): Operator | undefined;
  takeLiteral(): Literal | undefined;
}

/** Longest first. The right side is the operator's one name. */
const SIGNS: readonly (readonly [string, Operator])[] = [
  ['!~~', 'NOT LIKE'],
  ['!~*', '!~*'],
  ['!~', '!~'],
  ['~~', 'LIKE'],
  ['~*', '~*'],
  ['~', '~'],
  ['!=', '!='],
  ['<=', '<='],
  ['>=', '>='],
  ['=', '='],
  ['<', '<'],
  ['>', '>'],
  ['?', '?'],
];

const WORDS: readonly (readonly [RegExp, Operator])[] = [
  [/^IS[ \t]+NOT[ \t]+NULL(?![A-Za-z0-9])/, 'IS NOT NULL'],
  [/^IS[ \t]+NULL(?![A-Za-z0-9])/, 'IS NULL'],
  [/^NOT[ \t]+IN(?![A-Za-z0-9])/, 'NOT IN'],
  [/^IN(?![A-Za-z0-9])/, 'IN'],
  [/^LIKE(?![A-Za-z0-9])/, 'LIKE'],
  [/^ILIKE(?![A-Za-z0-9])/, 'ILIKE'],
];

const MAX_STRING = 255;

/** Begins at the first character of `text` that is no blank. */
export function createScanner(text: string): Scanner {
  let rest = text.replace(/^[ \t]+/, '');
  const advance = (length: number): void => {
    rest = rest.slice(length).replace(/^[ \t]+/, '');
  };
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    const match = pattern.exec(rest);
    if (match === null) return undefined;
    advance(match[0].length);
    return match;
  };
  return {
    rest: () => rest,
    atEnd: () => rest === '',
    takeSign: (sign) => rest.startsWith(sign) && (advance(sign.length), true),
    takeWord: (word) =>
      rest.startsWith(word) && /^(?:[ \t]|$)/.test(rest.slice(word.length)) && (advance(word.length), true),
    takeLength: () => take(/^LEN[ \t]*\(/) !== undefined,
    takeAttribute: () => take(/^[A-Za-z]{1,41}(?:\.[A-Za-z0-9](?:[A-Za-z0-9_./-]*[A-Za-z0-9_])?)?/)?.[0],
    takeOperator: () => {
      for (const [sign, operator] of SIGNS) {
        if (!rest.startsWith(sign)) continue;
        advance(sign.length);
        return operator;
      }
      return WORDS.find(([pattern]) => take(pattern) !== undefined)?.[1];
    },
    takeLiteral: () => {
      const string = take(/^'([^'"\\]*)'/);
      if (string !== undefined) return stringLiteral(string[1] ?? '');
      const integer = take(/^\d{1,10}(?![A-Za-z0-9.])/);
      if (integer !== undefined) return { kind: 'integer', value: Number(integer[0]) };
      const boolean = take(/^(?:true|false)(?![A-Za-z0-9.])/);
      return boolean === undefined ? undefined : { kind: 'boolean', value: boolean[0] === 'true' };
    },
  };
}

function stringLiteral(value: string): Literal {
  if (value.length > MAX_STRING) throw badRequest(`string literal is longer than ${MAX_STRING} characters`);
  return { kind: 'string', value };
}
