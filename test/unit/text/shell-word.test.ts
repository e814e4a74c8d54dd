/** A text as one word of bash: bash itself says whether it is. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { quoteWord } from '../../../runner/text/shell-word.ts';

test.each(['docs/a-1.md', 'my docs', "it's", '$HOME', 'a;b', '*', '', '~', '"', 'a\nb', '\\', '`x`', '#x'])(
  '%j stays one word',
  (text) => {
    const script = `printf '%s|' ${quoteWord(text)}`;
    expect(execFileSync('bash', ['-c', script], { encoding: 'utf8', cwd: '/' })).toBe(`${text}|`);
  },
);

test('what needs no quotes has none', () => {
  expect(quoteWord('tutorial/01-hello.md')).toBe('tutorial/01-hello.md');
});
