/** The shell of a chapter: what lives on from block to block, what a block can and cannot reach, how it can end. */
import { expect, test } from 'vitest';
import { buildChapter, cleanup, run, type Draft } from '../../support/build-chapter.ts';
import { runChapters } from '../../support/run-chapters.ts';

function outputs(drafts: readonly Draft[]) {
  return runChapters([buildChapter('a.md', drafts)]);
}

test('variables, functions, options, aliases, traps, descriptors and the folder live on', async () => {
  const { results, leaks } = await outputs([
    run(
      "x=1; declare -a list=(a b); f() { echo f; }; alias ll='echo aliased'; shopt -s nullglob; set -u; mkdir sub; cd sub; " +
        'exec 3>log; exec 7</dev/null; set -- one two; trap "echo usr" USR1; umask 027; readonly fixed=1',
    ),
    run(
      'echo $x ${list[1]} $2 $fixed; f; ll; shopt -q nullglob; [[ $- == *u* ]]; echo kept >&3; cat log; basename "$PWD"; umask',
    ),
    run('kill -USR1 $$\necho "[$0]"'),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['passed', 'passed', 'passed']);
  expect(results[1]?.output?.stdout).toBe('1 b two 1\nf\naliased\nkept\nsub\n0027\n');
  expect(results[2]?.output?.stdout).toBe('usr\n[bash]\n');
  expect(leaks).toEqual([]);
});

test.each([
  ['set -x', 'set -x'],
  ['set -v', 'set -v'],
  ['set -f', 'set -f'],
  ['posix mode', 'set -o posix'],
  ['IFS', 'IFS=0123456789abcdef'],
  ['no word splitting helpers', 'unset IFS; shopt -s nocasematch extglob failglob'],
  [
    'shadowed builtins',
    'read() { return 1; }; printf() { return 1; }; source() { return 1; }; exit() { :; }',
  ],
  ['noclobber', 'set -C'],
  ['lastpipe', 'shopt -s lastpipe'],
  ['a DEBUG trap', "trap ':' DEBUG"],
  ['a RETURN trap', "trap ':' RETURN"],
  ['job control', 'set -m'],
])('the session goes on after %s, and still notices failures', async (_, line) => {
  const { results } = await outputs([run(line), run('echo on'), run('false\necho no')]);
  expect(results.map(({ status }) => status)).toEqual(['passed', 'passed', 'failed']);
  expect(results[1]?.output?.stdout).toBe('on\n');
  expect(results[2]?.output?.stdout).toBe('');
});

test('a block that reads stdin gets its end', async () => {
  const { results } = await outputs([run('cat\nread -r line || echo end'), run('echo on')]);
  expect(results[0]?.output?.stdout).toBe('end\n');
  expect(results[1]?.output?.stdout).toBe('on\n');
});

test('the end of a block cannot be forged', async () => {
  const noise =
    'for fd in {3..260}; do printf "0123456789abcdef0123456789abcdef 0 \\n" >&$fd; done 2>/dev/null || :';
  const { results } = await outputs([run(`${noise}\necho after`), run('echo next\nfalse')]);
  expect(results[0]).toMatchObject({ status: 'passed' });
  expect(results[0]?.output?.stdout).toMatch(/after\n$/);
  expect(results[1]).toMatchObject({ status: 'failed', exit: 1 });
});

test('a subshell can neither answer for its block nor read what the answer is', async () => {
  const forge =
    '( for fd in {3..260}; do read -r -t 0.2 -u $fd token && for to in {3..260}; do echo "$token 0 0 " >&$to; done; done; ' +
    'sleep 0.5 ) 2>/dev/null; false';
  const { results } = await outputs([run(forge)]);
  expect(results[0]).toMatchObject({ status: 'failed', failure: { kind: 'exit' } });
});

test('descriptors from 3 on belong to the block', async () => {
  const { results } = await outputs([
    run('for fd in 10 11 12 13; do eval "exec $fd>lock.$fd"; flock -n $fd; done; echo on'),
    run('flock -n lock.10 true && false || echo held'),
  ]);
  expect(results.map(({ output }) => output?.stdout)).toEqual(['on\n', 'held\n']);
});

test('the end of the shell is noticed although a job lives on', async () => {
  const { results } = await outputs([
    run('watchit() { sleep 60; }; watchit &'),
    run("exec bash -c 'sleep 60'", [], { timeoutMs: 20_000 }),
  ]);
  expect(results[1]).toMatchObject({ failure: { kind: 'shell-ended', status: 'exec' } });
});

test('children inherit stdin, stdout and stderr only', async () => {
  const { results } = await outputs([run("ls /proc/self/fd | tr '\\n' ' '")]);
  expect(results[0]?.output?.stdout).toBe('0 1 2 3 ');
});

test.each([
  ['exit 0', 0],
  ['exit 3', 3],
  ['kill -9 $$', 'SIGKILL'],
  ['exec true', 0],
  ['exec sleep 20', 'exec'],
  ['set -u; echo "$unset_variable"', 1],
])('%s ends the shell, fails the chapter and still cleans up in the last folder', async (line, status) => {
  const { results, chapters } = await outputs([
    cleanup('echo "cleaned $name in ${PWD##*/}"'),
    run('export name=x; mkdir d; cd d'),
    run(`echo before\n${line}\necho no`),
    run('echo never'),
  ]);
  const [, ended, never, cleaned] = results;
  expect(ended).toMatchObject({ status: 'failed', failure: { kind: 'shell-ended', status } });
  expect(ended?.output?.stdout).toBe('before\n');
  expect(never?.status).toBe('skipped');
  expect(cleaned).toMatchObject({ kind: 'cleanup', status: 'passed' });
  expect(cleaned?.output?.stdout).toBe('cleaned x in d\n');
  expect(chapters).toEqual({ 'a.md': 'failed' });
});

test('a clean-up finds all that the last whole block had set, although the shell is gone', async () => {
  const { results } = await outputs([
    cleanup(
      'show; echo "${list[1]} ${map[k e]} $* $IFS|$LC_ALL|${PAGER-none}$BASHFUL"; shopt -q nullglob; [[ $-:$SHELLOPTS: == *f*:posix:* ]]; ll; umask',
    ),
    run(
      'name=x; readonly fixed="a \'b\'\n\\$c"; show() { echo "<$name $fixed ${PWD##*/}>"; }; mkdir d; cd d',
    ),
    run('declare -a list=(a "b  c"); declare -A map=(["k e"]=v); alias ll="echo aliased"; umask 027; IFS=,'),
    run(
      'set -f; shopt -s nullglob extglob; set -o posix; set -- one two; LINENO=9; unset PAGER; BASHFUL=1; __mtx_file=other',
    ),
    run('name=lost; sleep 30', [], { timeoutMs: 300 }),
  ]);
  expect(results.map(({ failure }) => failure?.kind)).toEqual([
    undefined,
    undefined,
    undefined,
    'timeout',
    undefined,
  ]);
  expect(results[4]?.output?.stdout).toBe("<x a 'b'\n$c d>\nb  c v one,two ,|C.UTF-8|none1\naliased\n0027\n");
});

test('stdout and stderr are kept apart, or in order where only both are asked for', async () => {
  const both = 'echo 1; echo 2 >&2; echo 3; echo 4 >&2';
  const { results } = await outputs([
    run(both, [{ text: '1\n3' }, { stream: 'stderr', text: '2\n4' }]),
    run(both, [{ stream: 'both', text: '1\n2\n3\n4' }]),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['passed', 'passed']);
});

test('a job prints into the block that started it, not into a later one', async () => {
  const { results } = await outputs([
    run('( { sleep 0.2; echo late; } & ); late() { sleep 0.2; echo late; }'),
    run('sleep 0.6; echo on', [{ text: 'on' }]),
    run('start() { late & }'),
    run('start'),
    run('sleep 0.6; echo on', [{ text: 'on' }]),
    run('echo a; echo b > /dev/stdout; echo c', [{ match: 'contains', text: 'c' }]),
    run('echo on', [{ text: 'on' }]),
  ]);
  expect(results.map(({ status }) => status)).toEqual(results.map(() => 'passed'));
});

test('binary output and CRLF do not disturb the session', async () => {
  const { results } = await outputs([
    run("printf '\\000\\377\\376ok\\n'; head -c 1000 /dev/urandom"),
    run("printf 'a\\r\\nb\\r\\n'", [{ text: 'a\nb' }]),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['passed', 'passed']);
  expect(results[0]?.output?.stdout).toContain('ok');
});

test('60 MB on one line stay on disk', async () => {
  const before = process.memoryUsage().rss;
  const { results } = await outputs([run("head -c 60000000 /dev/zero | tr '\\0' x")]);
  const output = results[0]?.output;
  expect(results[0]?.status).toBe('passed');
  expect(output?.omittedBytes).toBe(60_000_000 - 256 * 1024);
  expect(output?.stdout.length).toBeLessThan(257 * 1024);
  expect(process.memoryUsage().rss - before).toBeLessThan(30_000_000);
});
