/** What of the control plane can be tested without one: it says what it lacks, and what it starts cannot outlive it. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildControlPlane } from '../../runner/world/control-plane/build.ts';
import { runGuarded } from '../../runner/world/control-plane/run-guarded.ts';
import { listCommands } from '../support/processes.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mtx-guard-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const until = async (holds: () => boolean): Promise<void> => {
  const deadline = Date.now() + 20_000;
  while (!holds() && Date.now() < deadline)
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
};

/** The program under test: its command line holds the folder, so that it is found. */
const waits = () => ({
  path: 'tail',
  args: ['-f', join(folder, 'log')],
  env: process.env,
  log: join(folder, 'log'),
});
const isRunning = () => listCommands().some((command) => command.startsWith(`tail -f ${folder}`));

test('without Go it says so, with a remedy, and leaves nothing', async () => {
  const env = { PATH: '/nowhere', XDG_CACHE_HOME: folder };
  await expect(buildControlPlane({ env, progress: () => undefined })).rejects.toMatchObject({
    name: 'Error',
    message: expect.stringContaining('no `go` on PATH'),
    remedy: expect.stringContaining('Install Go 1.24 or later'),
  });
  expect(readdirSync(folder)).toEqual([]);
});

test('a guarded program ends when it is stopped', async () => {
  const guarded = runGuarded(waits());
  await until(isRunning);
  expect(isRunning()).toBe(true);
  await guarded.stop();
  expect(isRunning()).toBe(false);
});

test('a guarded program that ends by itself gives its status and its output', async () => {
  const log = join(folder, 'log');
  const guarded = runGuarded({ path: 'bash', args: ['-c', 'echo no; exit 7'], env: process.env, log });
  expect(await guarded.ended).toBe(7);
  expect(readFileSync(log, 'utf8')).toBe('no\n');
});

test('a guarded program goes with whoever started it, and its folder too', async () => {
  const kept = join(folder, 'kept');
  mkdirSync(kept);
  const module = new URL('../../runner/world/control-plane/run-guarded.ts', import.meta.url).href;
  const options = JSON.stringify({ ...waits(), env: { PATH: process.env['PATH'] }, folder: kept });
  const script = `import { runGuarded } from '${module}'; runGuarded(${options}); setInterval(() => {}, 1000);`;
  const starter = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' });
  await until(isRunning);
  expect(isRunning()).toBe(true);
  starter.kill('SIGKILL');
  await until(() => !isRunning() && !existsSync(kept));
  expect({ running: isRunning(), folder: existsSync(kept) }).toEqual({ running: false, folder: false });
});
