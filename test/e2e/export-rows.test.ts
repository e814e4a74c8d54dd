/** What an exported script waits for, judged by bash on the cases of the runner's matchers: `has_rows` holds where they hold. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { HELPERS } from '../../runner/export/data/helpers.ts';
import { findTexts } from '../../runner/export/expected-texts.ts';
import { makeExpectBlock } from '../support/expect-block.ts';
import { CASES } from '../unit/expectation/match.cases.ts';

/** The rows of each case against its output, as a command substitution gives it; `yes` or `no` for each, in one bash. */
function askBash(cases: readonly { readonly rows: readonly string[]; readonly actual: string }[]): string[] {
  const word = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const asked = cases.map(({ rows, actual }) => {
    const words = [actual.replace(/\n+$/, ''), ...rows].map(word).join(' ');
    return `if has_rows ${words}; then echo yes; else echo no; fi`;
  });
  const script = ['set -euo pipefail', HELPERS['wait_for'], ...asked].join('\n');
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8', timeout: 60_000 });
  expect(stderr).toBe('');
  return stdout.trimEnd().split('\n');
}

const ROWS = CASES.flatMap((one) => {
  const found = findTexts(makeExpectBlock(one.match, one.expected));
  return found.kind === 'rows' && !one.expected.includes('<<known>>') ? [{ ...one, rows: found.rows }] : [];
});

/** Where the script is content with more than the page is: none of it is something that a wait is for. */
const LAXER: readonly (readonly [expected: string, actual: string, why: string])[] = [
  ['a', 'a\n\n', 'a command substitution drops blank lines at the end'],
  ['a', ' a', 'blanks are not counted'],
  ['unit (5f0c…)', 'unit (deadbeef)', 'what may differ from run to run is any word'],
  ['12s', '12', 'so is an age'],
  ['12s', '<unknown>', 'so is an age'],
];

test('has_rows and the matchers agree', () => {
  expect(ROWS.length).toBeGreaterThan(50);
  const answers = askBash(ROWS);
  const isLaxer = (expected: string, actual: string): boolean =>
    LAXER.some(([text, output]) => text === expected && output === actual);
  const wrong = ROWS.filter(({ holds, expected, actual }, index) => {
    const holdsHere = holds === true || isLaxer(expected, actual);
    return answers[index] !== (holdsHere ? 'yes' : 'no');
  });
  expect(wrong.map(({ match, expected, actual, holds }) => ({ match, expected, actual, holds }))).toEqual([]);
});

const HEAD_AND_LIVE = '<<p>>-eu   data    <<a:int>>   <<a>>\n<<p>>-us   trade   <<b:int>>   <<b>>';
const THREE_REGIONS = 'trade 3 <<us>>\ntrade 2 <<_:int>>\ntrade 2 <<asia>>';

const LESSONS = [
  ['both live', HEAD_AND_LIVE, 'x-eu data 2 2\nx-us trade 7 7', 'yes'],
  ['one is not live yet', HEAD_AND_LIVE, 'x-eu data 2 2\nx-us trade 7 4', 'no'],
  ['a number that only begins like the other', HEAD_AND_LIVE, 'x-eu data 2 2\nx-us trade 7 70', 'no'],
  ['nothing is live yet', HEAD_AND_LIVE, 'x-eu data 2 2\nx-us trade 7 <none>', 'no'],
  [
    'nothing was ever live, and equal all the same',
    HEAD_AND_LIVE,
    'x-eu data 2 2\nx-us trade <none> <none>',
    'no',
  ],
  ['another prefix in one row', HEAD_AND_LIVE, 'x-eu data 2 2\ny-us trade 7 7', 'no'],
  ['a region is missing', HEAD_AND_LIVE, 'x-us trade 7 7', 'no'],
  ['each region its own', THREE_REGIONS, 'trade 3 1\ntrade 2 5\ntrade 2 1', 'yes'],
  ['one region for two', THREE_REGIONS, 'trade 3 1\ntrade 5 5\ntrade 2 1', 'no'],
  ['the wrong order', THREE_REGIONS, 'trade 2 1\ntrade 3 5\ntrade 2 1', 'no'],
  ['a row too many', THREE_REGIONS, 'trade 3 1\ntrade 2 5\ntrade 2 1\ntrade 2 1', 'no'],
] as const;

test('waits where a lesson does', () => {
  const answers = askBash(
    LESSONS.map(([, expected, actual]) => {
      const found = findTexts(makeExpectBlock('like', expected));
      return { rows: found.kind === 'rows' ? found.rows : [], actual };
    }),
  );
  expect(LESSONS.map(([name], index) => [name, answers[index]])).toEqual(
    LESSONS.map(([name, , , answer]) => [name, answer]),
  );
});
