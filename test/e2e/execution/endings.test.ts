/** Time-outs, Ctrl-C, clean-ups and what must not be left behind. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeFolders } from '../../../runner/execution/folders.ts';
import { buildChapter, cleanup, file, run } from '../../support/build-chapter.ts';
import { isRunning, uniqueSeconds } from '../../support/processes.ts';
import { runChapters } from '../../support/run-chapters.ts';

/** Gives up environment, session, folder, output and parent. */
const hide = (command: string): string =>
  `(env -i setsid sh -c 'cd /; exec ${command}' >/dev/null 2>&1 </dev/null &)`;

/** Shell: goes on when the command is running; before, it may still be the shell or `env` that becomes it. */
const waitFor = (command: string): string => `until pgrep -fx '${command}' >pid; do sleep 0.05; done`;

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !holds(); tries += 1) await new Promise((done) => setTimeout(done, 50));
  expect(holds()).toBe(true);
}

test('a time-out ends the block with all that it started, and keeps what it printed', async () => {
  const [job, front, session, bare, deaf, hidden] = [1, 2, 3, 4, 5, 6].map(uniqueSeconds);
  const started = Date.now();
  const { results, chapters } = await runChapters(
    [
      buildChapter('a.md', [
        cleanup('echo cleaned'),
        run(
          `echo partial; setsid sleep ${session} & (setsid env -i sleep ${bare} &); ${hide(`sleep ${hidden}`)}\nsleep ${job} & sleep ${front}`,
          [],
          {
            timeoutMs: 2000,
          },
        ),
      ]),
      buildChapter('b.md', [run(`(trap '' TERM; sleep ${deaf}; :) & wait`, [], { timeoutMs: 300 })]),
    ],
    { jobs: 2 },
  );
  expect(Date.now() - started).toBeLessThan(8000);
  const timedOut = results.filter(({ failure }) => failure?.kind === 'timeout');
  expect(timedOut).toHaveLength(2);
  expect(timedOut.map(({ output }) => output?.stdout)).toContain('partial\n');
  expect(results.find(({ kind }) => kind === 'cleanup')).toMatchObject({ status: 'passed' });
  expect(chapters).toEqual({ 'a.md': 'failed', 'b.md': 'failed' });
  for (const seconds of [job, front, session, bare, deaf, hidden])
    expect(isRunning(`sleep ${seconds}`)).toBe(false);
});

test('a job that holds stdout delays neither its block nor the end, and is gone then', async () => {
  const seconds = uniqueSeconds();
  const started = Date.now();
  const { results, leaks } = await runChapters([
    buildChapter('a.md', [run(`sleep ${seconds} &\necho on`), run('jobs | wc -l', [{ text: '1' }])]),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['passed', 'passed']);
  expect(Date.now() - started).toBeLessThan(6000);
  expect(leaks).toEqual([]);
  expect(isRunning(`sleep ${seconds}`)).toBe(false);
});

test('a process that left the session is reported as a leak and ended', async () => {
  const seconds = uniqueSeconds();
  const { leaks, chapters } = await runChapters([
    buildChapter('a.md', [run(`setsid sleep ${seconds} &\n${waitFor(`sleep ${seconds}`)}`)]),
  ]);
  expect(chapters).toEqual({ 'a.md': 'passed' });
  expect(leaks).toEqual([expect.stringMatching(/^process \d+: sleep 3/)]);
  expect(isRunning(`sleep ${seconds}`)).toBe(false);
});

test.each([
  ['in its folder', (sleep: string) => `(env -i setsid ${sleep} >/dev/null 2>&1 </dev/null &)`],
  ['although it gave up all that it could', hide],
  [
    // While another session runs on this machine, nobody can tell whose it is: run this file alone then.
    'although it lowered both limits',
    (sleep: string) =>
      `(env -i setsid bash -c 'ulimit -x 1 -m 1; cd /; exec ${sleep}' >/dev/null 2>&1 </dev/null &)`,
  ],
  ['as a child', (sleep: string) => `env -i setsid sh -c 'cd /; exec ${sleep}' >/dev/null 2>&1 </dev/null &`],
])('a process without marker, session and output is found %s', async (_, build) => {
  const sleep = `sleep ${uniqueSeconds()}`;
  const { leaks } = await runChapters([buildChapter('a.md', [run(`${build(sleep)}\n${waitFor(sleep)}`)])]);
  expect(leaks).toEqual([expect.stringMatching(/^process \d+: sleep 3/)]);
  expect(isRunning(sleep)).toBe(false);
});

test('a file beside the work folder is reported as a leak', async () => {
  const { leaks } = await runChapters([buildChapter('a.md', [run('echo x > ../stray')])]);
  expect(leaks).toEqual(['file outside the work folder: ../stray']);
});

test('a file at a place that a block spells is reported as a leak, unless it was there or is cleaned up', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'mtx-outside-'));
  writeFileSync(join(outside, 'there'), '');
  const first = buildChapter('1.md', [
    cleanup(`rm ${outside}/gone ${outside}/later`),
    run(`echo x >${outside}/left 2>'${outside}/there'; touch ${outside}/gone ~/own; ls /nowhere/x || :`),
  ]);
  const second = buildChapter('2.md', [run(`ls ${outside}/gone; touch ${outside}/later "$TMPDIR"/own`)], {
    needs: ['1.md'],
  });
  const { leaks, chapters } = await runChapters([first, second]);
  rmSync(outside, { recursive: true });
  expect(chapters).toEqual({ '1.md': 'passed', '2.md': 'passed' });
  expect(leaks.toSorted()).toEqual(
    ['$HOME/own', '$TMPDIR/own', `${outside}/left`].map((path) => `file outside the work folder: ${path}`),
  );
});

