/**
 * The colours of an output, for pages that show them. What is compared, masked and printed has none; here they are put back
 * beside it, so that a page can never show a character that was not compared.
 */
import { SEQUENCE } from './normalise.ts';

// oxlint-disable no-control-regex -- control characters are this module's subject

/** "Select graphic rendition": colours, bold, underlined. */
const RENDITION = /\u001b\[[\d;:]*m/g;
const COLOURED = /(?:\u001b\[|\u009b)[\d;:]*m/;
/** Longer parameters mean nothing to a terminal. */
const PARAMETERS = /^(?:\d{0,3}[;:]){0,15}\d{0,3}$/;

/**
 * `shown`, which is `printed` as a reader may see it, with its colour sequences; undefined if there are none. Where a line
 * was masked or written over, nobody knows whose colours it should have: it gets none, and the next line those that it had.
 */
export function keepColours(printed: string, shown: string): string | undefined {
  if (!COLOURED.test(printed)) return undefined;
  const lines = printed.replace(SEQUENCE, keepRendition).split('\n');
  const shownLines = shown.split('\n');
  if (lines.length !== shownLines.length) return undefined;
  return shownLines
    .map((text, index) => {
      const line = lines[index]?.replace(/\r+$/, '') ?? '';
      return line.replace(RENDITION, '') === text ? line : text + (line.match(RENDITION) ?? []).join('');
    })
    .join('\n');
}

function keepRendition(_sequence: string, parameters?: string, final?: string): string {
  return final === 'm' && PARAMETERS.test(parameters ?? '') ? `\u001b[${parameters}m` : '';
}
