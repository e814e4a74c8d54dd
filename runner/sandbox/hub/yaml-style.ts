/**
 * In which style a text is written that a function made: as the original's library does it, so that a revision shows the
 * same characters. Texts that were read and not changed keep the style that they had.
 */
import { Scalar } from 'yaml';

/** Where the text stands. */
interface Place {
  readonly inFlow: boolean;
  readonly isKey: boolean;
  /** Plain, it would be a number, a boolean or the like. */
  readonly isAmbiguous: boolean;
}

const SPECIAL = /[^\t\n\x20-\x7E\xA0-\u{10FFFF}]|[\u2028\u2029\uFEFF]/u;
const BLANK_BEFORE_BREAK = / \n/;
const NEVER_PLAIN = /^[#,[\]{}&*!|>'"%@`]|^[?:-](?:\s|$)|^(?:---|\.\.\.)|:(?:\s|$)|\s#|^\s|\s$|\n/;
const NEVER_PLAIN_IN_FLOW = /^[?:]|[,?[\]{}:]/;

/** The style that the original writes `text` in, if `wanted` is what the value had before. */
export function chooseStyle(text: string, wanted: Scalar.Type | undefined, place: Place): Scalar.Type {
  if (SPECIAL.test(text) || BLANK_BEFORE_BREAK.test(text)) return Scalar.QUOTE_DOUBLE;
  const style = startingStyle(text, wanted, place);
  if (style === Scalar.BLOCK_LITERAL || style === Scalar.BLOCK_FOLDED)
    return isBlock(text, place) ? style : Scalar.QUOTE_DOUBLE;
  if (style === Scalar.PLAIN && isPlain(text, place)) return style;
  return style === Scalar.QUOTE_DOUBLE || /\t|\n /.test(text) ? Scalar.QUOTE_DOUBLE : Scalar.QUOTE_SINGLE;
}

function startingStyle(text: string, wanted: Scalar.Type | undefined, place: Place): Scalar.Type {
  if (place.isKey && text.includes('\n')) return Scalar.QUOTE_DOUBLE;
  if (wanted !== undefined && wanted !== Scalar.PLAIN) return wanted;
  if (text.includes('\n')) return Scalar.BLOCK_LITERAL;
  return place.isAmbiguous ? Scalar.QUOTE_DOUBLE : Scalar.PLAIN;
}

function isBlock(text: string, { inFlow, isKey }: Place): boolean {
  return !inFlow && !isKey && text !== '' && !text.endsWith(' ');
}

function isPlain(text: string, { inFlow }: Place): boolean {
  return (
    text !== '' &&
    !text.includes('\t') &&
    !NEVER_PLAIN.test(text) &&
    !(inFlow && NEVER_PLAIN_IN_FLOW.test(text))
  );
}
