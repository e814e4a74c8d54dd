/**
 * The control plane that is built from the pinned Go modules: the tutorial passes in it, the image catalogue decides what its
 * pods do, and however a run ends, nothing of it is left. Without Go and with an empty cache these tests fail.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildControlPlane } from '../../../runner/world/control-plane/build.ts';
import { chapterText, fence, openFolder, startCli, type StartOptions } from '../../support/cli.ts';
import { expectedOutcome, openCluster, readSessions } from '../../support/kubectl-scenario.ts';
import { listCommands } from '../../support/processes.ts';

const ROOT = new URL('../../../', import.meta.url).pathname;
const WORDS = ['--cluster', 'control-plane', '--verbose'];
const temp = mkdtempSync(join(tmpdir(), 'mtx-plane-'));
let binaries = '';

beforeAll(async () => {
  const started = Date.now();
  binaries = await buildControlPlane({ env: process.env, progress: (line) => console.log(line) });
  console.log(`control plane in ${binaries} after ${Math.round((Date.now() - started) / 1000)} s`);
});
afterAll(() => rmSync(temp, { recursive: true, force: true }));

/** Programs of a control plane and the shells beside them that belong to this test's folder. */
const findLeftovers = (): string[] => [
  ...listCommands().filter((command) => command.includes(temp)),
  ...readdirSync(temp),
];

afterEach(async () => {
  const deadline = Date.now() + 20_000;
  while (findLeftovers().length > 0 && Date.now() < deadline)
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
  expect(findLeftovers()).toEqual([]);
});

const run = (cwd: string, path: string, options: StartOptions = {}) =>
  startCli(cwd, ['run', path, ...WORDS], { ...options, env: { TMPDIR: temp } });

const chapterFolder = (...fences: readonly string[]) => {
  const text = chapterText(...fences).replace('  timeout: 30s', '  timeout: 60s\n  requires: [kubectl]');
  return openFolder({ 'one.md': text });
};

test('both chapters pass in it', async () => {
  const { code, out, err } = await run(ROOT, 'tutorial');
  expect(`${out}${err}`).toContain('real control plane, simulated nodes');
  expect({ code, tail: out.trim().split('\n').at(-1) }).toEqual({
    code: 0,
    tail: expect.stringMatching(/^\d+ passed, 0 failed/),
  });
});

test('the image catalogue decides what its pods do', async () => {
  const waits = (pod: string, path: string, value: string) =>
    fence(
      `.run #${pod}`,
      `kubectl wait --for=jsonpath='${path}'=${value} pod/${pod} --timeout=40s`,
      `pod/${pod} condition met`,
    );
  const reason = '{.status.containerStatuses[0].state.waiting.reason}';
  const folder = chapterFolder(
    fence(
      '.run #wrong',
      'kubectl run tag --image=nginx:9 && kubectl run crash --image=busybox:1.37 -- false',
    ),
    fence(
      '.run #more',
      'kubectl run once --image=busybox --restart=Never -- echo hi && kubectl run web --image=nginx',
    ),
    waits('tag', reason, 'ImagePullBackOff'),
    waits('crash', reason, 'CrashLoopBackOff'),
    waits('once', '{.status.phase}', 'Succeeded'),
    fence('.run #web', 'kubectl wait --for=condition=Ready pod/web --timeout=40s', 'pod/web condition met'),
    fence('.cleanup #gone', 'kubectl delete pods --all --wait=false'),
  );
  const { code, out } = await run(folder.path, 'one.md');
  folder.close();
  expect({ code, out }).toMatchObject({ code: 0 });
});

test.each([
  ['SIGINT', 130],
  ['SIGKILL', null],
] as const)('%s leaves no process and no file', async (name, expected) => {
  const folder = chapterFolder(
    fence('.run #answers', 'kubectl get --raw /readyz', 'ok'),
    fence('.run #long', 'sleep 50', ''),
  );
  const { code, out } = await run(folder.path, 'one.md', {
    signal: { name, after: (text) => text.includes('#answers') },
  });
  folder.close();
  expect(out).toContain('#answers');
  expect(code).toBe(expected);
});

test('an interrupted build leaves nothing half done', async () => {
  const cache = join(temp, 'cache');
  const stop = new AbortController();
  const options = { env: { ...process.env, XDG_CACHE_HOME: cache }, progress: () => undefined };
  const building = buildControlPlane({ ...options, signal: stop.signal });
  setTimeout(() => stop.abort(), 1_000);
  await expect(building).rejects.toThrow('interrupted');
  expect(readdirSync(join(cache, 'mtx-doc', 'control-plane'))).toEqual([]);
  rmSync(cache, { recursive: true });
});

test('it tells kubectl what was recorded', { timeout: 900_000 }, async () => {
  const cluster = await openCluster({ cluster: 'control-plane' });
  try {
    for (const session of await readSessions()) {
      const outcomes = await cluster.run(session);
      const { steps } = session;
      expect(steps.map(({ run: line }, index) => ({ line, ...outcomes[index] }))).toEqual(
        steps.map((step) => ({ line: step.run, ...expectedOutcome(step, cluster.minor) })),
      );
    }
  } finally {
    await cluster.close();
  }
});
