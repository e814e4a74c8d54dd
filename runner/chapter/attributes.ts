/**
 * Pandoc's attribute grammar: what stands between our braces or in an mtx comment. Knows the syntax only; which names
 * exist is decided by the roles.
 */

/** One item of an attribute list. `start` and `end` are offsets in the parsed text; a `flag` is a bare word. */
export interface Attribute {
  readonly kind: 'class' | 'id' | 'key' | 'flag';
  readonly name: string;
  /** Of a key; '' for the others. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** A place in the list that the grammar does not allow. */
export interface AttributeFault {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

export interface AttributeList {
  readonly items: readonly Attribute[];
  readonly faults: readonly AttributeFault[];
  /** Where parsing stopped: after the closing brace, or at the end of the text. */
  readonly end: number;
}

const BLANK = /[ \t\r\n]/;

/** Parses items from `start` until a `}` outside quotes, which is consumed, or the end of `text`. */
export function parseAttributes(text: string, start: number): AttributeList {
  const items: Attribute[] = [];
  const faults: AttributeFault[] = [];
  let at = start;
  while (at < text.length && text[at] !== '}') {
    if (BLANK.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const item = readItem(text, at);
    if ('message' in item) faults.push(item);
    else items.push(item);
    at = item.end;
  }
  return { items, faults, end: Math.min(at + 1, text.length) };
}

/** An attribute list as an author would write it. `parseAttributes` reads it back. */
export function renderAttributes(items: readonly Pick<Attribute, 'kind' | 'name' | 'value'>[]): string {
  return items.map(renderItem).join(' ');
}

function renderItem({ kind, name, value }: Pick<Attribute, 'kind' | 'name' | 'value'>): string {
  if (kind === 'class') return `.${name}`;
  if (kind === 'id') return `#${name}`;
  if (kind === 'flag') return name;
  return /^[^\s"'\\{}]+$/.test(value) ? `${name}=${value}` : `${name}="${value.replace(/["\\]/g, '\\$&')}"`;
}

function readItem(text: string, start: number): Attribute | AttributeFault {
  const sign = text.charAt(start);
  if (sign === '.' || sign === '#') {
    const end = endOfBare(text, start + 1);
    const name = text.slice(start + 1, end);
    const kind = sign === '.' ? 'class' : 'id';
    if (!/^[\p{L}\p{N}_][\p{L}\p{N}_:.-]*$/u.test(name)) {
      return { start, end, message: `\`${text.slice(start, end)}\` is no valid ${kind}` };
    }
    return { kind, name, value: '', start, end };
  }
  const name = /^[\p{L}_:][\p{L}\p{N}_:.-]*/u.exec(text.slice(start, start + 200))?.[0] ?? '';
  const after = start + name.length;
  if (name !== '' && text[after] === '=') return readValue(text, start, name, after + 1);
  const end = Math.max(endOfBare(text, start), start + 1);
  const word = text.slice(start, end);
  if (/["'=]/.test(word)) return { start, end, message: `\`${word}\` is no attribute` };
  return { kind: 'flag', name: word, value: '', start, end };
}

function readValue(text: string, start: number, name: string, from: number): Attribute | AttributeFault {
  const quote = text.charAt(from);
  if (quote !== '"' && quote !== "'") {
    const end = endOfBare(text, from);
    const value = text.slice(from, end).replace(/\\([^\p{L}\p{N}\s])/gu, '$1');
    if (value === '') return { start, end, message: `\`${name}=\` has no value` };
    return { kind: 'key', name, value, start, end };
  }
  let value = '';
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === quote) return { kind: 'key', name, value, start, end: at + 1 };
    const escaped = text.charAt(at + 1);
    if (char === '\\' && /[^\p{L}\p{N}\s]/u.test(escaped)) {
      value += escaped;
      at += 1;
    } else value += char;
  }
  return { start, end: text.length, message: `the quote after \`${name}=\` is not closed` };
}

function endOfBare(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '}' && !BLANK.test(text.charAt(at)))
    at += text[at] === '\\' ? 2 : 1;
  return Math.min(at, text.length);
}
