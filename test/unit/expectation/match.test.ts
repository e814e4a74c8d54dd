/** Each matcher on texts that hold and texts that differ, with the reason that the reader sees. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { checkExpectation } from '../../../runner/expectation/check.ts';
import type { ExpectLanguage, MatchKind, Verdict } from '../../../runner/expectation/expectation.ts';
import { matchExpectation } from '../../../runner/expectation/match.ts';
import { MATCH_KINDS } from '../../../runner/expectation/matchers.ts';
import { CASES } from './match.cases.ts';

const compare = (
  match: MatchKind,
  expected: string,
  actual: string,
  language: ExpectLanguage = 'text',
): Verdict => matchExpectation({ match, language, text: expected }, actual, { known: 'value' });

const language = (match: MatchKind): ExpectLanguage => (match === 'subset' ? 'yaml' : 'text');

test.for(CASES)(
  '$match holds=$holds: $expected / $actual',
  ({ match, expected, actual, holds, captures }) => {
    const verdict = compare(match, expected, actual, language(match));
    if (holds === true) {
      expect(verdict).toMatchObject({ kind: 'held', captures: { known: 'value', ...captures } });
    } else {
      expect(verdict).toMatchObject({ kind: 'differs', reason: holds });
      expect(checkExpectation({ match, language: language(match), text: expected })).toEqual([]);
    }
  },
);

test('a text matches itself', () => {
  const text = fc.array(fc.stringMatching(/^[a-zA-Z0-9 .:/-]*$/)).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, fc.constantFrom<MatchKind>('exact', 'elide', 'like', 'contains'), (same, match) => {
      expect(compare(match, same, `${same}\n`).kind).toBe('held');
    }),
  );
});

test('a value includes itself, and no value that lacks a key', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.jsonValue(), { minKeys: 1 }), (value) => {
      const clean = JSON.parse(JSON.stringify(value).replaceAll('<<', '')) as Record<string, unknown>;
      const text = JSON.stringify(clean);
      const [key] = Object.keys(clean);
      const { [key ?? '']: _, ...rest } = clean;
      expect(compare('subset', text, text, 'json').kind).toBe('held');
      expect(compare('subset', text, JSON.stringify(rest), 'json').kind).toBe('differs');
    }),
  );
});

test('no text throws, and a difference is small', () => {
  const word = fc.constantFrom(
    'a',
    '<<x>>',
    '<<x:int>>',
    '<<_>>',
    '...',
    '(',
    '[',
    '{',
    '\\',
    '*',
    ': ',
    '- ',
    '12s',
    '1',
    '"',
    '&a',
    '*a',
    '\n',
    '\n',
    ' ',
  );
  const text = fc.oneof(
    fc.array(word).map((words) => words.join('')),
    fc.string(),
    fc.string({ unit: 'binary' }),
  );
  const languages = fc.constantFrom<ExpectLanguage>('text', 'json', 'yaml', 'console');
  fc.assert(
    fc.property(fc.constantFrom(...MATCH_KINDS), languages, text, text, (match, spoken, expected, actual) => {
      for (const problem of checkExpectation({ match, language: spoken, text: expected })) {
        expect(problem.line).toBeLessThan(expected.split('\n').length);
      }
      const verdict = compare(match, expected, actual, spoken);
      if (verdict.kind === 'held') return;
      expect(verdict.reason).not.toBe('');
      expect(verdict.diff.length).toBeLessThanOrEqual(200);
    }),
    { numRuns: 3000 },
  );
});

test('an occurrence far out on a long line is found', () => {
  const line = `${'a'.repeat(5_000_000)} id: 7 ${'b'.repeat(5_000_000)}`;
  expect(compare('contains', 'id: <<n:int>>', line)).toMatchObject({ kind: 'held', captures: { n: '7' } });
  expect(compare('absent', 'id: <<_:int>>', line).kind).toBe('differs');
  expect(compare('elide', '... id: 7 ...', line).kind).toBe('held');
});

test('varying parts stand where the output differs', () => {
  const actual = 'NAME   AGE\nweb-0  3m12s  10.1.2.3';
  const verdict = compare('like', 'NAME  AGE\nweb-0  1s  10.0.0.1', actual);
  const parts = verdict.kind === 'held' ? verdict.varying : [];
  expect(parts.map(({ line, start, end }) => actual.split('\n')[line]?.slice(start, end))).toEqual([
    '3m12s',
    '10.1.2.3',
  ]);
});

test('each token of a row that differs is marked with its reason', () => {
  const header = 'NAME   READY   STATUS    AGE';
  const verdict = compare(
    'like',
    `${header}\nweb    1/1     Running   1s`,
    `${header}\nweb    0/1     Pending   7m`,
  );
  const marks = verdict.kind === 'differs' ? (verdict.diff.at(-1)?.marks ?? []) : [];
  expect(marks.map(({ reason }) => reason)).toEqual([
    'READY `0/1` is not `1/1`',
    'STATUS `Pending` is not `Running`',
  ]);
});

test('a missing row is one row of the diff', () => {
  const verdict = compare('like', 'NAME AGE\na 1s\nb 1s\nc 1s', 'NAME AGE\na 2s\nc 2s');
  expect(verdict).toMatchObject({ kind: 'differs', reason: 'line `b 1s` is missing' });
  expect(verdict.kind === 'differs' && verdict.diff.map(({ kind }) => kind)).toEqual([
    'same',
    'allowed',
    'expected',
    'allowed',
  ]);
});

test.for([
  ['exact', '<<a>><<b>><<c>><<d>><<e>><<f>><<g>><<h>>!', 'a'.repeat(20_000)],
  ['exact', '<<a>><<a>><<b>><<b>>!', 'a'.repeat(20_000)],
  ['elide', 'a...a...a...a...a...a...a...b', 'a'.repeat(50_000)],
  ['elide', '...\n<<a>>\n...\n<<a>>\n...\nb\n...', 'x\ny\n'.repeat(3000)],
  ['like', '<<a>>-<<b>>-<<c>>-<<d>>.', '-'.repeat(20_000)],
  ['like', '1s1s1s1s!', '1s'.repeat(100_000)],
  ['regex', '(a+)+(a*)*(a|aa)+b', 'a'.repeat(100_000)],
  ['regex', '(.*)(.*)(.*)(.*)(.*)(.*)x', 'a'.repeat(100_000)],
  ['regex', '(?:a{0,100}){0,9}x', 'a'.repeat(256_000)],
  ['contains', '<<a>><<b>><<c>><<d>>!', 'a'.repeat(50_000)],
  ['contains', '<<a>><<b>>!\n'.repeat(50), `${'a'.repeat(1000)}\n`.repeat(500)],
  ['absent', '<<a>><<b>>!\n'.repeat(50), `${'a'.repeat(1000)}\n`.repeat(500)],
  ['subset', 'a: 1', '['.repeat(100_000)],
  ['subset', 'a: 1', `a: &a [x]\n${Array.from({ length: 30 }, (_, i) => `b${i}: [*a,*a,*a]`).join('\n')}`],
  ['exact', 'a\n'.repeat(5000), 'b\n'.repeat(200_000)],
  ['like', 'a 1s\n'.repeat(5000), 'b 1s\n'.repeat(50_000)],
] as const)('%s: hostile text %# comes to an end', { timeout: 20_000 }, ([match, expected, actual]) => {
  expect(compare(match, expected, actual, language(match)).kind).toBe('differs');
});
