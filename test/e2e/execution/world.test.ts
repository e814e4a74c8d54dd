/** The sealed world of a chain: environment, secrets, files, what a world brings and how it breaks. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { World, WorldFolders } from '../../../runner/world/world.ts';
import { background, buildChapter, cleanup, excerpt, file, run, skip } from '../../support/build-chapter.ts';
import { runChapters } from '../../support/run-chapters.ts';

function buildWorld(more: Partial<World> = {}): World {
  return {
    info: { hub: 'embedded', cluster: 'emulator', versions: { cub: '1' }, simulated: true },
    capabilities: new Set(['rbac']),
    env: { CONFIGHUB_URL: 'http://127.0.0.1:1' },
    path: [],
    secrets: () => [],
    close: async () => undefined,
    ...more,
  };
}

const needsWorld = { requires: ['kubectl'] } as const;

test('nothing but the documented variables reaches a command', async () => {
  const environment = {
    ...process.env,
    PATH: `/home/someone/bin:${process.env['PATH']}`,
    MTX_PREFIX: 'demo',
    USER: 'reader',
    LOGNAME: 'reader',
    SECRET_OF_THE_MACHINE: 'leak',
    LANG: 'de_DE.UTF-8',
    BASH_ENV: '/nonexistent',
    ENV: '/nonexistent',
    PROMPT_COMMAND: 'echo leak',
    SHELLOPTS: 'xtrace',
  };
  const { results } = await runChapters(
    [
      buildChapter('a.md', [run('env | sort | grep -v -e ^MTX_DOC_CHAIN= -e ^PATH=; echo "$PATH"')], {
        ...needsWorld,
        env: { GREETING: 'hi' },
      }),
    ],
    { environment, openWorld: async () => buildWorld({ path: ['/nonexistent/shims'] }) },
  );
  const lines = (results[0]?.output?.stdout ?? '').trim().split('\n');
  expect(lines.at(-1)).toMatch(/^\/nonexistent\/shims:/);
  expect(lines.at(-1)).not.toContain('someone');
  expect(lines.slice(0, -1)).toEqual([
    'COLUMNS=80',
    'CONFIGHUB_URL=http://127.0.0.1:1',
    'GREETING=hi',
    'HISTFILE=/dev/null',
    'HOME=$HOME',
    'KUBECONFIG=$HOME/.kube/config',
    'LC_ALL=C.UTF-8',
    'LINES=24',
    'LOGNAME=reader',
    'MTX_PREFIX=demo',
    'NO_COLOR=1',
    'PAGER=cat',
    'PWD=$WORK',
    'SHLVL=1',
    'TERM=dumb',
    'TMPDIR=$TMPDIR',
    'TZ=UTC',
    'USER=reader',
    'XDG_CACHE_HOME=$HOME/.cache',
    'XDG_CONFIG_HOME=$HOME/.config',
    'XDG_DATA_HOME=$HOME/.local/share',
    'XDG_RUNTIME_DIR=$TMPDIR',
    'XDG_STATE_HOME=$HOME/.local/state',
    '_=/usr/bin/env',
  ]);
});

test('secrets are masked in every form and every event', async () => {
  const { events } = await runChapters(
    [
      buildChapter(
        'a.md',
        [
          run('echo "$API_TOKEN $PLAIN world-secret-value"; printf %s "$API_TOKEN" | base64'),
          run('echo "$API_TOKEN"', [{ text: 'something else' }]),
          run('ls "/$PLAIN"'),
        ],
        {
          ...needsWorld,
          env: { API_TOKEN: 'tok-12345-abc', PLAIN: 'plain-declared' },
          secrets: ['PLAIN'],
          collect: ['echo "$PLAIN"'],
        },
      ),
    ],
    { openWorld: async () => buildWorld({ secrets: () => ['world-secret-value'] }) },
  );
  const all = JSON.stringify(
    events.map((event) =>
      event.kind === 'block-finished' ? { ...event, result: { ...event.result, command: '' } } : event,
    ),
  );
  for (const secret of ['tok-12345-abc', 'plain-declared', btoa('tok-12345-abc')])
    expect(all).not.toContain(secret);
  expect(all).toContain('*** *** ***');
  expect(events.some(({ kind }) => kind === 'collected')).toBe(true);
});

test('a secret at the place where long output is cut is masked whole', async () => {
  const cut = 128 * 1024;
  const body = `head -c ${cut - 6} /dev/zero | tr '\\0' x; printf %s "$A_TOKEN"; head -c 300000 /dev/zero | tr '\\0' y; printf %s "$A_TOKEN"; head -c ${cut - 6} /dev/zero | tr '\\0' z`;
  const { results } = await runChapters([
    buildChapter('a.md', [run(body)], { env: { A_TOKEN: 'abcdefghijkl' } }),
  ]);
  const stdout = results[0]?.output?.stdout ?? '';
  expect(results[0]?.output?.omittedBytes).toBeGreaterThan(0);
  expect([/x\*\*\*y*\n\[/, /abc|cde|efg|ghi|ijk|jkl/].map((part) => part.test(stdout))).toEqual([
    true,
    false,
  ]);
});

test('a secret that a chapter gets while it runs is masked from then on, and $? is as it was', async () => {
  const { results } = await runChapters([
    buildChapter('a.md', [
      run('API_TOKEN=$(printf \'run-%s\' time-value); echo "got $API_TOKEN"'),
      run('echo run-time-value', [{ text: '***' }]),
      run('echo "$API_TOKEN"; (exit 7)', [{ exit: 7, text: '***' }]),
      run('echo $?', [{ text: '7' }]),
    ]),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['passed', 'passed', 'passed', 'passed']);
  expect(results[0]?.output?.stdout).toBe('got ***\n');
});

const secret = 'run-time-value-of-a-secret';
const make = `$(printf '%s-%s' run-time value-of-a-secret)`;
const literal = `API_TOKEN='${secret}'`;

test.each([
  ['in a block that times out', run(`API_TOKEN=${make}; echo $API_TOKEN; sleep 30`, [], { timeoutMs: 500 })],
  ['in a block that exits', run(`API_TOKEN=${make}; echo $API_TOKEN; exit 3`)],
  ['in a function that exits', run(`f() { local API_TOKEN=${make}; echo $API_TOKEN; exit 3; }; f`)],
  [
    'with an EXIT trap of its own',
    run(`trap 'echo "bye $?"' EXIT; API_TOKEN=${make}; echo $API_TOKEN; exit 3`),
  ],
  ['in a block that fails', run(`API_TOKEN=${make}; echo $API_TOKEN; false`)],
  ['by a name that the block does not spell', run(`x=TOKEN; . <(echo "API_$x=${make}"); echo ${make}`)],
  ['in an array', run(`declare -A API_TOKENS=([a]=1 [b]=${make}); echo "\${API_TOKENS[b]}"`)],
  ['that is declared', run(`plain=${make}; echo $plain`)],
  ['for a function', run(`f() { local ${literal}; echo "$API_TOKEN"; }; f`)],
  ['for one command', run(`${literal} bash -c 'echo $API_TOKEN'; env "${literal}" env`)],
  ['for a subshell', run(`(${literal}; echo "$API_TOKEN")`)],
  [
    'for a job',
    background(`${literal}; echo "$API_TOKEN up"; sleep 30`, { ready: { kind: 'output', pattern: 'up' } }),
  ],
])('a secret is masked that is set %s', async (_, draft) => {
  const { events, results } = await runChapters([
    buildChapter('a.md', [draft, run('echo later')], { secrets: ['plain'] }),
  ]);
  expect(JSON.stringify(events)).not.toContain(secret);
  expect(results[0]?.output?.stdout).toContain('***');
});

test('an EXIT trap finds the status with which the shell exits', async () => {
  const { results } = await runChapters([
    buildChapter('a.md', [run('trap \'echo "bye $?"\' EXIT; (trap "echo inner" EXIT); exit 3')]),
  ]);
  expect(results[0]).toMatchObject({
    failure: { kind: 'shell-ended', status: 3 },
    output: { stdout: 'inner\nbye 3\n' },
  });
});

test('the work folder holds a copy of k8s/, and files stay inside it', async () => {
  const repository = mkdtempSync(join(tmpdir(), 'mtx-repository-'));
  mkdirSync(join(repository, 'k8s', 'app'), { recursive: true });
  writeFileSync(join(repository, 'k8s', 'app', 'a.yaml'), 'a: 1\nb: 2\nc: 3\n');
  symlinkSync(tmpdir(), join(repository, 'outside'));
  const { results } = await runChapters(
    [
      buildChapter('ok.md', [
        run('cat k8s/app/a.yaml; echo changed > k8s/app/a.yaml', [{ text: 'a: 1\nb: 2\nc: 3' }]),
        file('deep/er/x.txt', 'hello\n'),
        run('cat deep/er/x.txt', [{ text: 'hello' }]),
        excerpt('k8s/app/a.yaml', 'a: 1\nb: 2\nc: 3\n'),
        excerpt('k8s/app/a.yaml', 'b: 2\n', { from: 2, to: 2 }),
        excerpt('k8s/app/a.yaml', 'b: 2\nc: 4\n', { from: 2, to: 3 }),
        excerpt('k8s/none.yaml', 'x\n'),
        excerpt('outside/../../etc/hostname', 'x\n'),
        skip('rm -rf /', 'dangerous'),
      ]),
      ...['../x', '/tmp/mtx-x', 'a/../../x', 'link/mtx-escaped', 'dangling', 'k8s'].map((path) =>
        buildChapter(`${path.replaceAll('/', '_')}.md`, [
          run('ln -s /tmp link; ln -s /tmp/mtx-nowhere dangling'),
          file(path, 'x\n'),
          run('true'),
        ]),
      ),
    ],
    { repository },
  );
  const first = results.slice(0, 9);
  expect(first.map(({ status }) => status)).toEqual([
    'passed',
    'passed',
    'passed',
    'passed',
    'passed',
    'failed',
    'failed',
    'failed',
    'skipped',
  ]);
  expect(first[5]?.failure).toEqual({
    kind: 'file',
    line: 20,
    reason: 'k8s/app/a.yaml:3 is "c: 3", the page shows "c: 4"',
  });
  expect(first[8]?.reason).toBe('dangerous');
  const refused = results.slice(9).filter(({ kind }) => kind === 'file');
  expect(refused.map(({ failure }) => failure?.kind)).toEqual(Array.from({ length: 6 }, () => 'file'));
  expect(existsSync('/tmp/mtx-x') || existsSync('/tmp/mtx-escaped') || existsSync('/tmp/mtx-nowhere')).toBe(
    false,
  );
  expect(readFileSync(join(repository, 'k8s', 'app', 'a.yaml'), 'utf8')).toBe('a: 1\nb: 2\nc: 3\n');
  rmSync(repository, { recursive: true });
});

test('a world is opened only where one is needed, once per chain, and closed after the clean-ups', async () => {
  const seen: string[] = [];
  const openWorld = async (folders: WorldFolders) => {
    expect(existsSync(folders.home)).toBe(true);
    seen.push('open');
    return buildWorld({
      inventory: async () => {
        seen.push('look');
        return [];
      },
      close: async () => {
        seen.push('close');
      },
    });
  };
  const plain = buildChapter('plain.md', [run('true')]);
  const first = buildChapter('1.md', [run('true'), cleanup('true')], needsWorld);
  const second = buildChapter('2.md', [run('true')], { ...needsWorld, needs: ['1.md'] });
  const { chapters } = await runChapters([plain, first, second], {
    openWorld,
    emit(event) {
      if (event.kind === 'block-finished' && event.result.kind === 'cleanup') seen.push('cleanup');
    },
  });
  expect(seen).toEqual(['open', 'look', 'look', 'look', 'cleanup', 'look', 'look', 'close']);
  expect(chapters).toEqual({ 'plain.md': 'passed', '1.md': 'passed', '2.md': 'passed' });
});

test('what the world cannot do is skipped with that reason', async () => {
  const { results, chapters, reasons } = await runChapters(
    [
      buildChapter(
        'a.md',
        [
          run('false', [], { only: 'containers' }),
          run('true', [], { only: 'rbac' }),
          run('true', [{ only: 'containers', text: 'x' }]),
        ],
        needsWorld,
      ),
      buildChapter('b.md', [run('true')], { ...needsWorld, world: 'containers' }),
    ],
    { openWorld: async () => buildWorld() },
  );
  expect(results.map(({ status, reason }) => [status, reason])).toEqual([
    ['skipped', 'needs a world with containers'],
    ['passed', undefined],
    ['passed', undefined],
  ]);
  expect(results[2]?.skippedExpectations).toEqual([
    { block: 'b3-expect-0', line: 7, reason: 'needs a world with containers' },
  ]);
  expect(chapters['b.md']).toBe('not-run');
  expect(reasons['b.md']).toBe('needs a world with containers');
});

test('a world that throws is broken, not a failed chapter', async () => {
  const chapter = buildChapter('a.md', [run('true')], needsWorld);
  const opening = await runChapters([chapter], {
    openWorld: async () => {
      throw new Error('no kubectl');
    },
  });
  expect(opening.broken).toEqual(['no kubectl']);
  expect(opening.chapters).toEqual({ 'a.md': 'not-run' });
  const closing = await runChapters([chapter], {
    openWorld: async () =>
      buildWorld({
        close: async () => {
          throw new Error('stuck');
        },
      }),
  });
  expect(closing.broken).toEqual(['stuck']);
});

test('chains run side by side, each in a world of its own', async () => {
  const meet =
    'for i in $(seq 200); do [[ -e "$MEET/a" && -e "$MEET/b" ]] && exit_now=1 && break; sleep 0.05; done; [[ $exit_now ]]';
  const folder = mkdtempSync(join(tmpdir(), 'mtx-meet-'));
  const { chapters, events } = await runChapters(
    ['a', 'b'].map((name) =>
      buildChapter(`${name}.md`, [run(`touch "$MEET/${name}"\n${meet}\npwd -P > "$MEET/${name}"`)], {
        env: { MEET: folder },
      }),
    ),
    { jobs: 2 },
  );
  expect(chapters).toEqual({ 'a.md': 'passed', 'b.md': 'passed' });
  expect(readFileSync(join(folder, 'a'), 'utf8')).not.toBe(readFileSync(join(folder, 'b'), 'utf8'));
  expect(events.filter(({ kind }) => kind === 'chain-finished')).toHaveLength(2);
  rmSync(folder, { recursive: true });
});

test('bail stops everything after the first failure', async () => {
  const chapters = ['a', 'b'].map((name) =>
    buildChapter(`${name}.md`, [cleanup('true'), run('false'), run('true')]),
  );
  const outcome = await runChapters(chapters, { bail: true });
  expect(outcome.chapters).toEqual({ 'a.md': 'failed', 'b.md': 'not-run' });
  expect(outcome.reasons['b.md']).toBe('stopped by --bail');
  expect(outcome.results.map(({ status }) => status)).toEqual(['failed', 'skipped', 'passed']);
});
