/** Where Go's strict base64 decoder stops: its message names the byte, and a mistyped Secret shows that message. */

const digit = /[A-Za-z0-9+\/]/v;

/** The offset of the first byte that Go's `encoding/base64` refuses, or undefined for well-formed text. */
export function findBase64Fault(text: string): number | undefined {
  let at = 0;
  while (at < text.length) {
    const group = readGroup(text, at);
    if (typeof group === 'number' && group < 0) return -1 - group;
    if (group === 'end') return undefined;
    at = group;
  }
  return undefined;
}

/** Reads four digits from `at`: the offset after them, `end` after padding, or -1 minus the offset of a fault. */
function readGroup(text: string, start: number): number | 'end' {
  let at = start;
  let digits = 0;
  while (digits < 4) {
    if (at === text.length) return digits === 0 ? 'end' : fault(at - digits);
    const character = text.charAt(at);
    at += 1;
    if (digit.test(character)) digits += 1;
    else if (character === '=') return readPadding(text, at, digits);
    else if (!isLineBreak(character)) return fault(at - 1);
  }
  return at;
}

/** What follows the first `=`, which stands before `start`. */
function readPadding(text: string, start: number, digits: number): number | 'end' {
  if (digits < 2) return fault(start - 1);
  let at = skipLineBreaks(text, start);
  if (digits === 2) {
    if (at === text.length) return fault(at);
    if (text.charAt(at) !== '=') return fault(at - 1);
    at = skipLineBreaks(text, at + 1);
  }
  return at < text.length ? fault(at) : 'end';
}

function skipLineBreaks(text: string, start: number): number {
  let at = start;
  while (at < text.length && isLineBreak(text.charAt(at))) at += 1;
  return at;
}

function isLineBreak(character: string): boolean {
  return character === '\n' || character === '\r';
}

function fault(offset: number): number {
  return -1 - offset;
}
