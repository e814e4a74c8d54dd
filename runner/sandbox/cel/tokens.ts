/** CEL's tokens. */
import { CelUnknown, faultAt } from './error.ts';

/** `text` is the token as written, `at` where; for strings `value` is what it stands for. */
export interface Token {
  readonly kind: 'int' | 'double' | 'string' | 'name' | 'symbol' | 'end';
  readonly text: string;
  readonly value: string;
  readonly at: number;
}

const ESCAPE =
  /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|([abfnrtv?"'`\\]))/g;

/** Tokens that are no part of the tree: blanks, and what only the original has. */
type Passed = 'blank' | 'uint' | 'bytes';

const ELSEWHERE = { uint: 'unsigned integers such as 1u', bytes: 'bytes such as b"a"' } as const;

const PATTERNS: readonly (readonly [Token['kind'] | Passed, RegExp])[] = [
  ['blank', /(?:\s+|\/\/[^\n]*)+/y],
  ['double', /\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+/y],
  ['uint', /(?:0x[0-9a-fA-F]+|\d+)[uU]/y],
  ['int', /0x[0-9a-fA-F]+|\d+/y],
  ['bytes', /(?:[bB][rR]?|[rR][bB])(?=["'])/y],
  ['string', /[rR](?:"""[^]*?"""|'''[^]*?'''|"[^"\n]*"|'[^'\n]*')/y],
  ['string', quoted('"""', '[^\\\\]')],
  ['string', quoted("'''", '[^\\\\]')],
  ['string', quoted('"', '[^"\\\\\\n]')],
  ['string', quoted("'", "[^'\\\\\\n]")],
  ['name', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['symbol', /&&|\|\||==|!=|<=|>=|[-+*/%!<>?:.,()[\]{}]/y],
];

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
};

/** All tokens, the last of kind `end`. Throws CelError, CelUnknown. */
export function tokenise(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const [kind, text] = nextToken(source, at);
    if (kind === 'uint' || kind === 'bytes') throw new CelUnknown(`CEL with ${ELSEWHERE[kind]}`);
    if (kind !== 'blank') tokens.push({ kind, text, value: kind === 'string' ? readText(text) : text, at });
    at += text.length;
  }
  return [...tokens, { kind: 'end', text: '<EOF>', value: '', at }];
}

function nextToken(source: string, at: number): [Token['kind'] | Passed, string] {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match !== null) return [kind, match[0]];
  }
  const wrong = String.fromCodePoint(source.codePointAt(at) ?? 0);
  throw faultAt(source, at, `Syntax error: token recognition error at: '${wrong}'`);
}

function quoted(quotes: string, plain: string): RegExp {
  return new RegExp(`${quotes}(?:${plain}|${ESCAPE.source})*?${quotes}`, 'y');
}

/** What a string stands for; with `r` before it, that is what is written. */
function readText(written: string): string {
  const [, raw = '', quotes = '', text = ''] = /^([rR]?)("""|'''|"|')([^]*)\2$/.exec(written) ?? [];
  return raw === '' && quotes !== '' ? unescape(text) : text;
}

function unescape(text: string): string {
  return text.replaceAll(
    ESCAPE,
    (all, hex?: string, short?: string, long?: string, octal?: string, character = '') => {
      const digits = hex ?? short ?? long;
      const code = digits === undefined ? parseInt(octal ?? '', 8) : parseInt(digits, 16);
      if (code > 0x10_ff_ff) return all;
      return Number.isNaN(code) ? (ESCAPES[character] ?? character) : String.fromCodePoint(code);
    },
  );
}
