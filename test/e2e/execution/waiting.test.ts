/** Polling, captures, background blocks: everything that waits or remembers. */
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { background, buildChapter, cleanup, run, setup } from '../../support/build-chapter.ts';
import { isRunning, uniqueSeconds } from '../../support/processes.ts';
import { runChapters } from '../../support/run-chapters.ts';

async function findPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test('a run is tried until all that it shows holds', async () => {
  const { results, events } = await runChapters([
    buildChapter('a.md', [
      run('echo x >> tries; wc -l < tries', [
        { text: '3', withinMs: 20_000, everyMs: 20 },
        { match: 'contains', text: '3' },
      ]),
      run('test -e later || { echo "later not found" >&2; touch later; (exit 1); }', [{ withinMs: 20_000 }]),
      run(
        'test ! -e gone1 && echo gone >&2 && (exit 4); rm gone1',
        [{ exit: 4, withinMs: 20_000, match: 'contains', text: 'gone' }],
        {},
      ),
    ]),
  ]);
  expect(results.map(({ status, tries }) => [status, tries])).toEqual([
    ['passed', 3],
    ['passed', 2],
    ['passed', 1],
  ]);
  expect(results[0]?.output?.stdout).toBe('3\n');
  expect(results[1]?.waitedMs).toBeGreaterThanOrEqual(200);
  expect(events.filter(({ kind }) => kind === 'block-retried')).toHaveLength(3);
});

test('a try that never holds ends when the time is up, with the last output', async () => {
  const { results } = await runChapters([
    buildChapter('a.md', [
      run('echo x >> tries; wc -l < tries', [{ text: 'never', withinMs: 500, everyMs: 50 }]),
      run('true'),
    ]),
  ]);
  expect(results[0]).toMatchObject({ status: 'failed', failure: { kind: 'differs' } });
  expect(results[0]?.tries).toBeGreaterThan(2);
  expect(results[0]?.output?.stdout).toBe(`${results[0]?.tries}\n`);
  expect(results[1]?.status).toBe('skipped');
});

test('Ctrl-C ends the waiting too', async () => {
  const stop = new AbortController();
  const { results } = await runChapters(
    [buildChapter('a.md', [run('false', [{ withinMs: 60_000, everyMs: 50_000 }])])],
    {
      signal: stop.signal,
      emit: ({ kind }) => kind === 'block-started' && setTimeout(() => stop.abort(), 200),
    },
  );
  expect(results[0]).toMatchObject({ failure: { kind: 'interrupted' }, tries: 1 });
});

test.each([
  ['echo "error: unknown flag: --x" >&2; (exit 1)', true],
  ['echo "Error from server (Forbidden): no" >&2; (exit 1)', true],
  ['echo "error: You must be logged in (Unauthorized)" >&2; (exit 1)', true],
  ['echo "usage: x" >&2; (exit 2)', true],
  ['echo "pods \\"x\\" not found" >&2; (exit 1)', false],
  ['echo "connection refused" >&2; (exit 1)', false],
])('%s: tried once: %s', async (body, once) => {
  const { results } = await runChapters([
    buildChapter('a.md', [run(body, [{ withinMs: 400, everyMs: 100 }])]),
  ]);
  expect(results[0]?.status).toBe('failed');
  expect(results[0]?.tries === 1).toBe(once);
});

test.each([
  [
    'an error that no waiting mends ends it',
    'echo "error: unknown flag: --x" >&2; (exit 1)',
    'xx',
    'failed',
    1,
  ],
  ['an expected refusal holds', 'echo "error: unknown flag: --x" >&2; (exit 1)', '--x', 'passed', 1],
  ['what may pass is tried again', 'echo "pods \\"x\\" not found" >&2; (exit 1)', 'xx', 'failed', undefined],
])('with exit=1, %s', async (_, body, text, status, tries) => {
  const { results } = await runChapters([
    buildChapter('a.md', [run(body, [{ match: 'contains', text, exit: 1, withinMs: 400, everyMs: 100 }])]),
  ]);
  expect(results[0]?.status).toBe(status);
  if (tries === undefined) expect(results[0]?.tries).toBeGreaterThan(1);
  else expect(results[0]?.tries).toBe(tries);
});

