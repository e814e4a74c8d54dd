/** Promotion: what still holds stays byte for byte, what does not becomes what was printed, and nothing gets wider. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type {
  Captures,
  Expectation,
  ExpectLanguage,
  MatchKind,
} from '../../../runner/expectation/expectation.ts';
import { matchExpectation } from '../../../runner/expectation/match.ts';
import { rewriteExpectation } from '../../../runner/expectation/rewrite/rewrite-expectation.ts';
import { DATA_ROWS, TEXT_ROWS } from './rewrite.cases.ts';

type Case = readonly [MatchKind, ExpectLanguage, string, string, string, Captures];

const cases: readonly Case[] = [
  ...Object.entries(TEXT_ROWS).flatMap(([match, rows]) =>
    rows.map(([expected, actual, promoted, captures = {}]): Case => [
      match as MatchKind,
      'text',
      expected,
      actual,
      promoted,
      captures,
    ]),
  ),
  ...Object.entries(DATA_ROWS).flatMap(([language, rows]) =>
    rows.map(([expected, actual, promoted, captures = {}]): Case => [
      'subset',
      language as ExpectLanguage,
      expected,
      actual,
      promoted,
      captures,
    ]),
  ),
];

describe('rewriteExpectation', () => {
  it.each(cases)('%s %s: %j and %j give %j', (match, language, text, actual, promoted, captures) => {
    const rewriting = rewriteExpectation({ match, language, text }, actual, captures);
    if (promoted.startsWith('refused: ')) {
      expect(rewriting).toMatchObject({
        kind: 'refused',
        reason: expect.stringContaining(promoted.slice(9)) as string,
      });
    } else {
      expect(rewriting).toEqual({ kind: 'rewritten', text: promoted });
      expect(matchExpectation({ match, language, text: promoted }, actual, captures).kind).toBe('held');
    }
  });
});

const word = fc.constantFrom(
  'a',
  'b',
  'web-6d4cf56db6-x2x7p',
  '12s',
  '1/1',
  '<<x>>',
  '<<_:int>>',
  '7',
  '...',
  '.*',
  '[',
  '',
);
const line = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));
const text = fc.array(fc.oneof(line, fc.constant('...')), { maxLength: 6 }).map((lines) => lines.join('\n'));
const scalar = fc.constantFrom<unknown>(1, 2, true, null, 'a', 'b: c', 'x\ny\n', '', '5');
const data = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'name', 'l'), tie('value'), { maxKeys: 4 }),
  ),
})).value;

const showJson = (value: unknown): string => JSON.stringify(value, null, 2);
const showYaml = (value: unknown): string => stringify(value).trimEnd();
const showFlow = (value: unknown): string => stringify(value, { collectionStyle: 'flow' }).trimEnd();

/** The value with another scalar somewhere, an item or a key less, or an item more. */
function change(value: unknown, seed: number): unknown {
  if (Array.isArray(value) && value.length > 0) {
    const items: readonly unknown[] = value;
    if (seed % 3 === 0 && items.length > 1) return items.slice(1);
    if (seed % 3 === 1) return [...items, items[0]];
    return items.map((item, index) => (index === seed % items.length ? change(item, seed >> 2) : item));
  }
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    const entries = Object.entries(value);
    const at = seed % entries.length;
    const rest = entries.filter((_, index) => index !== at);
    if (seed % 5 === 0 && rest.length > 0) return Object.fromEntries(rest);
    return Object.fromEntries(
      entries.map(([key, one], index) => [key, index === at ? change(one, seed >> 2) : one]),
    );
  }
  return ['new', 7, 'c: d', 'p\nq\n', false][seed % 5];
}

/** A promoted text holds, and a second promotion has nothing to do. */
function holdsOnce(expectation: Expectation, actual: string): void {
  const rewriting = rewriteExpectation(expectation, actual, {});
  if (matchExpectation(expectation, actual, {}).kind === 'held') {
    expect(rewriting).toEqual({ kind: 'rewritten', text: expectation.text });
  }
  if (rewriting.kind === 'refused') return;
  const after = { ...expectation, text: rewriting.text };
  expect(matchExpectation(after, actual, {}).kind).toBe('held');
  expect(rewriteExpectation(after, actual, {})).toEqual(rewriting);
}

describe('a promotion', () => {
  it.each(['exact', 'elide', 'like', 'regex', 'contains', 'absent'] as const)(
    'holds, and twice is once: %s',
    (match) => {
      fc.assert(
        fc.property(text, text, (expected, actual) =>
          holdsOnce({ match, language: 'text', text: expected }, actual),
        ),
        { numRuns: 300 },
      );
    },
  );

  it('is never refused for lines of plain words', () => {
    const plain = fc.array(
      fc.array(fc.constantFrom('a', 'b', 'c', '12s'), { maxLength: 3 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(fc.constantFrom('exact', 'like', 'regex'), plain, plain, (match, expected, actual) => {
        const before = { match, language: 'text', text: expected.join('\n') } as const;
        expect(rewriteExpectation(before, actual.map((one) => `${one}\n`).join(''), {}).kind).toBe(
          'rewritten',
        );
      }),
    );
  });

  it('follows a small change of data in every style', () => {
    const top = fc.dictionary(fc.constantFrom('a', 'b', 'c'), data, { minKeys: 1 });
    const styles = fc.constantFrom(JSON.stringify, showJson, showYaml, showFlow);
    fc.assert(
      fc.property(top, fc.nat(100_000), styles, (value, seed, show) => {
        const language = show === JSON.stringify || show === showJson ? 'json' : 'yaml';
        const expectation = { match: 'subset', language, text: show(value) } as const;
        const actual = JSON.stringify(change(value, seed));
        fc.pre(matchExpectation(expectation, actual, {}).kind === 'differs');
        expect(rewriteExpectation(expectation, actual, {}).kind).toBe('rewritten');
        holdsOnce(expectation, actual);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['json', 'yaml'] as const)('holds, and twice is once: subset in %s', (language) => {
    fc.assert(
      fc.property(data, data, fc.constantFrom(undefined, 2), (expected, actual, indent) => {
        const shown = JSON.stringify(expected, null, indent);
        holdsOnce({ match: 'subset', language, text: shown }, JSON.stringify(actual));
      }),
      { numRuns: 500 },
    );
  });
});
