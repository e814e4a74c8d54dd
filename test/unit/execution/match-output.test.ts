/** What an expectation says of an output whose middle is not known: nothing that the middle could refute. */
import { expect, test } from 'vitest';

import type { Output } from '../../../runner/execution/execution.ts';
import { matchOutput } from '../../../runner/execution/match-output.ts';
import type { MatchKind } from '../../../runner/expectation/expectation.ts';

const cut = { bytes: 9, omittedBytes: 5 };
const long: Output = {
  stdout: 'first\nNEED\n[… 5 bytes left out …]\nED\nlast\n',
  stderr: 'whole\n',
  omittedBytes: 5,
  cut: { stdout: cut },
};

const verdictOn = (stream: 'stdout' | 'stderr', match: MatchKind, text: string): string => {
  const verdict = matchOutput(long, stream, { match, language: 'text', text }, {});
  return verdict.kind === 'held' ? 'held' : verdict.reason;
};

const refused =
  'the output has 9 bytes, of which 5 in the middle are not compared: print less, for example with `grep` or `head`';

test.each<[MatchKind, string, string]>([
  ['absent', 'missing', refused],
  ['absent', 'last', '`last` occurs in line 2'],
  ['contains', 'last\nfirst', 'held'],
  ['contains', 'missing', refused],
  ['contains', 'bytes left out', refused],
  ['contains', 'NE<<_>>', refused],
  ['elide', 'first\n...\nlast', refused],
  ['elide', 'first\n...\nmiddle\n...\nlast', refused],
  ['regex', 'first', refused],
  ['exact', long.stdout.trimEnd(), refused],
])('%s %j on a cut stream', (match, text, said) => {
  expect(verdictOn('stdout', match, text)).toBe(said);
});

test('a whole stream beside a cut one is compared', () => {
  expect([verdictOn('stderr', 'absent', 'missing'), verdictOn('stderr', 'exact', 'whole')]).toEqual([
    'held',
    'held',
  ]);
});
