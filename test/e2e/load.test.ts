/** The joined files are taken only while no source changed since: nobody ever runs an old build. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, expect, test } from 'vitest';

const LOAD = new URL('../../runner/load.js', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'mtx-load-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Which form of the entry a fresh process loads. */
async function loaded(): Promise<string> {
  const script = `import { loadEntry } from './load.js';
    process.stdout.write((await loadEntry('x', new URL('file://${folder}/x.mjs'))).form);`;
  const env = { XDG_CACHE_HOME: join(folder, 'cache') };
  const { stdout } = await execa(process.execPath, ['--input-type=module', '-e', script], {
    cwd: folder,
    env,
  });
  return stdout;
}

test('a build is taken while it is fresh', async () => {
  cpSync(LOAD, join(folder, 'load.js'));
  mkdirSync(join(folder, 'built'));
  const source = join(folder, 'x.mjs');
  writeFileSync(source, "export const form = 'source';");
  expect(await loaded()).toBe('source');
  writeFileSync(join(folder, 'built', 'x.js'), "export const form = 'built';");
  writeFileSync(join(folder, 'built', 'x.json'), JSON.stringify([['../x.mjs', statSync(source).mtimeMs]]));
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  expect(await loaded()).toBe('built');
  utimesSync(source, new Date(0), new Date(0));
  expect(await loaded()).toBe('source');
  rmSync(source);
  writeFileSync(join(folder, 'x.mjs'), "export const form = 'new source';");
  expect(await loaded()).toBe('new source');
});
