/** Durations, suggestions, positions, rendered problems. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { parseDuration } from '../../../runner/text/duration.ts';
import { createLineMap } from '../../../runner/text/position.ts';
import { renderProblem } from '../../../runner/text/render-problem.ts';
import { suggest } from '../../../runner/text/suggest.ts';

test.for([
  ['500ms', 500],
  ['30s', 30_000],
  ['2m', 120_000],
  ['10m', 600_000],
  ['1h', 3_600_000],
  ['0s', undefined],
  ['1.5s', undefined],
  ['30', undefined],
  ['-1s', undefined],
  ['1m30s', undefined],
  ['', undefined],
] as const)('duration %s', ([text, ms]) => {
  expect(parseDuration(text)).toBe(ms);
});

test.for([
  ['expct', 'expect'],
  ['rnu', 'run'],
  ['CLEANUP', 'cleanup'],
  ['zzz', undefined],
  ['', undefined],
] as const)('suggest %s', ([word, near]) => {
  expect(suggest(word, ['run', 'expect', 'cleanup'])).toBe(near);
});

test('positions agree with splitting, for LF, CRLF and CR', () => {
  const source = fc.array(fc.constantFrom('a', 'bc', '\n', '\r\n', '\r')).map((parts) => parts.join(''));
  fc.assert(
    fc.property(source, fc.nat(), (text, seed) => {
      const lines = createLineMap(text);
      const split = text.split(/\r\n|\n|\r/);
      expect(lines.lineCount).toBe(split.length);
      split.forEach((line, index) => expect(lines.textOf(index + 1)).toBe(line));
      const offset = text.length === 0 ? 0 : seed % (text.length + 1);
      const { line, column } = lines.positionAt(offset);
      expect(lines.startOf(line) + column - 1).toBe(offset);
    }),
  );
});

test('a problem is shown with its line and a caret', () => {
  const source = 'a\n\tb ccc d\n';
  const span = createLineMap(source).span(5, 8);
  const problem = {
    code: 'format:x',
    severity: 'error',
    file: 'f.md',
    span,
    message: 'no',
    hint: 'yes',
  } as const;
  expect(renderProblem(problem, source).split('\n')).toEqual([
    'f.md:2:4: error: no (format:x)',
    '  \tb ccc d',
    '  \t  ^^^',
    '  hint: yes',
  ]);
  expect(renderProblem(problem, undefined)).not.toContain('^');
});
