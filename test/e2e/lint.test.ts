/** `mtx-doc lint` as authors, editors and CI call it: exit codes, forms, files that change, and its place before every run. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { BIN, chapterText, fence, openFolder, startCli } from '../support/cli.ts';

const FILES = {
  'ok.md': chapterText(fence('.run #hi', 'echo hi', 'hi')),
  'bad.md': chapterText(fence('.run #units', 'touch ran\ncub unit lst --space demo')),
  'slow.md': chapterText(fence('.run #wait', 'sleep 0', '')),
  'known.md': chapterText(fence('.run #wait', 'sleep 0', '')).replace(
    'mtx:',
    'mtx:\n  allow: [{code: "shell:sleep", id: wait, reason: "shows a wait"}]',
  ),
  'stale.md': chapterText(fence('.run #hi', 'echo hi', 'hi')).replace(
    'mtx:',
    'mtx:\n  allow: [{code: "shell:sleep", id: hi, reason: "was once"}]',
  ),
  'silent.md': chapterText(fence('.run #hi', 'echo hi', 'hi')).replace(
    'mtx:',
    'mtx:\n  allow: [{code: "shell:sleep", id: hi}]',
  ),
  'count.sh': 'set -e\nn=0\n((n++))\n',
  'shifted.md': `\n${chapterText(fence('.run #hi', 'echo hi', 'hi'))}`,
  'other.md': '# A guide\n\n```bash\ncub unit lst --space demo\n```\n',
};

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

function folder(): string {
  const { path, close } = openFolder({ ...FILES });
  closers.push(close);
  return path;
}

const cases: readonly [string, number, string][] = [
  ['lint ok.md', 0, '0 errors, 0 warnings in 1 file\n'],
  ['lint bad.md', 1, 'There is no command `cub unit lst`'],
  ['lint bad.md', 1, 'hint: Did you mean `cub unit list`?'],
  ['lint slow.md', 0, '0 errors, 1 warning in 1 file\n'],
  ['lint slow.md --max-warnings 0', 1, 'shell:sleep'],
  ['lint slow.md --max-warnings 1', 0, 'shell:sleep'],
  ['lint known.md --max-warnings 0', 0, '0 errors, 0 warnings'],
  ['lint stale.md', 1, 'nothing in #hi is reported as shell:sleep'],
  ['lint silent.md', 1, '`mtx.allow` must say the `reason` of each entry'],
  ['lint oth*.md', 2, 'there is no chapter in oth*.md'],
  ['lint --stdin --fix', 2, '--fix changes files'],
  ['lint oth*.md --any-markdown', 1, '1 error, 0 warnings in 1 file\n'],
  ['lint count.sh', 1, '`((n++))` has status 1 when n is 0'],
  ['lint bad.md --format json', 1, '"code": "contract:command"'],
  ['lint bad.md --format github', 1, '::error file=bad.md,line='],
  ['lint bad.md --format sarif', 1, '"version": "2.1.0"'],
  ['lint bad.md --contract cub-2024', 2, 'there is no contract cub-2024'],
  ['lint shif*.md', 1, 'shifted.md:2:1: error: this file has no `mtx:`'],
  ['run {ok,shifted}*.md', 2, 'shifted.md:2:1: error: this file has no `mtx:`'],
  ['plan .', 2, 'shifted.md:2:1: error: this file has no `mtx:`'],
  ['lint nothing.md', 2, 'there is no file or folder nothing.md'],
  ['lint', 2, 'there is nothing to lint'],
  ['lint --explain where:grammar', 0, 'where:grammar (error)'],
  ['lint --explain', 0, 'contract:space'],
  ['lint --explain where:gramar', 2, 'did you mean where:grammar?'],
  ['run bad.md', 2, '1 error; nothing was run'],
  ['run slow.md', 0, 'slow.md:10:1: warning: `sleep 0` waits a fixed time'],
];

describe('mtx-doc lint', () => {
  it.each(cases)('%s ends with %i', async (line, code, part) => {
    const path = folder();
    const result = await startCli(path, line.split(' '));
    expect(result.out + result.err).toContain(part);
    expect(result.code).toBe(code);
  });

  it('repairs what it can, once', () => {
    const path = folder();
    const fix = () =>
      spawnSync(process.execPath, [BIN, 'lint', 'count.sh', '--fix'], { cwd: path, encoding: 'utf8' });
    expect(fix().status).toBe(0);
    expect(readFileSync(join(path, 'count.sh'), 'utf8')).toBe('set -e\nn=0\nn=$((n + 1))\n');
    expect(fix().stdout).toBe('0 errors, 0 warnings in 1 file\n');
  });

  it.each([
    ['guide.md', '# A\n\n```bash {.run}\ntrue\n```\n', 'format:not-a-chapter'],
    ['a.sh', 'cub unit lst\n', 'contract:command'],
  ])('reads %s from an editor', (name, input, code) => {
    const words = [BIN, 'lint', '--stdin', '--stdin-filename', name, '--format', 'json'];
    const { stdout, status } = spawnSync(process.execPath, words, { input, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual([expect.objectContaining({ code, file: name })]);
  });
});
