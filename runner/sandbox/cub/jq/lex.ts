/** The words of a jq expression. A text keeps its `\(…)` parts as expressions of their own. */
import { Failure } from '../failure.ts';

export type Token =
  | { readonly kind: 'sign' | 'word' | 'field'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly parts: readonly (string | { readonly source: string })[] };

const SPACE = /^(?:\s|#[^\n]*)+/;
const NUMBER = /^(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/;
const FIELD = /^\.([A-Za-z_]\w*)/;
const WORD = /^[@$]?[A-Za-z_]\w*/;
const SIGN = /^(?:\/\/|==|!=|<=|>=|\.\.|[-.[\]{}()|,:;?+*/%<>])/;

/** Throws Failure for a character that belongs to no word. */
export function lexJq(source: string): Token[] {
  const tokens: Token[] = [];
  let rest = source;
  while (rest !== '') {
    const space = SPACE.exec(rest)?.[0];
    if (space !== undefined) rest = rest.slice(space.length);
    else if (rest.startsWith('"')) {
      const { token, length } = lexString(rest);
      tokens.push(token);
      rest = rest.slice(length);
    } else {
      const { token, length } = lexWord(rest);
      tokens.push(token);
      rest = rest.slice(length);
    }
  }
  return tokens;
}

interface Lexed {
  readonly token: Token;
  readonly length: number;
}

function lexWord(rest: string): Lexed {
  const number = NUMBER.exec(rest)?.[0];
  if (number !== undefined)
    return { token: { kind: 'number', value: Number(number) }, length: number.length };
  const field = FIELD.exec(rest);
  if (field !== null) return { token: { kind: 'field', text: field[1] ?? '' }, length: field[0].length };
  const word = WORD.exec(rest)?.[0];
  if (word !== undefined) return { token: { kind: 'word', text: word }, length: word.length };
  const sign = SIGN.exec(rest)?.[0];
  if (sign === undefined) throw new Failure(`unexpected ${JSON.stringify(rest.charAt(0))}`);
  return { token: { kind: 'sign', text: sign }, length: sign.length };
}

function lexString(rest: string): Lexed {
  const parts: (string | { readonly source: string })[] = [];
  let at = 1;
  let text = '';
  while (rest.charAt(at) !== '"') {
    if (at >= rest.length) throw new Failure('unterminated string');
    if (rest.startsWith('\\(', at)) {
      const end = closingParenthesis(rest, at + 2);
      parts.push(text, { source: rest.slice(at + 2, end) });
      text = '';
      at = end + 1;
    } else if (rest.charAt(at) === '\\') {
      const length = rest.charAt(at + 1) === 'u' ? 6 : 2;
      text += unescape(rest.slice(at, at + length));
      at += length;
    } else {
      text += rest.charAt(at);
      at += 1;
    }
  }
  parts.push(text);
  return { token: { kind: 'string', parts }, length: at + 1 };
}

function unescape(escaped: string): string {
  try {
    return String(JSON.parse(`"${escaped}"`));
  } catch (error) {
    throw new Failure(`invalid escape ${escaped}`, { cause: error });
  }
}

/** Where the parenthesis that was opened before `start` is closed, texts skipped. */
function closingParenthesis(source: string, start: number): number {
  let depth = 1;
  for (let at = start; at < source.length; at += 1) {
    const character = source.charAt(at);
    if (character === '"') at += lexString(source.slice(at)).length - 1;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    if (depth === 0) return at;
  }
  throw new Failure('unterminated string');
}
