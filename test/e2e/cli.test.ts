/** The executable as people and CI use it: exit codes, what is printed, what is written, and how it ends early. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { Ajv } from 'ajv';
import { afterEach, describe, expect, it } from 'vitest';
import schema from '../../runner/report/report.schema.json' with { type: 'json' };
import { BIN, chapterText, fence, openFolder, startCli } from '../support/cli.ts';
import { checkXml } from '../support/xml.ts';

const FILES = {
  'ok.md': chapterText(fence('.run #hi', 'echo hi', 'hi')),
  'two.md': chapterText(fence('.run #a', 'x=1; echo $x', '1'), fence('.run #b', 'echo $x', '1')),
  'bad.md': chapterText(fence('.run #hi', 'echo hi', 'ho'), fence('.skip reason="a browser"', 'open x')),
  'wrong.md': chapterText(fence('.rnu', 'echo hi')),
  'empty.md': chapterText(fence('.skip reason="all of it"', 'echo hi')),
  'hostile.md': chapterText(fence('.run #x', "echo '::error::forged' >&2; false")),
  'world.md': chapterText(fence('.run', 'true')).replace('mtx:', 'mtx:\n  requires: [kubectl]'),
  'poll.md': chapterText(fence('.run', 'rm -f x; echo hi'), '```text {.expect within=1s}\nhi\n```\n'),
  'needy.md': chapterText(fence('.run', 'true')).replace('mtx:', 'mtx:\n  needs: [okay.md]'),
  'base.md': chapterText(fence('.run', 'cub space create base')),
  'clone.md': chapterText(fence('.run', 'cub space create prod\ncub unit list --space base')).replace(
    'mtx:',
    'mtx:\n  needs: [base.md]',
  ),
  'lone.md': chapterText(fence('.run', 'true')).replace('mtx:', 'mtx:\n  needs: [wrong.md]'),
  'fine.md': chapterText(`${fence('.run', 'echo hi')}\n\`\`\`text {.expect exit=1}\nhi\n\`\`\`\n`),
  'notes.json': '{"name": "notes"}\n',
  'made.json': '',
  'typo.md': chapterText(fence('.run', 'true')).replace('mtx:', 'mxt:'),
};

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

function folder(files: Readonly<Record<string, string>> = FILES): string {
  const { path, close } = openFolder(files);
  closers.push(close);
  return path;
}

const cases: readonly [string, number, string][] = [
  ['run ok.md', 0, '1 passed, 0 failed\n'],
  ['run ok.md two.md --jobs 2', 0, '3 passed, 0 failed\n'],
  ['run tw*.md --only a', 0, '1 passed, 0 failed'],
  ['run two.md --until a', 0, '1 passed, 0 failed'],
  ['run needy.md --no-needs', 0, '1 passed, 0 failed\n'],
  ['run lone.md --no-needs', 0, '1 passed, 0 failed\n'],
  ['run lone.md', 2, 'wrong.md:9:10: error: there is no role `.rnu`'],
  ['plan clone.md --no-needs', 0, 'clone.md'],
  ['export clone.md --no-needs', 0, 'cub unit list --space base'],
  ['run bad.md two.md --bail', 1, 'not run two.md: stopped by --bail'],
  ['run ok.md two.md --shard 1/2', 0, '\n1 passed, 0 failed\n'],
  ['run ok.md two.md --shard 2/2', 0, '\n2 passed, 0 failed\n'],
  ['run ok.md two.md --shard 3/3', 2, 'use at most 2 shards'],
  ['run ok.md --shard 2/1', 2, 'it is I/N, such as 1/3'],
  ['run ok.md --times r.json', 2, '--times is for --shard'],
  ['run ok.md --shard 1/1 --times ok.md', 2, '--times ok.md cannot be read'],
  ['run bad.md', 1, '0 passed, 1 failed, 1 skipped\n'],
  ['run bad.md --quiet', 1, '0 passed, 1 failed, 1 skipped\n'],
  ['run wrong.md', 2, 'wrong.md:9:10: error: there is no role `.rnu`'],
  ['run poll.md', 2, '`within` would run `rm -f x` again, which is not known to be harmless'],
  ['run needy.md', 2, 'needy.md:4:11: error: `needs` names okay.md, and there is no such chapter.'],
  ['run needy.md', 2, 'did you mean `ok.md`?'],
  ['run fine.md', 1, 'exit status 0, not 1\n'],
  ['run empty.md', 2, 'this chapter runs nothing'],
  ['run bad.md --only test-skip-1', 2, 'No block would be run'],
  ['run t?po.md', 2, 'did you mean `mtx` by `mxt`?'],
  ['run ok.md --only nope', 2, 'No block in the named chapters matches --only nope'],
  ['run nothing*.md', 2, 'no Markdown file matches nothing*.md'],
  ['run ok.md --report none/r.json', 2, '--report none/r.json cannot be written: there is no folder'],
  ['run ok.md --report r.json --junit r.json', 2, '--report and --junit name the same file'],
  ['run ok.md --report two.md', 2, '--report two.md cannot be written: it would replace a Markdown file'],
  ['run ok.md --junit NEW.MD', 2, '--junit NEW.MD cannot be written: it would replace a Markdown file'],
  [
    'run ok.md --report notes.json',
    2,
    '--report notes.json cannot be written: there is a file that is no report',
  ],
  [
    'run ok.md --junit notes.json',
    2,
    '--junit notes.json cannot be written: there is a file that is no report',
  ],
  ['run ok.md --report made.json', 0, '1 passed, 0 failed'],
  ['run world.md --cluster nowhere', 3, 'there is no cluster `nowhere` in this version'],
  // Neither name would ever be asked for by a chapter that needs no world.
  ['run ok.md --cluster nowhere', 3, 'there is no cluster `nowhere` in this version'],
  ['run ok.md --hub nonsense', 3, '--hub `nonsense` is no URL of a hub'],
  ['run ok.md --kubectl missing/kubectl', 3, 'Give --kubectl the path of an executable file'],
  ['run ok.md --cub .', 3, '--cub: there is no program at '],
  ['plan two.md', 0, '1 chain, 1 chapter, 2 blocks to run\n'],
  ['run ok.md --format tap', 0, 'TAP version 14\n'],
];

describe('mtx-doc', () => {
  it.each(cases)('%s ends with %i', async (line, code, part) => {
    const ended = await startCli(folder(), line.split(' '));
    expect(ended.out + ended.err).toContain(part);
    expect(ended.code).toBe(code);
  });

  it('says where it kept a work folder', async () => {
    const { out } = await startCli(folder(), ['run', 'ok.md', '--keep']);
    const kept = /\nkept (.*)\n/.exec(out)?.[1] ?? '';
    expect(readdirSync(kept)).toContain('work');
    rmSync(kept, { recursive: true });
  });

  it('prints a line per block, the totals and the closing line last', async () => {
    const { out } = await startCli(folder(), ['run', 'two.md']);
    expect(out.replaceAll(/\d+ ms/g, '7 ms').split('\n')).toEqual([
      'ok   two.md:9 #a (7 ms)',
      'ok   two.md:17 #b (7 ms)',
      'no cluster, no hub',
      '1 chapter, 2 blocks, 2 expectations, 7 ms',
      '2 passed, 0 failed',
      '',
    ]);
  });

  it('writes reports that are whole, and leaves no other file', async () => {
    const cwd = folder({ 'bad.md': FILES['bad.md'] });
    for (const round of ['first', 'again']) {
      const { code } = await startCli(cwd, ['run', 'bad.md', '--report', 'r.json', '--junit', 'r.xml']);
      expect([round, code]).toEqual([round, 1]);
    }
    const validate = new Ajv({ strict: true, strictTypes: false }).compile(schema);
    validate(JSON.parse(readFileSync(join(cwd, 'r.json'), 'utf8')));
    expect(validate.errors ?? []).toEqual([]);
    expect(checkXml(readFileSync(join(cwd, 'r.xml'), 'utf8'))).toBe('');
    expect(readdirSync(cwd).sort()).toEqual(['bad.md', 'r.json', 'r.xml']);
  });

  it('puts no report in the place of a named pipe', async () => {
    const cwd = folder({ 'ok.md': FILES['ok.md'] });
    execFileSync('bash', ['-c', 'mkfifo pipe'], { cwd });
    const { code, err } = await startCli(cwd, ['run', 'ok.md', '--report', 'pipe']);
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('--report pipe cannot be written: it is no regular file'),
    ]);
  });

  it('finds the chapters of a folder, and leaves other Markdown and dependencies alone', async () => {
    const cwd = folder({ 'ok.md': FILES['ok.md'], 'README.md': '# Read me\n\n```bash\nnpm test\n```\n' });
    mkdirSync(join(cwd, 'node_modules'));
    writeFileSync(join(cwd, 'node_modules', 'bad.md'), FILES['bad.md']);
    const { code, out } = await startCli(cwd, ['run', '.']);
    expect([code, out.split('\n').at(-2)]).toEqual([0, '1 passed, 0 failed']);
  });

  it('finds chapters whatever the case of their ending, and behind symbolic links', async () => {
    const cwd = folder({
      'ok.md': FILES['ok.md'],
      'LOUD.MD': FILES['bad.md'],
      'long.markdown': FILES['bad.md'],
    });
    const { path, close } = openFolder({ 'elsewhere.txt': FILES['bad.md'] });
    closers.push(close);
    symlinkSync(join(path, 'elsewhere.txt'), join(cwd, 'link.md'));
    const { code, out } = await startCli(cwd, ['run', '.']);
    expect([code, out.split('\n').at(-2)]).toEqual([1, '1 passed, 3 failed, 3 skipped']);
  });

  it('says where a symbolic link leads that leads nowhere', async () => {
    const cwd = folder({ 'ok.md': FILES['ok.md'] });
    symlinkSync('gone.md', join(cwd, 'dangling.md'));
    for (const path of ['.', 'dangling.md']) {
      const { code, err } = await startCli(cwd, ['run', path]);
      expect([code, err]).toEqual([
        2,
        'mtx-doc: dangling.md is a symbolic link to gone.md, which is not there\n',
      ]);
    }
  });

  it('names the commit, packed or not', async () => {
    const cwd = folder({ 'ok.md': FILES['ok.md'] });
    const git = (...words: string[]): string => execFileSync('git', words, { cwd, encoding: 'utf8' }).trim();
    git('init', '--quiet');
    git(
      '-c',
      'user.name=t',
      '-c',
      'user.email=t@t.test',
      'commit',
      '--quiet',
      '--allow-empty',
      '-m',
      'first',
    );
    for (const change of [[], ['pack-refs', '--all'], ['checkout', '--quiet', '--detach']]) {
      if (change.length > 0) git(...change);
      const { out } = await startCli(cwd, ['run', 'ok.md', '--format', 'json']);
      expect(JSON.parse(out)).toMatchObject({ commit: git('rev-parse', 'HEAD') });
    }
  });

  it('gives programs the standard output for themselves', async () => {
    const { out } = await startCli(folder(), ['run', 'bad.md', '--format', 'json']);
    expect(JSON.parse(out)).toMatchObject({ version: 1, outcome: 'failed', totals: { failed: 1 } });
  });

  it('annotates for GitHub, and no output of a chapter can', async () => {
    const cwd = folder();
    const env = { GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') };
    const { out } = await startCli(cwd, ['run', 'hostile.md', '--format', 'github', '--verbose'], { env });
    expect(out.split('\n').filter((line) => line.trim().startsWith('::'))).toEqual([
      expect.stringMatching(/^::error file=hostile\.md,line=\d+,title=Test › #x::exit status 1/),
    ]);
    expect(readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8')).toContain('**0 passed, 1 failed**');
  });

  it('colours where it is told to', async () => {
    const { out } = await startCli(folder(), ['run', 'ok.md'], { env: { FORCE_COLOR: '1' } });
    expect(out).toContain('\u001B[32mok  \u001B[39m');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s ends the run with 130, after its cleanups and reports',
    async (name) => {
      const cwd = folder();
      const path = (file: string): string => join(cwd, file);
      const text = chapterText(
        fence('.cleanup', `touch ${path('cleaned')}`),
        fence('.run', `touch ${path('begun')}; sleep 60`),
      );
      const { path: chapter, close } = openFolder({ 'slow.md': text });
      closers.push(close);
      const after = (): boolean => existsSync(path('begun'));
      const ended = await startCli(chapter, ['run', 'slow.md', '--report', 'r.json'], {
        signal: { name, after },
      });
      expect([ended.code, existsSync(path('cleaned'))]).toEqual([130, true]);
      expect(JSON.parse(readFileSync(join(chapter, 'r.json'), 'utf8'))).toMatchObject({
        outcome: 'interrupted',
      });
    },
  );

  it('runs under a lower limit of file sizes than its own', () => {
    const cwd = folder({ 'ok.md': FILES['ok.md'] });
    const line = `ulimit -f 64; exec "$0" "$1" run ok.md`;
    const ended = spawnSync('bash', ['-c', line, process.execPath, BIN], {
      cwd,
      encoding: 'utf8',
      timeout: 30_000,
      killSignal: 'SIGKILL',
    });
    expect([ended.status, ended.stdout]).toEqual([0, expect.stringContaining('1 passed, 0 failed')]);
  });

  it('writes completion that bash can read and that completes', () => {
    const script = execFileSync(process.execPath, ['runner/bin.js', 'completion', 'bash'], {
      encoding: 'utf8',
    });
    const ask = 'COMP_WORDS=(mtx-doc run --form); COMP_CWORD=2; _mtx_doc; echo "${COMPREPLY[*]}"';
    expect(spawnSync('bash', ['-c', `${script}\n${ask}`], { encoding: 'utf8' }).stdout).toBe('--format\n');
  });
});

/** A Node on PATH that is older than mtx-doc allows. */
function findOldNode(): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((path) => join(path, 'node'))
    .filter((path) => existsSync(path))
    .find(
      (path) =>
        Number(spawnSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout.split('.')[0]) <
        22,
    );
}

const oldNode = findOldNode();

// Skipped where PATH has no Node older than 22: there is nothing to be refused then.
it.skipIf(oldNode === undefined)('an old Node is told so in one line', async () => {
  const { code, out, err } = await startCli(
    folder(),
    ['run', 'ok.md'],
    oldNode === undefined ? {} : { node: oldNode },
  );
  expect([code, out]).toEqual([3, '']);
  expect(err).toMatch(/^mtx-doc needs Node 22\.22 or later, this is .*\n$/);
});
