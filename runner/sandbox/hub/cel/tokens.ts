/** CEL's tokens. */
import { faultAt } from './error.ts';

/** `text` is the token as written, `at` where; for strings `value` is what it stands for. */
export interface Token {
  readonly kind: 'int' | 'double' | 'string' | 'name' | 'symbol' | 'end';
  readonly text: string;
  readonly value: string;
  readonly at: number;
}

const PATTERNS: readonly (readonly [Token['kind'] | 'blank', RegExp])[] = [
  ['blank', /(?:\s+|\/\/[^\n]*)+/y],
  ['double', /\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+/y],
  ['int', /0x[0-9a-fA-F]+|\d+/y],
  ['string', /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y],
  ['name', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['symbol', /&&|\|\||==|!=|<=|>=|[-+*/%!<>?:.,()[\]{}]/y],
];

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** All tokens, the last of kind `end`. Throws CelError. */
export function tokenise(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const [kind, text] = nextToken(source, at);
    if (kind !== 'blank')
      tokens.push({ kind, text, value: kind === 'string' ? unescape(text.slice(1, -1)) : text, at });
    at += text.length;
  }
  return [...tokens, { kind: 'end', text: '<EOF>', value: '', at }];
}

function nextToken(source: string, at: number): [Token['kind'] | 'blank', string] {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match !== null) return [kind, match[0]];
  }
  const wrong = String.fromCodePoint(source.codePointAt(at) ?? 0);
  throw faultAt(source, at, `Syntax error: token recognition error at: '${wrong}'`);
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/g, (_, character: string) => ESCAPES[character] ?? character);
}
