/** Parses where-data expressions. Grammar and texts are the original's; there is no OR, no negation and no parenthesis. */
import { FunctionFailure } from '../functions/failure.ts';
import type { DataCondition } from './where-data.ts';

const NAME = String.raw`[A-Za-z][A-Za-z0-9_-]{0,127}`;
const KEY = String.raw`[A-Za-z](?:[A-Za-z0-9/_-]|~[12]){0,127}`;
const INDEX = String.raw`[0-9]{1,10}`;
const BOUND = `@${KEY}:${NAME}`;
const ANY = String.raw`\*(?:\?${KEY}(?::${NAME})?|@:${NAME})?`;
const LOOKUP = String.raw`\?${KEY}(?::${NAME})?=[^.]+`;
const SEGMENT = `(?:${KEY}|${BOUND}|${INDEX}|${ANY}|${LOOKUP})`;
const PLAIN = `(?:${KEY}|${BOUND}|${INDEX})`;
const PATH = new RegExp(String.raw`^${SEGMENT}(?:\.${SEGMENT})*(?:\.\|${PLAIN}(?:\.${PLAIN})*)?(?:#${KEY})?`);

const OPERATOR = /^(?:<=|>=|<|>|=|!=|LIKE|ILIKE|~~|!~~|~\*|!~\*|~|!~|IN|NOT IN)/;
const LITERALS: readonly (readonly [RegExp, DataCondition['type']])[] = [
  [/^[0-9]{1,10}/, 'int'],
  [/^(?:true|false)/, 'bool'],
  [/^'[^'"\\]*'/, 'string'],
];

/** The whole text may be this long, as for other where expressions. */
const MAX_LENGTH = 4096;

/** The conditions of an expression; none if it is blank. Throws FunctionFailure. */
export function parseWhereData(text: string): DataCondition[] {
  if (text.length > MAX_LENGTH)
    throw new FunctionFailure(`where-data expression is longer than ${MAX_LENGTH} characters`);
  const conditions: DataCondition[] = [];
  let rest = skipBlanks(text);
  while (rest !== '') {
    const [condition, after] = parseCondition(rest);
    conditions.push(condition);
    rest = skipBlanks(after);
    if (rest.startsWith('AND')) rest = skipBlanks(rest.slice(3));
  }
  return conditions;
}

function parseCondition(text: string): [DataCondition, string] {
  const path = take(PATH, text) ?? refuse('invalid path', text);
  const afterPath = skipBlanks(text.slice(path.length));
  const operator = take(OPERATOR, afterPath) ?? refuse('invalid operator', afterPath);
  const operand = skipBlanks(afterPath.slice(operator.length));
  const [literal, type] = parseOperand(operator, operand);
  const split = path.indexOf('.|');
  return [
    {
      path: split < 0 ? path : path.slice(0, split),
      ifPresent: split < 0 ? undefined : path.slice(split + 2),
      operator,
      literal,
      type,
    },
    operand.slice(literal.length),
  ];
}

function parseOperand(operator: string, text: string): [string, DataCondition['type']] {
  if (operator === 'IN' || operator === 'NOT IN')
    return [take(/^\([^)]+\)/, text) ?? refuse('invalid IN clause', text), 'string'];
  for (const [pattern, type] of LITERALS) {
    const literal = take(pattern, text);
    if (literal === undefined) continue;
    if (type === 'bool' && operator !== '=' && operator !== '!=')
      throw new FunctionFailure(`invalid boolean operator \`${operator}\``);
    return [literal, type];
  }
  return refuse('no operand found', text);
}

function take(pattern: RegExp, text: string): string | undefined {
  return pattern.exec(text)?.[0];
}

function refuse(what: string, rest: string): never {
  throw new FunctionFailure(`${what} at \`${rest}\``);
}

function skipBlanks(text: string): string {
  return text.replace(/^[ \t]+/, '');
}
