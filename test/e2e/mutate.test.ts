/** `mtx-doc mutate` on chapters with expectations that cannot fail: each is found at its line, and a list must be true. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { chapterText, fence, openFolder, startCli, type Ended } from '../support/cli.ts';

let folder = { path: '', close: (): void => undefined };
afterEach(() => folder.close());

/** A run and an expectation with these attributes. */
function check(id: string, command: string, attributes: string, expected: string): string {
  return `${fence(`.run #${id}`, command)}\n\`\`\`text {.expect${attributes}}\n${expected}\n\`\`\`\n`;
}

const UUID = '01234567-89ab-4cde-8f01-23456789abcd';

const WEAK = chapterText(
  check('anything', 'printf "a\\nb\\n"', ' match=elide', '...'),
  check('once', `echo id ${UUID}`, '', 'id <<once:uuid>>'),
  check('twice', `echo id ${UUID}`, '', 'id <<twice:uuid>>'),
  check('again', `echo is ${UUID}`, '', 'is <<twice>>'),
  check('nobody', 'echo all is well', ' match=absent', 'Error'),
  check('fails', 'echo lost >&2; (exit 3)', ' exit=3', 'lost'),
);

function mutate(words: readonly string[] = [], files: Readonly<Record<string, string>> = {}): Promise<Ended> {
  folder = openFolder({ 'weak.md': WEAK, ...files });
  return startCli(folder.path, ['mutate', 'weak.md', ...words]);
}

const entry = (block: string, mutation: string): string =>
  JSON.stringify({ chapter: 'weak.md', block, mutation, reason: 'a test' });

const TRUE_LIST = [
  entry('anything', 'output: empty output'),
  entry('anything', 'print to stderr'),
  entry('once', 'output: another value for <<once>>'),
  entry('nobody', 'output: empty output'),
  entry('nobody', 'print to stderr'),
].join(',');

describe('mutate', () => {
  test('names what cannot fail, and nothing else', async () => {
    const { code, out } = await mutate();
    expect(code).toBe(1);
    const survived = [...out.matchAll(/^SURVIVED weak\.md:(\d+) #(\S+) {2}(.+)$/gm)];
    expect(survived.map(([, , block, mutation]) => `${block} ${mutation}`)).toEqual([
      'anything output: empty output',
      'anything print to stderr',
      'once output: another value for <<once>>',
      'nobody output: empty output',
      'nobody print to stderr',
    ]);
    const lines = WEAK.split('\n');
    expect(survived.map(([, line]) => lines[Number(line) - 1])).toEqual([
      '```text {.expect match=elide}',
      '```text {.expect match=elide}',
      '```text {.expect}',
      '```text {.expect match=absent}',
      '```text {.expect match=absent}',
    ]);
    expect(out).toContain('nothing compares <<once>> again');
    expect(out).toMatch(/\n\d+ mutations: \d+ killed, 0 allowed by their matchers, 5 survived\n$/);
  });

  test('--only judges one block', async () => {
    const { code, out } = await mutate(['--only', '#twice']);
    expect({ code, survived: out.includes('SURVIVED') }, out).toEqual({ code: 0, survived: false });
  });

  test('a list of reasons makes it green, as JSON too', async () => {
    const words = ['--allow', 'list.yaml', '--format', 'json'];
    const { code, out } = await mutate(words, { 'list.yaml': `[${TRUE_LIST}]` });
    expect(code, out).toBe(0);
    const report = JSON.parse(out) as { chapters: { survivors: { reason?: string }[] }[]; stale: unknown[] };
    expect(report.stale).toEqual([]);
    expect(report.chapters[0]?.survivors.map(({ reason }) => reason)).toEqual(Array(5).fill('a test'));
  });

  test('an entry that fits nothing is an error', async () => {
    const list = `[${TRUE_LIST},${entry('twice', 'output: another value for <<twice>>')}]`;
    const { code, out } = await mutate(['--allow', 'list.yaml'], { 'list.yaml': list });
    expect(code).toBe(1);
    expect(out).toContain('STALE weak.md #twice');
  });

  test.for([
    ['[{"chapter": "weak.md"}]', 'entry 1 is not complete'],
    ['chapter: weak.md', 'it is no list'],
    ['[', '--allow list.yaml: '],
  ])('%s is no list', async ([text, says]) => {
    const { code, err } = await mutate(['--allow', 'list.yaml'], { 'list.yaml': text ?? '' });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(says ?? '') as string });
  });

  test('refuses a block that is not there, and a list that is not there', async () => {
    const { code, err } = await mutate(['--only', 'nowhere']);
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining('no run has the id nowhere') as string,
    });
    const second = await startCli(folder.path, ['mutate', 'weak.md', '--allow', 'no.yaml']);
    expect(second).toMatchObject({
      code: 2,
      err: expect.stringContaining('--allow no.yaml: ENOENT') as string,
    });
  });

  test('proves nothing of a chapter that is red', async () => {
    folder = openFolder({ 'red.md': chapterText(fence('.run', 'echo a', 'b')) });
    const { code, out, err } = await startCli(folder.path, ['mutate', 'red.md']);
    expect(code).toBe(1);
    expect(out).toContain('`a` is not `b`');
    expect(err).toContain('nothing was proved');
    writeFileSync(join(folder.path, 'red.md'), chapterText(fence('.run', 'echo b', 'b')));
    expect(await startCli(folder.path, ['mutate', 'red.md'])).toMatchObject({ code: 0 });
  });
});
