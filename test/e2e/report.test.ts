/** `mtx-doc report` on what `mtx-doc run --report` wrote. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { chapterText, fence, openFolder, startCli } from '../support/cli.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

it('compares two runs, shows one again, and refuses what is no report', async () => {
  const { path: cwd, close } = openFolder({ 'a.md': chapterText(fence('.run #a', 'echo hi', 'hi')) });
  closers.push(close);
  await startCli(cwd, ['run', 'a.md', '--report', 'before.json']);
  const same = await startCli(cwd, ['report', '--diff', 'before.json', 'before.json']);
  expect([same.code, same.out]).toEqual([
    0,
    '0 new failures, 0 fixed, 0 slower, 0 changed outputs, 0 added, 0 removed\n',
  ]);
  writeFileSync(join(cwd, 'a.md'), readFileSync(join(cwd, 'a.md'), 'utf8').replace('echo hi', 'echo ho'));
  await startCli(cwd, ['run', 'a.md', '--report', 'after.json']);
  const worse = await startCli(cwd, ['report', '--diff', 'before.json', 'after.json']);
  expect([worse.code, worse.out]).toEqual([
    1,
    expect.stringContaining('FAIL    a.md:9 #a: `ho` is not `hi`\n'),
  ]);
  const better = await startCli(cwd, ['report', '--diff', 'after.json', 'before.json', '--format', 'json']);
  expect([better.code, JSON.parse(better.out)]).toMatchObject([
    0,
    { fixed: [{ file: 'a.md', block: 'a', line: 9 }] },
  ]);
  const again = await startCli(cwd, ['report', 'after.json']);
  expect([again.code, again.out.split('\n').at(-2)]).toEqual([1, '0 passed, 1 failed']);
  for (const words of [['a.md'], ['--diff', 'after.json'], ['after.json', 'before.json'], ['none.json']]) {
    expect((await startCli(cwd, ['report', ...words])).code).toBe(2);
  }
});
