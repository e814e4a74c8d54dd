/** jq's functions with regular expressions. */
import { Failure } from '../failure.ts';

/** POSIX classes, which JavaScript does not have. */
const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
};

/** An expression for all matches. `flags` are jq's: g, i, x and so on; only i and s matter to what matches. */
export function expression(pattern: string, flags = ''): RegExp {
  const source = pattern.replaceAll(/\[:([a-z]+):\]/g, (whole, name: string) => CLASSES[name] ?? whole);
  const unknown = /[^gins]/.exec(flags)?.[0];
  if (unknown !== undefined) throw new Failure(`unsupported regular expression flag: ${flags}`);
  try {
    return new RegExp(source, `gu${/[is]/.exec(flags) === null ? '' : flags.replaceAll(/[gn]/g, '')}`);
  } catch (error) {
    throw new Failure(`invalid regular expression: ${pattern}`, { cause: error });
  }
}

/** The text between the matches. */
export function splitBy(text: string, pattern: RegExp): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    pieces.push(text.slice(from, match.index));
    from = match.index + match[0].length;
  }
  return [...pieces, text.slice(from)];
}
