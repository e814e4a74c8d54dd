/** What of an expectation a script can wait for: the rows of the output, or texts that must be in it or must not be. */
import type { ExpectBlock } from '../chapter/chapter.ts';
import { findCaptures } from '../expectation/captures.ts';
import { parseData } from '../expectation/data.ts';
import { expectedLines } from '../expectation/lines.ts';
import { compileLine } from '../expectation/line-pattern.ts';
import { findMinutes } from '../expectation/minutes.ts';
import { findClasses, splitTokens, type TokenContext } from '../expectation/token-class.ts';

/** All rows of the output, in order and with their captures, as the script's `has_rows` reads them; or texts in it. */
export type ExpectedTexts =
  | { readonly kind: 'rows'; readonly rows: readonly string[] }
  | { readonly kind: 'texts'; readonly present: readonly string[]; readonly absent: readonly string[] };

/** An anchored regular expression has no texts: there a script waits for the exit status alone. */
export function findTexts({ expectation }: ExpectBlock): ExpectedTexts {
  const lines = expectedLines(expectation.text);
  const said = lines.filter((line) => /\S/.test(line));
  switch (expectation.match) {
    case 'exact':
    case 'elide':
      return { kind: 'rows', rows: lines };
    case 'like':
      return { kind: 'rows', rows: stableRows(lines) };
    case 'subset':
      return present(subsetTexts(expectation.text));
    case 'contains':
      return present(said.flatMap(fixedParts));
    case 'absent':
      return { kind: 'texts', present: [], absent: said.filter((line) => findCaptures(line).length === 0) };
    case 'regex':
      return present([]);
  }
}

function present(parts: readonly string[]): ExpectedTexts {
  const texts = parts.map((part) => part.trim()).filter((part) => /\w/.test(part));
  return { kind: 'texts', present: [...new Set(texts)], absent: [] };
}

/** The parts of a line around its captures. */
function fixedParts(line: string): readonly string[] {
  return compileLine(line).flatMap((piece) => (piece.kind === 'text' ? [piece.text] : []));
}

/** The lines of `like` with `<<_>>` for ages, hashes and whatever else may differ from run to run. */
function stableRows(lines: readonly string[]): readonly string[] {
  const minutes = findMinutes(lines);
  return lines.map((line, index) => {
    let row = '';
    let from = 0;
    let before = '';
    for (const { text, start } of splitTokens(line)) {
      const context = { before, minutes: minutes[index] === true };
      row += line.slice(from, start) + stableToken(text, context);
      from = start + text.length;
      before = text;
    }
    return row + line.slice(from);
  });
}

function stableToken(token: string, context: TokenContext): string {
  let stable = '';
  let from = 0;
  const replaceUpTo = (limit: number): void => {
    for (const { start, end } of findClasses(token, from, limit, context)) {
      stable += token.slice(from, start) + anyInstead(token.slice(start, end));
      from = end;
    }
    stable += token.slice(from, limit);
  };
  for (const { start, end } of findCaptures(token)) {
    replaceUpTo(start);
    stable += token.slice(start, end);
    from = end;
  }
  replaceUpTo(token.length);
  return stable;
}

/** A hash keeps the `-` before it, and a time may be several words. */
function anyInstead(part: string): string {
  if (part.includes(' ')) return '<<_:line>>';
  return part.startsWith('-') ? '-<<_>>' : '<<_>>';
}

/** `key: value` for each scalar, as JSON and YAML print it, quotes apart. */
function subsetTexts(text: string): readonly string[] {
  const parsed = parseData(text);
  return parsed.kind === 'values' ? parsed.values.flatMap((value) => scalarTexts(value, '')) : [];
}

function scalarTexts(value: unknown, key: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => scalarTexts(item, ''));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, item]) => scalarTexts(item, `${name}: `));
  const scalar = String(value);
  return scalar.includes('\n') || scalar.includes('"') || findCaptures(scalar).length > 0
    ? []
    : [`${key}${scalar}`];
}
