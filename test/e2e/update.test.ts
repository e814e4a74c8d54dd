/** `mtx-doc update` as authors use it: what is written, what is left, and what is never touched. */
import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { chapterText, fence, openFolder, startCli } from '../support/cli.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

function folder(files: Readonly<Record<string, string>>): string {
  const { path, close } = openFolder(files);
  closers.push(close);
  return path;
}

const env = { CI: '' };
const polled = (command: string, expected: string): string =>
  `\`\`\`bash {.run retry}\n${command}\n\`\`\`\n\n\`\`\`text {.expect within=2s every=300ms}\n${expected}\n\`\`\`\n`;

const WRONG = chapterText(
  fence('.run #a', "printf 'id 7\\nnew\\n'", 'id <<id>>\nold'),
  fence('.run #b', 'echo 7', '<<id>>'),
  fence('.run #c', 'echo two', 'one'),
);
const RIGHT = WRONG.replace('>>\nold', '>>\nnew').replace('\none\n', '\ntwo\n');

describe('mtx-doc update', () => {
  it.each([
    ['LF', (text: string) => text],
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
  ])('corrects what differs and nothing else, and the chapter is green: %s', async (_name, form) => {
    const cwd = folder({ 'a.md': form(WRONG) });
    const first = await startCli(cwd, ['update', 'a.md'], { env });
    expect([first.code, first.out.split('\n').at(-2)]).toEqual([0, '2 promoted']);
    expect(readFileSync(join(cwd, 'a.md'), 'utf8')).toBe(form(RIGHT));
    expect((await startCli(cwd, ['run', 'a.md'])).code).toBe(0);
    const second = await startCli(cwd, ['update', 'a.md'], { env });
    expect([second.code, second.out]).toEqual([0, '0 promoted\n']);
    expect(readdirSync(cwd)).toEqual(['a.md']);
  });

  it('shows a diff and changes nothing with --dry-run, also in CI', async () => {
    const cwd = folder({ 'a.md': WRONG });
    const { code, out } = await startCli(cwd, ['update', 'a.md', '--dry-run'], { env: { CI: 'true' } });
    expect(code).toBe(1);
    expect(out).toContain('--- a/a.md\n+++ b/a.md\n@@ -12,7 +12,7 @@\n');
    expect(out).toContain('\n-old\n+new\n');
    expect(readFileSync(join(cwd, 'a.md'), 'utf8')).toBe(WRONG);
    writeFileSync(join(cwd, 'a.md'), RIGHT);
    expect((await startCli(cwd, ['update', 'a.md', '-n'])).code).toBe(0);
  });

  it.each([
    ['update a.md', 'true', 'chapters are not promoted in CI'],
    ['update a.md --review', '', '--review needs a terminal'],
    ['update a.md --review --dry-run', '', '--dry-run and --review contradict each other'],
    ['update a.md --from none.json', '', 'none.json cannot be read as a report'],
    ['update a.md --from a.md', '', 'a.md cannot be read as a report'],
  ])('refuses %s with CI=%s', async (line, ci, part) => {
    const cwd = folder({ 'a.md': WRONG });
    const { code, err } = await startCli(cwd, line.split(' '), { env: { CI: ci } });
    expect(err).toContain(part);
    expect([code, readFileSync(join(cwd, 'a.md'), 'utf8')]).toEqual([2, WRONG]);
  });

  it.each([
    ['an exit status', fence('.run', 'echo new; false', 'old'), 'write `exit=1` on the expectation'],
    ['a time-out', fence('.run timeout=300ms', 'echo new; sleep 9', 'old'), 'it was not done in time'],
    [
      'a secret',
      fence('.run', 'API_TOKEN=hunter22; echo "is $API_TOKEN"', 'was'),
      'the output holds a secret',
    ],
    ['a shell that ended', fence('.run', 'echo new; exit', 'old'), 'the shell ended'],
    ['what never settled', polled('echo $((count += 1))', 'old'), 'it was still changing'],
    [
      'what must be absent',
      fence('.run', 'echo x').concat('\n```text {.expect match=absent}\nx\n```\n'),
      'undo the check',
    ],
  ])('leaves %s, says why, and corrects what came before', async (_name, part, reason) => {
    const text = chapterText(fence('.run', 'echo two', 'one'), part);
    const cwd = folder({ 'a.md': text });
    const { code, err, out } = await startCli(cwd, ['update', 'a.md'], { env });
    expect(err).toContain(reason);
    expect([code, out.split('\n').at(-2)]).toEqual([1, '1 promoted, 1 left as they are']);
    expect(readFileSync(join(cwd, 'a.md'), 'utf8')).toBe(text.replace('\none\n', '\ntwo\n'));
  });

  it('corrects a polled block that settled on something else', async () => {
    const text = chapterText(polled('echo READY 5s', 'PENDING 5s'));
    const cwd = folder({ 'a.md': text });
    expect((await startCli(cwd, ['update', 'a.md'], { env })).code).toBe(0);
    expect(readFileSync(join(cwd, 'a.md'), 'utf8')).toBe(text.replace('PENDING', 'READY'));
  });

  it('says that a chapter was not run, because the one that it needs differed, and promotes it the next time', async () => {
    const needy = chapterText(fence('.run', 'echo two', 'one')).replace('mtx:', 'mtx:\n  needs: [a.md]');
    const cwd = folder({ 'a.md': WRONG, 'b.md': needy });
    const first = await startCli(cwd, ['update', '.'], { env });
    expect([first.code, first.err]).toEqual([
      1,
      expect.stringContaining('left b.md: it was not run, so promote again'),
    ]);
    expect((await startCli(cwd, ['update', '.'], { env })).code).toBe(0);
    expect((await startCli(cwd, ['run', '.'])).code).toBe(0);
  });

  it('takes the output from a report, unless the chapter has changed since', async () => {
    const cwd = folder({ 'a.md': WRONG });
    await startCli(cwd, ['run', 'a.md', '--report', 'r.json']);
    expect((await startCli(cwd, ['update', 'a.md', '--from', 'r.json'], { env })).code).toBe(0);
    expect(readFileSync(join(cwd, 'a.md'), 'utf8')).toBe(RIGHT);
    writeFileSync(join(cwd, 'a.md'), WRONG.replace('echo two', 'echo three'));
    const { code, err } = await startCli(cwd, ['update', 'a.md', '--from', 'r.json'], { env });
    expect([code, err]).toEqual([2, expect.stringContaining('#c of a.md has changed since r.json')]);
  });

  it('keeps the mode of the file and the link to it, and refuses what is not UTF-8', async () => {
    const cwd = folder({ 'a.md': WRONG, 'latin.md': '' });
    writeFileSync(join(cwd, 'a.md'), WRONG, { mode: 0o640 });
    symlinkSync('a.md', join(cwd, 'link.md'));
    const mode = statSync(join(cwd, 'a.md')).mode;
    expect((await startCli(cwd, ['update', 'link.md'], { env })).code).toBe(0);
    expect(readFileSync(join(cwd, 'a.md'), 'utf8')).toBe(RIGHT);
    expect(statSync(join(cwd, 'a.md')).mode).toBe(mode);
    const latin = Buffer.from(`${WRONG}\u00e9`, 'latin1');
    writeFileSync(join(cwd, 'latin.md'), latin);
    const { code, err } = await startCli(cwd, ['update', 'latin.md'], { env });
    expect([code, err]).toEqual([2, expect.stringContaining('latin.md is not UTF-8')]);
    expect(readFileSync(join(cwd, 'latin.md')).equals(latin)).toBe(true);
  });

  it('writes nothing over a file that was edited while the chapter ran', async () => {
    const cwd = folder({});
    const text = chapterText(fence('.run', `echo >> '${cwd}/a.md'; echo two`, 'one'));
    writeFileSync(join(cwd, 'a.md'), text);
    const { code, err } = await startCli(cwd, ['update', 'a.md'], { env });
    expect([code, err]).toEqual([1, expect.stringContaining('changed while the chapter ran')]);
    expect(readFileSync(join(cwd, 'a.md'), 'utf8')).toBe(`${text}\n`);
  });
});
