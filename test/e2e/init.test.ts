/** What a project that has no chapter yet begins with, and the action that its CI may use. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { startCli } from '../support/cli.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const WORKFLOW = '.github/workflows/mtx-doc.yml';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mtx-init-'));
  mkdirSync(join(folder, '.git'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Job {
  readonly steps: readonly { readonly run?: string; readonly env?: Readonly<Record<string, string>> }[];
}

/** The commands of the written workflow. */
function readCommands(): readonly string[] {
  const { jobs } = parse(readFileSync(join(folder, WORKFLOW), 'utf8')) as { jobs: Record<string, Job> };
  return Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
}

test('the first chapter holds, and the workflow runs it', async () => {
  const { code, out } = await startCli(folder, ['init', 'my docs']);
  expect({ code, files: out.match(/^wrote .*$/gm) }).toEqual({
    code: 0,
    files: ['wrote my docs/first-steps.md', `wrote ${WORKFLOW}`],
  });
  expect((await startCli(folder, ['lint', 'my docs'])).code).toBe(0);
  const [, command = ''] = readCommands();
  const words = command.replace(/^npx --no mtx-doc /, '');
  const run = await execa('bash', ['-c', `"$0" "$1" ${words}`, process.execPath, `${ROOT}runner/bin.js`], {
    cwd: folder,
    reject: false,
  });
  expect(run).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('3 passed, 0 failed, 1 skipped'),
  });
});

test('what is there stays as it is', async () => {
  await startCli(folder, ['init']);
  const again = await startCli(folder, ['init']);
  expect(again.code).toBe(2);
  expect(again.err).toContain('docs/first-steps.md is there already: nothing was written');
  writeFileSync(join(folder, WORKFLOW), 'name: mine\n');
  const other = await startCli(folder, ['init', 'guide']);
  expect(other.out).toContain(`kept ${WORKFLOW}: let it \`npx mtx-doc run guide\` too`);
  expect(readFileSync(join(folder, WORKFLOW), 'utf8')).toBe('name: mine\n');
});

test('where one of the files cannot be written there is none', async () => {
  writeFileSync(join(folder, '.github'), 'a file where a folder must be');
  const { code, err } = await startCli(folder, ['init']);
  expect(code).toBe(2);
  expect(err).toContain(`${WORKFLOW} cannot be written`);
  expect(existsSync(join(folder, 'docs/first-steps.md'))).toBe(false);
});

test('in a folder of a repository, the workflow works there', async () => {
  mkdirSync(join(folder, 'packages/a'), { recursive: true });
  await startCli(join(folder, 'packages/a'), ['init']);
  const workflow = parse(readFileSync(join(folder, WORKFLOW), 'utf8')) as object;
  expect(workflow).toMatchObject({ defaults: { run: { 'working-directory': 'packages/a' } } });
  expect(readCommands()[1]).toContain('mtx-doc run docs ');
});

test('the GitHub action runs what its inputs name, and ends as the run does', async () => {
  const { runs } = parse(readFileSync(`${ROOT}action.yml`, 'utf8')) as { runs: Job };
  const script = runs.steps.find(({ env }) => env !== undefined)?.run ?? '';
  const [good, bad, output] = ['a/good.md', 'b/bad.md', 'output'].map((name) => join(folder, name));
  for (const [file, expected] of [
    [good, 'hello'],
    [bad, 'bye'],
  ] as const) {
    mkdirSync(dirname(file ?? ''));
    const page = [
      '---',
      'mtx: {}',
      '---',
      '```bash {.run}',
      'echo hello',
      '```',
      '```text {.expect}',
      expected,
      '```',
    ];
    writeFileSync(file ?? '', `${page.join('\n')}\n`);
  }
  const act = async (paths: string): Promise<{ exitCode?: number; stdout: string }> =>
    await execa('bash', ['-e', '-c', script], {
      cwd: folder,
      reject: false,
      env: {
        MTX_DOC: `${ROOT}runner/bin.js`,
        PATHS: paths,
        OPTIONS: '--bail',
        RUNNER_TEMP: folder,
        GITHUB_OUTPUT: output,
      },
    });
  expect(await act('a')).toMatchObject({ exitCode: 0 });
  const failed = await act('a b/*.md');
  expect(failed.exitCode).toBe(1);
  expect(failed.stdout).toContain('::error file=b/bad.md');
  expect(readFileSync(output ?? '', 'utf8')).toContain(`report=${folder}/mtx-doc.json`);
  expect(JSON.parse(readFileSync(join(folder, 'mtx-doc.json'), 'utf8'))).toHaveProperty('chapters.length', 2);
});