test('a captured value must be the same later on in the chapter', async () => {
  const { results } = await runChapters([
    buildChapter('a.md', [
      run('echo "id 42"', [{ match: 'exact', text: 'id <<id:int>>' }]),
      run('echo "again 42"', [{ match: 'exact', text: 'again <<id>>' }]),
      run('echo "again 43"', [{ match: 'exact', text: 'again <<id>>' }]),
      run('echo on', [{ text: 'on' }]),
    ]),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['passed', 'passed', 'failed', 'passed']);
});

test('background blocks are awaited, live until the chapter ends, and see the shell as it was', async () => {
  const port = await findPort();
  const seconds = uniqueSeconds();
  const serve = `node -e "require('http').createServer((q, r) => { r.statusCode = 404; r.end('served') }).listen(${port}, '127.0.0.1')"`;
  const { results, chapters, leaks } = await runChapters([
    buildChapter('a.md', [
      run(`word=ready; node() { ${JSON.stringify(process.execPath)} "$@"; }`),
      background(`sleep 0.3; echo "I am $word"; sleep ${seconds}`, {
        ready: { kind: 'output', pattern: '^I am ready$' },
      }),
      background(serve, { ready: { kind: 'http', url: `http://127.0.0.1:${port}/` } }),
      background('echo once', { ready: { kind: 'output', pattern: 'once' } }),
      run(`exec 9<>/dev/tcp/127.0.0.1/${port}; printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&9; tail -1 <&9; wait`, [
        { text: 'served' },
      ]),
      cleanup(`exec 8<>/dev/tcp/127.0.0.1/${port}`),
    ]),
  ]);
  expect(results.map(({ status, failure }) => [status, failure])).toEqual(
    results.map(() => ['passed', undefined]),
  );
  expect(chapters).toEqual({ 'a.md': 'passed' });
  expect(leaks).toEqual([]);
  expect(isRunning(`sleep ${seconds}`)).toBe(false);
});

test('a background block that is not ready in time, or ends before, fails the chapter', async () => {
  const seconds = uniqueSeconds();
  const ready = { kind: 'output', pattern: 'never' } as const;
  const { results } = await runChapters([
    buildChapter('a.md', [
      background(`echo starting; sleep ${seconds}`, { ready, timeoutMs: 300 }),
      run('true'),
    ]),
    buildChapter('b.md', [background('echo bye; false', { ready, timeoutMs: 20_000 })]),
  ]);
  expect(results.map(({ failure, status }) => failure?.kind ?? status)).toEqual([
    'not-ready',
    'skipped',
    'not-ready',
  ]);
  expect(results[0]?.output?.stdout).toBe('starting\n');
  expect(results[2]?.output?.stdout).toBe('bye\n');
  expect(isRunning(`sleep ${seconds}`)).toBe(false);
});

test.each([
  ['tcp', (port: number) => ({ kind: 'tcp', port }) as const],
  ['http', (port: number) => ({ kind: 'http', url: `http://127.0.0.1:${port}/id` }) as const],
])("a stranger's listener makes no background block ready: %s", async (_, ready) => {
  const stranger = createHttpServer((_request, response) => response.end('mine'));
  await new Promise<void>((done) => stranger.listen(0, '127.0.0.1', done));
  const { port } = stranger.address() as AddressInfo;
  const { results } = await runChapters([
    buildChapter('a.md', [background('sleep 20; false', { ready: ready(port) }), run('true')]),
  ]);
  stranger.close();
  expect(results.map(({ status }) => status)).toEqual(['failed', 'skipped']);
  expect(results[0]?.failure).toMatchObject({
    kind: 'not-ready',
    reason: expect.stringContaining(`port ${port} is in use before this block starts`) as string,
  });
});

test('a background block that cannot bind fails although another answers on its port by then', async () => {
  const port = await findPort();
  const serve = `${JSON.stringify(process.execPath)} -e "require('http').createServer().listen(${port}, '127.0.0.1')"`;
  const { results } = await runChapters([
    buildChapter('a.md', [
      background(
        `(exec ${serve}) &\nuntil (: </dev/tcp/127.0.0.1/${port}) 2>/dev/null; do sleep 0.05; done; exit 98`,
        {
          ready: { kind: 'tcp', port },
        },
      ),
      run('sleep 1'),
    ]),
  ]);
  expect(results.map(({ failure }) => failure).filter((failure) => failure !== undefined)).toEqual([
    expect.objectContaining({ line: 1 }),
  ]);
});

// The last one never says that it is up: what ends and what is ready are seen at the same moment else.
test.each([
  ['echo up; sleep 0.5; exit 7', { kind: 'job-ended', status: 7 }],
  ['echo up; sleep 0.5; (exit 3); echo on', { kind: 'job-ended', status: 3 }],
  ['echo up; sleep 0.5; exec sh -c "exit 5"', { kind: 'job-ended', status: 5 }],
  ['echo up; sleep 0.5; kill -KILL $BASHPID', { kind: 'job-ended', status: 137 }],
  ['echo u; echo p; exit 7', { kind: 'not-ready', reason: 'it ended with status 7 before it was ready' }],
])('a background block that fails before the chapter ends fails it: %s', async (body, failure) => {
  const { results, chapters } = await runChapters([
    buildChapter('a.md', [
      background(body, { ready: { kind: 'output', pattern: 'up' } }),
      run(failure.kind === 'job-ended' ? 'sleep 1' : 'true'),
      cleanup('echo cleaned'),
    ]),
  ]);
  const [last] = results.filter(({ kind }) => kind === 'background').slice(-1);
  const stdout = failure.kind === 'job-ended' ? 'up\n' : 'u\np\n';
  expect(last).toMatchObject({ status: 'failed', output: { stdout } });
  expect(last?.failure).toMatchObject(failure);
  expect(chapters).toEqual({ 'a.md': 'failed' });
});

/** Ends the job and waits until nothing of its group lives; a machine's init may be slow to take away what is dead. */
const ENDS_GROUP = `kill $!
lives() { grep -qsE "\\) [RSDT] [0-9]+ $! " /proc/[0-9]*/stat; }
for n in {1..50}; do if lives; then sleep 0.1; fi; done
! lives`;

test.each([
  ['ends with 0', 'echo up', 'sleep 0.3'],
  [
    'is asked to end by a later block',
    'echo $BASHPID >pid; echo up; sleep 20',
    'kill "$(cat pid)"; sleep 0.3',
  ],
  ['is asked to end by its `$!`', 'echo up; sleep 20', ENDS_GROUP],
  ['is asked to end as `exec`', 'echo up; exec sleep 20', ENDS_GROUP],
  ['ends because of a clean-up', 'echo up; until [ -e gone ]; do sleep 0.05; done; false', 'true'],
])('a background block may end: one that %s', async (_, body, later) => {
  const { results, chapters } = await runChapters([
    buildChapter('a.md', [
      background(body, { ready: { kind: 'output', pattern: 'up' } }),
      run(later),
      cleanup('touch gone; sleep 0.5'),
    ]),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['passed', 'passed', 'passed']);
  expect(chapters).toEqual({ 'a.md': 'passed' });
});

test('a set-up that fails stops the chapter; a difference does not; evidence is collected', async () => {
  const { results, events } = await runChapters([
    buildChapter('a.md', [setup('false'), run('true')]),
    buildChapter('b.md', [run('x=5; echo a', [{ text: 'b' }]), run('echo on')], {
      collect: ['echo "x is $x"; false', 'exit 3', 'echo 3'],
    }),
  ]);
  expect(results.map(({ kind, status }) => [kind, status])).toEqual([
    ['setup', 'failed'],
    ['run', 'skipped'],
    ['run', 'failed'],
    ['run', 'passed'],
  ]);
  const collected = events.flatMap((event) => (event.kind === 'collected' ? [event.output] : []));
  expect(collected).toEqual(['x is 5\n', '', '3\n']);
});

test("the chapter's own time-out ends it", async () => {
  const { results } = await runChapters([
    buildChapter('a.md', [run('sleep 0.3'), run('sleep 30'), run('true')], { timeoutMs: 600 }),
  ]);
  expect(results.map(({ failure, status }) => failure?.kind ?? status)).toEqual([
    'passed',
    'timeout',
    'skipped',
  ]);
});
