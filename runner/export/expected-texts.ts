/** What of an expectation a script can wait for: texts that must be in the output, or must not be. */
import type { ExpectBlock } from '../chapter/chapter.ts';
import { findCaptures } from '../expectation/captures.ts';
import { parseData } from '../expectation/data.ts';
import { expectedLines } from '../expectation/lines.ts';
import { compileLine } from '../expectation/line-pattern.ts';
import { findMinutes } from '../expectation/minutes.ts';
import { classPieces, splitTokens } from '../expectation/token-class.ts';

export interface ExpectedTexts {
  readonly present: readonly string[];
  readonly absent: readonly string[];
}

/** The texts, blanks apart. An anchored regular expression has none: there a script waits for the exit status alone. */
export function findTexts({ expectation }: ExpectBlock): ExpectedTexts {
  const lines = expectedLines(expectation.text).filter((line) => /\S/.test(line));
  switch (expectation.match) {
    case 'absent':
      return { present: [], absent: lines.filter((line) => findCaptures(line).length === 0) };
    case 'like':
      return give(stableParts(lines));
    case 'subset':
      return give(subsetTexts(expectation.text));
    case 'elide':
      return give(lines.flatMap((line) => line.split('...')).flatMap(fixedParts));
    case 'regex':
      return give([]);
    case 'exact':
    case 'contains':
      return give(lines.flatMap(fixedParts));
  }
}

function give(parts: readonly string[]): ExpectedTexts {
  const present = parts.map((part) => part.trim()).filter((part) => /\w/.test(part));
  return { present: [...new Set(present)], absent: [] };
}

/** The parts of a line around its captures. */
function fixedParts(line: string): readonly string[] {
  return compileLine(line).flatMap((piece) => (piece.kind === 'text' ? [piece.text] : []));
}

/** The parts of the lines of `like` around whatever may differ: ages, hashes, captures. */
function stableParts(lines: readonly string[]): readonly string[] {
  const minutes = findMinutes(lines);
  return lines.flatMap((line, index) => {
    const parts = [''];
    let before = '';
    for (const { text } of splitTokens(line)) {
      const context = { before, minutes: minutes[index] === true };
      before = text;
      parts.push(`${parts.pop() ?? ''} `);
      for (const piece of compileLine(text, (start, end) => classPieces(text, start, end, context))) {
        if (piece.kind === 'text') parts.push(`${parts.pop() ?? ''}${piece.text}`);
        else parts.push('');
      }
    }
    return parts;
  });
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
