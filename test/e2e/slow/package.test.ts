/** mtx-doc in somebody else's project: packed, installed in an empty folder, run on pages that it has never seen. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

let folder = '';
/** What `npx mtx-doc` starts. */
let program = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mtx-package-'));
  await execa('npm', ['pack', '--pack-destination', folder], { cwd: ROOT });
  program = join(folder, 'node_modules/.bin/mtx-doc');
  const [tarball = ''] = readdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"name": "somebody-elses", "private": true}');
  const options = ['--no-audit', '--no-fund', '--prefer-offline'];
  await execa('npm', ['install', '--save-dev', ...options, `./${tarball}`], { cwd: folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function use(...words: string[]): Promise<{ exitCode?: number; stdout: string; stderr: string }> {
  return await execa(program, words, { cwd: folder, reject: false });
}

test('it carries no source that Node would refuse to run inside node_modules', () => {
  const files = readdirSync(join(folder, 'node_modules/mtx-doc'), { recursive: true, encoding: 'utf8' });
  expect(files).toContain('runner/built/main.js');
  expect(files.filter((file) => file.endsWith('.ts'))).toEqual([]);
});

test('a README of a library runs without any world', async () => {
  const page =
    '---\nmtx: {}\n---\n# tiny\n\n```bash {.run}\necho hello\n```\n\n```text {.expect}\nhello\n```\n';
  writeFileSync(join(folder, 'README.md'), page);
  const { exitCode, stdout } = await use('run', 'README.md');
  expect({ exitCode, last: stdout.split('\n').at(-1) }).toEqual({ exitCode: 0, last: '1 passed, 0 failed' });
  expect(stdout).toContain('no cluster, no hub');
  writeFileSync(join(folder, 'README.md'), page.replace('\nhello\n', '\nbye\n'));
  expect(await use('run', 'README.md')).toMatchObject({ exitCode: 1 });
});

test('a page with both clients has a hub and a cluster', async () => {
  const commands =
    'cub space create mine\ncub space list --names\nkubectl get namespace default --output name';
  const page = `---\nmtx:\n  requires: [cub, kubectl]\n---\n\`\`\`bash {.run}\n${commands}\n\`\`\`\n\n\`\`\`text {.expect match=contains}\nmine\nnamespace/default\n\`\`\`\n\n\`\`\`bash {.cleanup}\ncub space delete mine\n\`\`\`\n`;
  writeFileSync(join(folder, 'world.md'), page);
  const { exitCode, stdout } = await use('run', 'world.md');
  expect({ exitCode, stdout }).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/2 passed, 0 failed$/),
  });
});

test('the other commands work too', async () => {
  expect(await use('init')).toMatchObject({ exitCode: 0 });
  expect(await use('run', 'docs', '--format', 'json')).toMatchObject({ exitCode: 0 });
  expect(await use('lint', 'docs')).toMatchObject({ exitCode: 0 });
  expect(await use('export', 'docs/first-steps.md')).toMatchObject({ exitCode: 0 });
  expect((await use('help', 'format')).stdout).toContain('FRONT MATTER');
  const script = await execa(program, ['sandbox'], {
    cwd: folder,
    input: 'cub unit list --space default; kubectl version',
  });
  expect(script.stdout).toContain('Server Version');
  expect(await use('site', 'build')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('a checkout of mtx-doc'),
  });
});