test('clean-ups run in reverse, each, and hide no failure', async () => {
  const { results, chapters } = await runChapters([
    buildChapter('a.md', [
      cleanup('echo first'),
      run('x=kept'),
      cleanup('sleep 30', { timeoutMs: 200 }),
      cleanup('false\necho "third $x"'),
      run('false'),
      cleanup('echo further down'),
    ]),
  ]);
  const cleaned = results.filter(({ kind, tries }) => kind === 'cleanup' && tries > 0);
  expect(cleaned.map(({ block, status }) => [block, status])).toEqual([
    ['b6', 'passed'],
    ['b4', 'failed'],
    ['b3', 'failed'],
    ['b1', 'passed'],
  ]);
  expect(cleaned[1]?.output?.stdout).toBe('third kept\n');
  expect(cleaned[1]?.failure).toMatchObject({ kind: 'exit', command: 'false' });
  expect(cleaned[2]?.failure?.kind).toBe('timeout');
  expect(results.find(({ block }) => block === 'b5')?.failure?.kind).toBe('exit');
  expect(chapters).toEqual({ 'a.md': 'failed' });
});

test('what a chapter needs is cleaned up after it, in one work folder, with a fresh shell each', async () => {
  const first = buildChapter('1.md', [
    cleanup('echo 1 >> log; cat log; echo "$x"'),
    run('x=1; export y=1; echo a > f'),
  ]);
  const second = buildChapter(
    '2.md',
    [run('cat f; echo "${x-unset} ${y-unset}"'), cleanup('echo 2 >> log')],
    {
      needs: ['1.md'],
    },
  );
  const { events, results, chapters } = await runChapters([first, second]);
  expect(results.map(({ output }) => output?.stdout)).toEqual(['', 'a\nunset unset\n', '', '2\n1\n1\n']);
  expect(chapters).toEqual({ '1.md': 'passed', '2.md': 'passed' });
  expect(events.filter(({ kind }) => kind === 'chain-started')).toHaveLength(1);
});

test('a failed chapter stops those that need it', async () => {
  const first = buildChapter('1.md', [cleanup('echo cleaned'), run('true\nfalse')]);
  const second = buildChapter('2.md', [run('true')], { needs: ['1.md'] });
  const third = buildChapter('3.md', [run('true')], { needs: ['2.md'] });
  const { chapters, reasons, results } = await runChapters([first, second, third], {}, [third]);
  expect(chapters).toEqual({ '1.md': 'failed', '2.md': 'not-run', '3.md': 'not-run' });
  expect(reasons['3.md']).toBe('needs 1.md, which failed at line 6');
  expect(results.at(-1)).toMatchObject({ kind: 'cleanup', status: 'passed' });
});

test('Ctrl-C ends the block, cleans up and starts nothing more; a second one cuts the clean-up short', async () => {
  const [front, late, hidden] = [1, 2, 3].map(uniqueSeconds);
  const stop = new AbortController();
  const hurry = new AbortController();
  const { results, chapters, events } = await runChapters(
    [
      buildChapter('a.md', [
        cleanup('echo never'),
        cleanup(`echo late; sleep ${late}`),
        cleanup('echo cleaned'),
        run(`echo partial; ${hide(`sleep ${hidden}`)}; sleep ${front}`),
        run('echo never'),
      ]),
      buildChapter('b.md', [run('echo never')]),
    ],
    {
      signal: stop.signal,
      hurry: hurry.signal,
      emit(event) {
        if (event.kind !== 'block-started') return;
        if (event.block === 'b4') setTimeout(() => stop.abort(), 300);
        if (event.block === 'b2') setTimeout(() => hurry.abort(), 300);
      },
    },
  );
  const seen = results.map(({ block, status, failure, output }) => [
    block,
    status,
    failure?.kind,
    output?.stdout,
  ]);
  expect(seen).toEqual([
    ['b4', 'failed', 'interrupted', 'partial\n'],
    ['b5', 'skipped', undefined, undefined],
    ['b3', 'passed', undefined, 'cleaned\n'],
    ['b2', 'failed', 'interrupted', 'late\n'],
    ['b1', 'skipped', undefined, undefined],
  ]);
  expect(chapters).toEqual({ 'a.md': 'failed', 'b.md': 'not-run' });
  expect(events.at(-1)).toMatchObject({ kind: 'run-finished', interrupted: true });
  expect([front, late, hidden].some((seconds) => isRunning(`sleep ${seconds}`))).toBe(false);
});

