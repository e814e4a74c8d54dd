/**
 * Parses the where grammar: `expr (AND expr)*`, no OR, no parentheses, no NOT. What can follow depends on what stands
 * before, so the scanner is asked for one kind of token at a time; error texts quote the rest of the expression.
 */
import { badRequest } from '../errors.ts';
import { expandTime } from '../time.ts';
import { isUuid } from '../uuid.ts';
import { resolveAttribute } from './resolve.ts';
import { createScanner } from './scanner.ts';
import type { Scanner } from './scanner.ts';
import type { Attribute, Literal, Operator, Term } from './where.ts';

const MAX_LENGTH = 4096;

/** Parses `text` for entities of `type`. Blank text: no terms. Throws 400 with the place or the word that is wrong. */
export function parseWhere(type: string, text: string): Term[] {
  if (text.length > MAX_LENGTH) throw badRequest(`where expression is longer than ${MAX_LENGTH} characters`);
  const scanner = createScanner(text);
  const terms: Term[] = [];
  if (scanner.atEnd()) return terms;
  terms.push(parseTerm(type, scanner));
  while (!scanner.atEnd()) {
    const joined = scanner.takeWord('AND');
    const before = scanner.rest();
    const term = parseTerm(type, scanner);
    if (!joined) throw badRequest(`AND expected at \`${before}\``);
    terms.push(term);
  }
  return terms;
}

function parseTerm(type: string, scanner: Scanner): Term {
  const left = parseOperand(type, scanner);
  const before = scanner.rest();
  const operator = scanner.takeOperator();
  if (operator === undefined) throw badRequest(`invalid operator at \`${before}\``);
  const right = parseRight(type, scanner, operator);
  checkTypes(left, operator, right, before);
  return { left, operator, right };
}

function parseOperand(type: string, scanner: Scanner): Attribute {
  const before = scanner.rest();
  const length = scanner.takeLength();
  const name = scanner.takeAttribute();
  if (name === undefined) throw badRequest(`invalid attribute name at \`${before}\``);
  const attribute = resolveAttribute(type, name);
  if (!length) return attribute;
  if (!scanner.takeSign(')')) throw badRequest(`invalid attribute name at \`${before}\``);
  if (!['string', 'uuids', 'strings', 'flags'].includes(attribute.type))
    throw badRequest(`LEN is not supported for attribute \`${name}\``);
  return { ...attribute, length: true };
}

function parseRight(type: string, scanner: Scanner, operator: Operator): (Literal | Attribute)[] {
  if (operator === 'IS NULL' || operator === 'IS NOT NULL') return [];
  if (operator === 'IN' || operator === 'NOT IN') return parseList(scanner);
  const before = scanner.rest();
  const literal = scanner.takeLiteral();
  if (literal !== undefined) return [literal];
  if (!/^[A-Za-z]/.test(before)) throw badRequest(`no operand found at \`${before}\``);
  return [parseOperand(type, scanner)];
}

function parseList(scanner: Scanner): Literal[] {
  const before = scanner.rest();
  const values: Literal[] = [];
  if (!scanner.takeSign('(')) throw badRequest(`no operand found at \`${before}\``);
  do {
    const rest = scanner.rest();
    const literal = scanner.takeLiteral();
    if (literal === undefined) throw badRequest(`no operand found at \`${rest}\``);
    values.push(literal);
  } while (scanner.takeSign(','));
  const rest = scanner.rest();
  if (!scanner.takeSign(')')) throw badRequest(`no operand found at \`${rest}\``);
  return values;
}

/** What an operand of each kind takes: the operators, and the kind of literal on the other side. */
const RULES: Readonly<Record<string, { readonly operators: string; readonly literal: Literal['kind'] }>> = {
  string: { operators: '= != < > <= >= LIKE NOT_LIKE ILIKE ~ ~* !~ !~* IN NOT_IN', literal: 'string' },
  integer: { operators: '= != < > <= >= IN NOT_IN', literal: 'integer' },
  uuid: { operators: '= != IN NOT_IN', literal: 'string' },
  boolean: { operators: '= !=', literal: 'boolean' },
  time: { operators: '= != < > <= >=', literal: 'string' },
  uuids: { operators: '?', literal: 'string' },
  strings: { operators: '', literal: 'string' },
  flags: { operators: '', literal: 'boolean' },
};

function checkTypes(
  left: Attribute,
  operator: Operator,
  right: readonly (Literal | Attribute)[],
  at: string,
): void {
  const rule = RULES[kindOf(left)];
  const isNullTest = operator === 'IS NULL' || operator === 'IS NOT NULL';
  const allowed = isNullTest || rule?.operators.split(' ').includes(operator.replace(' ', '_')) === true;
  if (!allowed)
    throw badRequest(`invalid operator at \`${at}\`: not for ${kindOf(left)} attribute ${left.text}`);
  for (const value of right) {
    const matches =
      value.kind === 'attribute' ? kindOf(value) === kindOf(left) : value.kind === rule?.literal;
    if (!matches)
      throw badRequest(`operand of ${left.text} must be of type ${kindOf(left)}, found ${kindOf(value)}`);
    if (value.kind === 'string' && left.type.startsWith('uuid') && !isUuid(value.value))
      throw badRequest(`operand of ${left.text} must be a UUID, found \`${value.value}\``);
    if (value.kind === 'string' && left.type === 'time' && expandTime(value.value) === undefined)
      throw badRequest(`operand of ${left.text} must be a time, found \`${value.value}\``);
  }
}

function kindOf(value: Attribute | Literal): string {
  if (value.kind !== 'attribute') return value.kind;
  return value.length ? 'integer' : value.type;
}
