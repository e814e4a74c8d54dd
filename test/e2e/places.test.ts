/** Where a run takes its files from and where it may write, whatever folder it is called from. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fence, startCli } from '../support/cli.ts';

const BIN = new URL('../../runner/bin.js', import.meta.url).pathname;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mtx-places-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const chapter = (...blocks: readonly string[]): string =>
  `---\ntitle: T\nsummary: S\nmtx: {}\n---\n\n# T\n\n${blocks.join('\n')}`;

test('the files of a chapter are those of its own repository', { timeout: 60_000 }, async () => {
  for (const name of ['.git', 'docs', 'k8s']) mkdirSync(join(folder, 'clone', name), { recursive: true });
  writeFileSync(
    join(folder, 'clone/k8s/map.yaml'),
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: own}\n',
  );
  writeFileSync(
    join(folder, 'clone/docs/a.md'),
    chapter(fence('.run', 'grep --only-matching "name: own" k8s/map.yaml', 'name: own')),
  );
  for (const [cwd, path] of [
    ['.', 'clone/docs/a.md'],
    ['clone', 'docs/a.md'],
    ['clone/docs', 'a.md'],
  ] as const) {
    const { code, out, err } = await startCli(join(folder, cwd), ['run', path, '-q']);
    expect({ code, err }, out).toEqual({ code: 0, err: '' });
  }
});

test('output that is lost is no success', { timeout: 60_000 }, async () => {
  writeFileSync(join(folder, 'a.md'), chapter(fence('.run', 'echo a', 'a')));
  const words = ['-c', '"$0" "$@" >/dev/full', process.execPath, BIN, 'run', 'a.md', '-q'];
  const { exitCode, stderr } = await execa('sh', words, { cwd: folder, reject: false });
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(/^mtx-doc: its output was lost: ENOSPC/m);
});

test('an empty TMPDIR is none', { timeout: 60_000 }, async () => {
  writeFileSync(join(folder, 'a.md'), chapter(fence('.run', 'echo a', 'a')));
  const { code, out, err } = await startCli(folder, ['run', 'a.md', '-q'], { env: { TMPDIR: '' } });
  expect({ code, err }, out).toEqual({ code: 0, err: '' });
});
