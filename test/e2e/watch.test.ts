/** `mtx-doc watch` as an author's editor drives it: saves of every kind, keys, and an end that leaves nothing. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parseChapter } from '../../runner/chapter/parse.ts';
import { digestChapter } from '../../runner/cli/digest-chapter.ts';
import { loadReport } from '../../site/load/load-report.ts';
import { BIN, chapterText, fence, openFolder } from '../support/cli.ts';

const CHAPTER = chapterText(
  fence(
    '.run #one',
    'echo one >> "$LOG"; x=5; f() { echo "f $x"; }; mkdir -p d; cd d; echo id 7',
    'id <<id>>',
  ),
  fence('.run #two', 'echo two >> "$LOG"; f; basename "$PWD"', 'f 5\nd'),
  fence('.run #three', 'echo three >> "$LOG"; echo id 7', 'id <<id>>'),
  '```bash {.cleanup}\necho cleaned >> "$LOG"\n```\n',
);

interface Watching {
  readonly file: string;
  /** What the blocks have logged since the last call. */
  logged(): string[];
  /** All output, once it tells `count` times that it is watching. */
  ready(count: number): Promise<string>;
  press(keys: string): void;
  end(signal: 'SIGINT' | 'SIGKILL' | undefined): Promise<number | null>;
  /** Folders that it has left. */
  left(): readonly string[];
}

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