test('nothing of a run outlives mtx-doc, not even a KILL', async () => {
  const sleeps = [1, 2, 3, 4, 5].map(() => `sleep ${uniqueSeconds()}`);
  const [front, session, inside, hidden = '', lowered = ''] = sleeps;
  const folder = mkdtempSync(join(tmpdir(), 'mtx-kill-'));
  const foreign = mkdtempSync(join(tmpdir(), 'mtx-doc-'));
  const bystander = spawn('sleep', [uniqueSeconds()], { cwd: foreign, stdio: 'ignore' });
  const program = fileURLToPath(new URL('../../support/endless-run.ts', import.meta.url));
  const commands = `setsid ${session} &
    (env -i setsid ${inside} >/dev/null 2>&1 </dev/null &)
    ${hide(hidden)}
    (ulimit -x 1 -m 1; ${hide(lowered)})
    ${front}`;
  const runner = spawn(process.execPath, [program, folder, commands], { stdio: 'ignore' });
  await until(() => sleeps.every(isRunning));
  runner.kill('SIGKILL');
  await until(() => !sleeps.some(isRunning));
  await until(() => readdirSync(folder).length === 0);
  expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
  bystander.kill();
  for (const path of [folder, foreign]) rmSync(path, { recursive: true });
});

test('a run removes what runs before it had to leave, and nothing else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mtx-sweep-'));
  const ours = basename(makeFolders(folder, folder).root);
  const gone = spawnSync('true').pid;
  const dead = ours.replace(`-${process.pid}-`, `-${gone}-`);
  const others = [
    ours,
    dead.replace(/^mtx-doc-./, 'mtx-doc-_'), // another machine's
    'mtx-doc-abcdef', // a kept one
    `${dead}-more`,
  ];
  for (const name of [dead, ...others]) mkdirSync(join(folder, name, 'work'), { recursive: true });
  const linked = `${dead.slice(0, -6)}linked`;
  symlinkSync(join(folder, ours), join(folder, linked));
  await runChapters([buildChapter('a.md', [run('true')])], { tempRoot: folder });
  expect(readdirSync(folder).toSorted()).toEqual([...others, linked].toSorted());
  expect(existsSync(join(folder, ours, 'work'))).toBe(true);
  rmSync(folder, { recursive: true });
});

test('what hides in a run inside a run ends with the outer one, and the inner one finds its own', async () => {
  const [hidden = '', front = ''] = [1, 2].map(() => `sleep ${uniqueSeconds()}`);
  const program = fileURLToPath(new URL('../../support/endless-run.ts', import.meta.url));
  const inner = (commands: string): string =>
    `mkdir -p inner; '${process.execPath}' '${program}' inner '${commands.replaceAll("'", `'\\''`)}'`;
  const { results, leaks } = await runChapters([
    buildChapter('a.md', [
      run(inner(`${hide(hidden)}; ${waitFor(hidden)}`)),
      run('ls inner', [{ text: '' }]),
    ]),
    buildChapter('b.md', [run(`(${inner(`${hide(hidden)}; ${front}`)} &); ${waitFor(front)}`)]),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['passed', 'passed', 'passed']);
  expect(leaks.filter((leak) => leak.endsWith(hidden))).toHaveLength(1);
  expect([hidden, front].some(isRunning)).toBe(false);
});

test('kept folders are kept, others are gone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mtx-keep-'));
  const chapter = buildChapter('a.md', [file('sub/x.txt', 'x\n'), run('cat sub/x.txt; chmod 555 sub')]);
  await runChapters([chapter], { tempRoot: folder });
  expect(readdirSync(folder)).toEqual([]);
  await runChapters([chapter], { tempRoot: folder, keep: true });
  expect(existsSync(join(folder, readdirSync(folder)[0] ?? '', 'work', 'sub', 'x.txt'))).toBe(true);
  rmSync(folder, { recursive: true });
});

test('a shell that ends before its first block fails the block at once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mtx-test-'));
  try {
    // Bash reads this before anything else, and the session calls `set` once it has said that it is ready.
    writeFileSync(join(folder, 'rc'), 'set() { exit 7; }\n');
    const env = { BASH_ENV: join(folder, 'rc') };
    const { results, chapters } = await runChapters([buildChapter('a.md', [run('echo a')], { env })]);
    expect(chapters).toEqual({ 'a.md': 'failed' });
    expect(results).toMatchObject([{ status: 'failed' }]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 10_000);
