/** From bash's note of a failure to the line of the chapter. */
import { expect, test } from 'vitest';
import type { Block } from '../../../runner/chapter/chapter.ts';
import { findBlame, parseFailedCommands } from '../../../runner/execution/blame.ts';
import { buildChapter, run } from '../../support/build-chapter.ts';

const [first, second] = buildChapter('a.md', [
  run('one\ntwo \\\n  three\nfour \\\\\nfive'),
  run('six'),
]).blocks;
const sources = new Map<string, Block>();
if (first !== undefined) sources.set('/1.sh', first);
if (second !== undefined) sources.set('/2.sh', second);

test.each([
  ['a line', '/1.sh', 1, 2, 'one'],
  ['the end of a continued line', '/1.sh', 3, 3, 'two \\\nthree'],
  ['an escaped backslash continues nothing', '/1.sh', 5, 6, 'five'],
  ['beyond the end', '/1.sh', 99, 6, 'five'],
  ['another block', '/2.sh', 1, 9, 'six'],
  ['a file that is no block', '/etc/profile', 3, 6, 'five'],
])('%s', (_, file, line, at, command) => {
  if (first === undefined) throw new Error('no block');
  expect(findBlame(first, [{ status: 1, file, line }], sources)).toEqual({ line: at, command });
});

test('the innermost note in a block decides', () => {
  if (second === undefined) throw new Error('no block');
  const noted = parseFailedCommands('4\x007\x00/lib.sh\x004\x001\x00/1.sh\x004\x001\x00/2.sh\x00');
  expect(noted).toHaveLength(3);
  expect(findBlame(second, noted, sources)).toEqual({ line: 2, command: 'one' });
});