function startWatch(text = CHAPTER, options: readonly string[] = []): Watching {
  const { path, close } = openFolder({});
  const [file, log, temp] = [join(path, 'a.md'), join(path, 'log'), join(path, 'temp')];
  writeFileSync(file, text.replace('mtx:', `mtx:\n  env: { LOG: ${log} }`));
  writeFileSync(log, '');
  mkdirSync(temp);
  const child = spawn(process.execPath, [BIN, 'watch', 'a.md', ...options], {
    cwd: path,
    env: { ...process.env, CI: '', TMPDIR: temp, NO_COLOR: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let out = '';
  const add = (part: string): void => void (out += part);
  child.stdout.setEncoding('utf8').on('data', add);
  child.stderr.setEncoding('utf8').on('data', add);
  const ended = new Promise<number | null>((resolve) => void child.on('close', resolve));
  closers.push(() => {
    child.kill('SIGKILL');
    close();
  });
  return {
    file,
    logged: () => {
      const lines = readFileSync(log, 'utf8').split('\n').slice(0, -1);
      writeFileSync(log, '');
      return lines;
    },
    ready: async (count) => {
      for (let tries = 0; tries < 300 && out.split('watching 1 chapter').length <= count; tries += 1) {
        await new Promise((resolve) => void setTimeout(resolve, 100));
      }
      expect(out.split('watching 1 chapter').length, out).toBeGreaterThan(count);
      return out.split('watching 1 chapter').at(-2) ?? '';
    },
    press: (keys) => void child.stdin.write(keys),
    end: async (signal) => {
      if (signal !== undefined) child.kill(signal);
      return await ended;
    },
    left: () => readdirSync(temp),
  };
}

function edit(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

describe('mtx-doc watch', () => {
  it('goes on from the first changed block with the shell and the files as they were, again and again', async () => {
    const watch = startWatch();
    expect(await watch.ready(1)).toContain('all 4 blocks hold');
    expect(watch.logged()).toEqual(['one', 'two', 'three', 'cleaned']);
    edit(watch.file, 'f 5\n', 'f 6\n');
    expect(await watch.ready(2)).toMatch(
      /a\.md from #two on\n[^]* - f 6\n[^]* \+ f 5\n[^]*3 hold, 1 fail: #two/,
    );
    expect(watch.logged()).toEqual(['two', 'three', 'cleaned']);
    edit(
      watch.file,
      'echo id 7\n```\n\n```text {.expect}\nid <<id>>\n```\n\n```bash {.cleanup',
      'echo id 8\n```\n\n```text {.expect}\nid <<id>>\n```\n\n```bash {.cleanup',
    );
    expect(await watch.ready(3)).toContain('`id 8` is not `id 7`');
    expect(watch.logged()).toEqual(['three', 'cleaned']);
    edit(watch.file, 'x=5', 'x=6');
    expect(await watch.ready(4)).toContain('3 hold, 1 fail: #three');
    expect(watch.logged()).toEqual(['one', 'two', 'three', 'cleaned']);
    watch.press('q');
    expect(await watch.end(undefined)).toBe(0);
    expect(watch.left()).toEqual([]);
  });

  it('keeps a report of all blocks as they stand, also of those that an edit did not run again', async () => {
    const watch = startWatch(CHAPTER.replace('f 5', 'f 0'), ['--report', 'r.json']);
    const read = async (): Promise<readonly string[]> => {
      const report = await loadReport('r.json', dirname(watch.file));
      const { chapter } = parseChapter('a.md', readFileSync(watch.file, 'utf8'));
      const [told] = report?.chapters ?? [];
      expect(told?.digest).toBe(digestChapter(chapter));
      expect(told?.blocks.map(({ id }) => id)).toEqual(chapter.blocks.map(({ id }) => id));
      return [report?.outcome ?? '', told?.status ?? '', ...(told?.blocks ?? []).map(({ status }) => status)];
    };
    await watch.ready(1);
    expect(await read()).toEqual(['failed', 'failed', 'passed', 'failed', 'passed', 'passed']);
    watch.logged();
    edit(watch.file, 'echo three >>', 'echo three again >>');
    await watch.ready(2);
    expect(watch.logged()).not.toContain('one');
    expect(await read()).toEqual(['failed', 'failed', 'passed', 'failed', 'passed', 'passed']);
    edit(watch.file, 'f 0', 'f 5');
    await watch.ready(3);
    expect(await read()).toEqual(['passed', 'passed', 'passed', 'passed', 'passed', 'passed']);
    watch.press('q');
    expect(await watch.end(undefined)).toBe(0);
  });

  it('refuses a report that it could not write', async () => {
    const watch = startWatch(CHAPTER, ['--report', 'none/r.json']);
    expect(await watch.end(undefined)).toBe(2);
    expect(watch.logged()).toEqual([]);
    expect(watch.left()).toEqual([]);
  });

  it('promotes with u, and runs what that changed', async () => {
    const watch = startWatch(CHAPTER.replace('f 5', 'f 0'));
    expect(await watch.ready(1)).toContain('3 hold, 1 fail: #two');
    watch.press('u');
    await watch.ready(2);
    expect(await watch.ready(3)).toContain('all 4 blocks hold');
    expect(readFileSync(watch.file, 'utf8')).toContain('f 5');
    watch.press('q');
    expect(await watch.end(undefined)).toBe(0);
  });

  it('survives syntax errors, renames, atomic saves and bursts', async () => {
    const watch = startWatch();
    await watch.ready(1);
    watch.logged();
    edit(watch.file, '.run #two', '.rnu #two');
    expect(await watch.ready(2)).toContain('there is no role `.rnu`');
    const text = readFileSync(watch.file, 'utf8').replace('.rnu', '.run');
    rmSync(watch.file);
    expect(await watch.ready(3)).toContain('there is no file or folder a.md');
    for (let save = 0; save < 20; save += 1) {
      writeFileSync(`${watch.file}.new`, `${text}${'prose\n'.repeat(save)}`);
      renameSync(`${watch.file}.new`, watch.file);
    }
    expect(await watch.ready(4)).toContain('no block has changed');
    expect(watch.logged()).toEqual([]);
    watch.press('r');
    expect(await watch.ready(5)).toContain('4 passed, 0 failed');
    expect(watch.logged()).toEqual(['one', 'two', 'three', 'cleaned']);
    watch.press('q');
    expect(await watch.end(undefined)).toBe(0);
  });

  it('ends a run for an edit or Ctrl-C, cleans up, and leaves nothing', async () => {
    const watch = startWatch(CHAPTER.replace('echo three >>', 'sleep 60; echo three >>'));
    for (
      let tries = 0;
      tries < 300 && !readFileSync(join(watch.file, '../log'), 'utf8').includes('two');
      tries += 1
    ) {
      await new Promise((resolve) => void setTimeout(resolve, 50));
    }
    edit(watch.file, 'sleep 60; ', '');
    expect(await watch.ready(1)).toContain('all 4 blocks hold');
    expect(watch.logged()).toEqual(['one', 'two', 'cleaned', 'three', 'cleaned']);
    expect(await watch.end('SIGINT')).toBe(130);
    expect(watch.left()).toEqual([]);
  });

  it('leaves nothing when it is killed', async () => {
    const watch = startWatch();
    await watch.ready(1);
    expect(watch.left()).toHaveLength(1);
    await watch.end('SIGKILL');
    for (let tries = 0; tries < 100 && watch.left().length > 0; tries += 1) {
      await new Promise((resolve) => void setTimeout(resolve, 100));
    }
    expect(watch.left()).toEqual([]);
  });
});
