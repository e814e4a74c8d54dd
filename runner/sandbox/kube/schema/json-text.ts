/** What Go's JSON parser says of a text: where it stops, in its words. */

const end = 'unexpected end of JSON input';
const literals = ['true', 'false', 'null'];
const blanks = /[ \t\r\n]*/y;
const digits = /[0-9a-fA-F]*/y;
const numbers = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** A string up to where it ends or goes wrong. */
const strings = /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/uy;

/** Base64 as text. */
export function decodeText(base64: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
}

/** Why a text is no JSON; undefined where it is. */
export function syntaxProblem(text: string): string | undefined {
  try {
    const next = skip(text, readValue(text, 0), blanks);
    if (next < text.length) throw refusal(text, next, 'after top-level value');
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
    if (error instanceof RangeError) return 'exceeded max depth';
    throw error;
  }
}

/** Why a text is no JSON object; undefined where it is one. */
export function jsonProblem(text: string): string | undefined {
  const problem = syntaxProblem(text);
  if (problem !== undefined) return problem;
  const json: unknown = JSON.parse(text);
  if (json === null || (typeof json === 'object' && !Array.isArray(json))) return undefined;
  const found = Array.isArray(json) ? 'array' : typeof json === 'boolean' ? 'bool' : typeof json;
  return `json: cannot unmarshal ${found} into Go value of type map[string]interface {}`;
}

/** The place after a value; throws SyntaxError. */
function readValue(text: string, from: number): number {
  const at = skip(text, from, blanks);
  const first = text[at];
  if (first === '{') return readMembers(text, at + 1, '}', 'after object key:value pair', readPair);
  if (first === '[') return readMembers(text, at + 1, ']', 'after array element', readValue);
  if (first === '"') return readString(text, at);
  const literal = literals.find((word) => word.startsWith(first ?? ' '));
  if (literal !== undefined) return readLiteral(text, at, literal);
  const after = skip(text, at, numbers);
  if (after === at) throw refusal(text, at, 'looking for beginning of value');
  return after;
}

function readMembers(
  text: string,
  from: number,
  close: string,
  context: string,
  read: (text: string, from: number) => number,
): number {
  let at = skip(text, from, blanks);
  if (text[at] === close) return at + 1;
  for (;;) {
    at = skip(text, read(text, at), blanks);
    if (text[at] === close) return at + 1;
    if (text[at] !== ',') throw refusal(text, at, context);
    at += 1;
  }
}

function readPair(text: string, from: number): number {
  const at = skip(text, from, blanks);
  if (text[at] !== '"') throw refusal(text, at, 'looking for beginning of object key string');
  const colon = skip(text, readString(text, at), blanks);
  if (text[colon] !== ':') throw refusal(text, colon, 'after object key');
  return readValue(text, colon + 1);
}

function readString(text: string, at: number): number {
  const stop = skip(text, at, strings);
  if (text[stop] === '"') return stop + 1;
  if (text[stop] !== '\\') throw refusal(text, stop, 'in string literal');
  if (text[stop + 1] !== 'u') throw refusal(text, stop + 1, 'in string escape code');
  throw refusal(text, skip(text, stop + 2, digits), String.raw`in \u hexadecimal character escape`);
}

/** Where a word is cut short the parser reads on, and finds a blank. */
function readLiteral(text: string, at: number, word: string): number {
  for (const [index, letter] of word.split('').entries()) {
    if (text[at + index] !== letter)
      throw refusal(`${text} `, at + index, `in literal ${word} (expecting '${letter}')`);
  }
  return at + word.length;
}

function skip(text: string, from: number, pattern: RegExp): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}

function refusal(text: string, at: number, context: string): SyntaxError {
  const found = text[at];
  if (found === undefined) return new SyntaxError(end);
  return new SyntaxError(`invalid character '${quote(found)}' ${context}`);
}

/** As Go quotes a byte: of a character beyond ASCII the first one, read as Latin-1. */
function quote(character: string): string {
  if (character === "'") return String.raw`\'`;
  if (character > '\u007f') return String.fromCodePoint(new TextEncoder().encode(character)[0] ?? 0);
  const quoted = JSON.stringify(character).slice(1, -1).replace('\\"', '"');
  return quoted.replace(/^\\u00/, String.raw`\x`);
}
