/** The text of a label selector, token by token, refused in the words of apimachinery's labels/selector.go. */
import { badRequest } from '../errors.ts';
import { formatProblems, formats, qualifiedNameProblems } from '../validation/names.ts';
import { invalidValue } from '../validation/problems.ts';

/** One condition on the labels of an object. */
export interface Requirement {
  readonly key: string;
  readonly operator: 'in' | 'notin' | 'exists' | 'absent' | 'gt' | 'lt';
  readonly values: readonly string[];
}

/** The tokens that are left; the end of the text is the token ''. */
interface Tokens {
  next(): string;
  peek(): string;
}

const special = new Set(['=', '==', '!=', '!', '(', ')', ',', '<', '>', '']);
const operators: ReadonlyMap<string, Requirement['operator']> = new Map([
  ['in', 'in'],
  ['notin', 'notin'],
  ['=', 'in'],
  ['==', 'in'],
  ['!=', 'notin'],
  ['>', 'gt'],
  ['<', 'lt'],
]);

/** The requirements that a selector lists. Throws ApiError 400. */
export function parseLabelSelector(text: string): Requirement[] {
  const tokens = readTokens(text);
  const requirements: Requirement[] = [];
  while (tokens.peek() !== '') {
    const first = tokens.peek();
    if (!startsRequirement(first)) throw unexpected(first, ", expected: !, identifier, or 'end of string'");
    requirements.push(parseRequirement(tokens));
    const separator = tokens.next();
    if (separator === '') break;
    if (separator !== ',') throw unexpected(separator, ", expected: ',' or 'end of string'");
    if (!startsRequirement(tokens.peek()))
      throw unexpected(tokens.peek(), ", expected: identifier after ','");
  }
  return requirements;
}

function readTokens(text: string): Tokens {
  const tokens = text.match(/==|!=|[=!\(\),<>]|[^ \t\r\n=!\(\),<>]+/gv) ?? [];
  let position = 0;
  return {
    next: () => tokens[position++] ?? '',
    peek: () => tokens[position] ?? '',
  };
}

function startsRequirement(token: string): boolean {
  return token === '!' || isIdentifier(token);
}

function isIdentifier(token: string): boolean {
  return !special.has(token);
}

function unexpected(token: string, rest: string): Error {
  return badRequest(`found '${token}'${rest}`);
}

function unparsable(words: string): Error {
  return badRequest(`unable to parse requirement: ${words}`);
}

function misplaced(token: string, rest: string): Error {
  return unparsable(`found '${token}'${rest}`);
}

function parseRequirement(tokens: Tokens): Requirement {
  const isAbsence = tokens.peek() === '!';
  if (isAbsence) tokens.next();
  const key = tokens.next();
  if (!isIdentifier(key)) throw misplaced(key, ', expected: identifier');
  const keyProblems = qualifiedNameProblems(key);
  if (keyProblems.length > 0) throw refuse([invalidValue('<nil>', key, keyProblems.join('; '))]);
  // A key alone needs no operator; `!key` with one falls through to the caller, who finds no separator.
  const isAlone = ['', ','].includes(tokens.peek());
  if (isAbsence || isAlone) return { key, operator: isAbsence ? 'absent' : 'exists', values: [] };
  const sign = tokens.next();
  const operator = operators.get(sign);
  if (operator === undefined) throw misplaced(sign, ', expected: in, notin, =, ==, !=, gt, lt');
  const isSet = sign === 'in' || sign === 'notin';
  const values = isSet ? parseValues(tokens) : [parseExactValue(tokens)];
  checkValues({ key, operator, values });
  return { key, operator, values };
}

function parseExactValue(tokens: Tokens): string {
  if (['', ','].includes(tokens.peek())) return '';
  const value = tokens.next();
  if (!isIdentifier(value)) throw misplaced(value, ', expected: identifier');
  return value;
}

/** The values of `(x,y,z)`, each once and sorted; between two commas stands the empty value. */
function parseValues(tokens: Tokens): string[] {
  const open = tokens.next();
  if (open !== '(') throw misplaced(open, " expected: '('");
  const first = tokens.peek();
  if (first !== ')' && first !== ',' && !isIdentifier(first)) {
    throw misplaced(first, ", expected: ',', ')' or identifier");
  }
  const values = first === ')' ? new Set(['']) : parseList(tokens);
  tokens.next();
  return [...values].toSorted();
}

/** Reads up to the closing parenthesis. */
function parseList(tokens: Tokens): Set<string> {
  const values = new Set<string>();
  for (;;) {
    const token = tokens.next();
    const following = tokens.peek();
    if (isIdentifier(token)) {
      values.add(token);
      if (following === ')') return values;
      if (following !== ',') throw misplaced(following, ", expected: ',' or ')'");
    } else if (token === ',') {
      if (values.size === 0 || following === ')' || following === ',') values.add('');
      if (following === ')') return values;
      if (following === ',') tokens.next();
    } else {
      throw misplaced(token, ", expected: ',', or identifier");
    }
  }
}

function checkValues({ key, operator, values }: Requirement): void {
  const isComparison = operator === 'gt' || operator === 'lt';
  const notNumbers = values.flatMap((value, index) =>
    !isComparison || readInteger(value) !== undefined
      ? []
      : [invalidValue(`values[${index}]`, value, "for 'Gt', 'Lt' operators, the value must be an integer")],
  );
  const malformed = values.flatMap((value, index) => {
    const words = formatProblems(value, formats.labelValue);
    return words.length === 0 ? [] : [invalidValue(`values[${index}][${key}]`, value, words.join('; '))];
  });
  const problems = [...notNumbers, ...malformed];
  if (problems.length > 0) throw refuse(problems);
}

function refuse(problems: readonly { readonly field: string; readonly message: string }[]): Error {
  const lines = problems.map(({ field, message }) => `${field}: ${message}`);
  return unparsable(lines.length === 1 ? lines.join('') : `[${lines.join(', ')}]`);
}

/** A label's value as a 64 bit number, as `>` and `<` compare it. */
export function readInteger(text: string): bigint | undefined {
  if (!/^[+\-]?\d+$/v.test(text)) return undefined;
  const number = BigInt(text.replace(/^\+/v, ''));
  return BigInt.asIntN(64, number) === number ? number : undefined;
}
