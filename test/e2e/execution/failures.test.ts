/** Which commands fail a block, and which line of the chapter is blamed. Every row is one chapter of one run. */
import { expect, test } from 'vitest';
import { buildChapter, run } from '../../support/build-chapter.ts';
import { runChapters } from '../../support/run-chapters.ts';

interface Row {
  readonly name: string;
  /** The block's commands; line 1 of the chapter is its fence, so its first command stands on line 2. */
  readonly body: string;
  readonly stdout?: string;
  /** Line, status and command of the failure; absent where the block must pass. */
  readonly fails?: readonly [line: number, status: number, command: string];
}

const rows: readonly Row[] = [
  { name: 'a command in the middle', body: 'echo a\nfalse\necho b', stdout: 'a\n', fails: [3, 1, 'false'] },
  { name: 'the last command', body: 'echo a\n(exit 7)', stdout: 'a\n', fails: [3, 7, '(exit 7)'] },
  { name: 'an unknown command', body: 'nosuchcommand x', fails: [2, 127, 'nosuchcommand x'] },
  { name: 'a function', body: 'f() {\n  false\n  echo no\n}\nf', fails: [3, 1, 'false'] },
  { name: 'a subshell', body: '( echo a\n  false\n  echo b )', stdout: 'a\n', fails: [3, 1, 'false'] },
  { name: 'an assignment', body: 'x=$(exit 4)\necho no', fails: [2, 4, 'x=$(exit 4)'] },
  {
    name: 'a substitution',
    body: 'echo "<$(false; echo no)>"',
    stdout: '<>\n',
    fails: [2, 1, 'echo "<$(false; echo no)>"'],
  },
  { name: 'local hides nothing', body: 'f() {\n  local x=$(false)\n}\nf', fails: [3, 1, 'local x=$(false)'] },
  { name: 'the head of a pipeline', body: 'false | cat\necho no', fails: [2, 1, 'false | cat'] },
  {
    name: 'a group in a pipeline',
    body: '{ echo a; false; echo b; } | cat',
    stdout: 'a\n',
    fails: [2, 1, '{ echo a; false; echo b; } | cat'],
  },
  {
    name: 'a loop',
    body: 'for i in 1 2; do\n  echo $i\n  false\ndone',
    stdout: '1\n',
    fails: [4, 1, 'false'],
  },
  { name: 'eval', body: "eval 'false'\necho no", fails: [2, 1, "eval 'false'"] },
  { name: 'arithmetic', body: '(( 0 ))', fails: [2, 1, '(( 0 ))'] },
  { name: 'a test', body: '[[ a == b ]]', fails: [2, 1, '[[ a == b ]]'] },
  {
    name: 'a continued line',
    body: 'echo a\nls \\\n  --nosuchflag \\\n  x',
    stdout: 'a\n',
    fails: [3, 2, 'ls \\\n--nosuchflag \\\nx'],
  },
  { name: 'set -e of the author', body: 'set -e\nfalse\necho no', fails: [3, 1, 'false'] },
  { name: 'set +e hides nothing', body: 'set +e\nfalse\necho no', fails: [3, 1, 'false'] },
  {
    name: 'an ERR trap of the author',
    body: "trap 'echo mine' ERR\nfalse\necho no",
    stdout: 'mine\n',
    fails: [3, 1, 'false'],
  },
  { name: 'wait for a failed job', body: '(exit 5) &\nwait $!\necho no', fails: [3, 5, 'wait $!'] },
  { name: 'a syntax error', body: 'echo a\nif true; then\n', stdout: 'a\n' },
  { name: 'if', body: 'f() {\n  false\n  echo on\n}\nif f; then echo yes; fi', stdout: 'on\nyes\n' },
  {
    name: 'and, or',
    body: 'false && echo no || echo handled\n( false ) || echo too',
    stdout: 'handled\ntoo\n',
  },
  {
    name: 'not',
    body: '! false\n! ( grep -q x /dev/null )\nf() {\n  false\n  echo on\n}\n! f',
    stdout: 'on\n',
    fails: [8, 1, '! f'],
  },
  { name: 'while', body: 'while false; do :; done\necho a', stdout: 'a\n' },
  {
    name: 'a substitution in a condition',
    body: 'if [ -z "$(grep x /dev/null)" ]; then echo empty; fi',
    stdout: 'empty\n',
  },
  { name: 'a background job goes on', body: '{ false; echo on; } &\nwait', stdout: 'on\n' },
  { name: 'a process substitution', body: 'cat <(false; echo no)', fails: [2, 1, 'cat <(false; echo no)'] },
  { name: 'an empty block', body: '' },
  { name: 'a comment', body: '# nothing' },
];

test('every failing command fails its block and is blamed at its line', async () => {
  const chapters = rows.map(({ body }, index) => buildChapter(`${index}.md`, [run(body)]));
  const { results } = await runChapters(chapters, { jobs: 2 });
  const byCommand = new Map(results.map((result) => [result.command, result]));
  for (const { name, body, stdout = '', fails } of rows.filter((row) => row.name !== 'a syntax error')) {
    const result = byCommand.get(body === '' ? '' : `${body}\n`);
    const failure = result?.failure?.kind === 'exit' ? result.failure : undefined;
    const seen = failure === undefined ? undefined : [failure.line, failure.status, failure.command];
    expect.soft({ name, stdout: result?.output?.stdout, fails: seen }).toEqual({ name, stdout, fails });
    expect.soft(result?.status, name).toBe(fails === undefined ? 'passed' : 'failed');
    if (fails !== undefined) expect.soft(result?.exit, name).toBe(fails[1]);
  }
});

test('a syntax error is blamed at its line, and what bash says does not name our files', async () => {
  const chapter = buildChapter('a.md', [run('echo a\necho b )\necho c'), run('echo no')]);
  const { results, chapters } = await runChapters([chapter]);
  expect(results[0]).toMatchObject({ status: 'failed', failure: { kind: 'shell-ended', line: 3 } });
  expect(results[0]?.output?.stderr).toMatch(/^bash: syntax error near unexpected token/);
  expect(results[1]).toMatchObject({ status: 'skipped', reason: 'not reached: line 3 failed' });
  expect(chapters).toEqual({ 'a.md': 'failed' });
});

test('a failure whose note cannot be written still fails the block', async () => {
  const { results } = await runChapters([
    buildChapter('a.md', [run('ulimit -f 0'), run('echo "x$(false)"', [{ text: 'x' }])]),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['passed', 'failed']);
  expect(results[1]?.failure).toMatchObject({ kind: 'exit', status: 1, expected: 0 });
});

test('a function of an earlier block is blamed where it stands', async () => {
  const { results } = await runChapters([
    buildChapter('a.md', [run('f() {\n  echo in\n  false\n}'), run('echo a\nf')]),
  ]);
  expect(results[1]?.failure).toEqual({ kind: 'exit', line: 4, command: 'false', status: 1, expected: 0 });
});

test('a failure that the page expects passes, with the status of the failing command', async () => {
  const { results } = await runChapters([
    buildChapter('a.md', [
      run('echo out\necho err >&2\n(exit 3)\necho no', [{ exit: 3, text: 'out\nerr' }]),
      run('echo "status $?"', [{ text: 'status 3' }]),
      run('true', [{ exit: 3, text: '' }]),
    ]),
  ]);
  expect(results[0]).toMatchObject({ status: 'passed', exit: 3 });
  expect(results[1]).toMatchObject({ status: 'passed' });
  expect(results[2]?.failure).toMatchObject({ kind: 'exit', status: 0, expected: 3 });
});

test.each([
  ['echo a\nreturn 0\nfalse', '`return` outside a function'],
  ['if true; then\n  return 3\nfi\nfalse', '`return` outside a function'],
  ['echo a\nbreak\nfalse', '`break` or `continue` outside a loop'],
  ['echo a\ncontinue\nfalse', '`break` or `continue` outside a loop'],
])('%j is not believed', async (body, status) => {
  const { results, chapters } = await runChapters([buildChapter('a.md', [run(body), run('echo never')])]);
  expect(results[0]?.failure).toMatchObject({ kind: 'shell-ended', status });
  expect(chapters).toEqual({ 'a.md': 'failed' });
});

test('`set -x` shows the commands of the block only', async () => {
  const { results } = await runChapters([
    buildChapter('a.md', [
      run('set -x'),
      run('f() { return 0; }\nf\n(false) || :'),
      run('( echo a\n  false\n  echo b )'),
    ]),
  ]);
  expect(results.map(({ output }) => output?.stderr)).toEqual([
    '',
    '++ f\n++ return 0\n++ false\n++ :\n',
    '++ echo a\n++ false\n',
  ]);
  expect(results[2]?.failure?.kind).toBe('exit');
});

test('return where it belongs changes nothing, the last status included', async () => {
  const body =
    'f() { return 0; }\nf\n! [[ a == b ]] && [[ a == b ]] || (exit 4) || true\n[[ a == b ]] || echo $?';
  const { results } = await runChapters([buildChapter('a.md', [run(body), run('echo $?')])]);
  expect(results.map(({ status, output }) => [status, output?.stdout])).toEqual([
    ['passed', '1\n'],
    ['passed', '0\n'],
  ]);
});

test.each([
  [
    'a signal name in a variable',
    's=ERR; trap - $s; set +e\nfalse\necho ok',
    { kind: 'exit', command: 'false' },
  ],
  ['trap --', "trap -- 'echo own' ERR; set +e\nfalse\necho ok", { kind: 'exit', command: 'false' }],
  [
    'a sourced file',
    'x=ap; echo "set +e; tr$x - ERR" >lib.sh; . ./lib.sh\nfalse\necho ok',
    { kind: 'exit', command: 'false' },
  ],
  ['trap with a signal alone', 'trap ERR; set +e\nfalse\necho ok', { kind: 'exit', command: 'false' }],
  [
    'a sourced builtin',
    'x=ap; echo "set +e; builtin tr$x - ERR" >b.sh; . ./b.sh\nfalse\necho ok',
    { kind: 'shell-ended' },
  ],
  ['no errtrace', 'set +eE; f() { false; echo on; }; f', { kind: 'shell-ended' }],
  ['builtin trap', 'builtin trap - ERR; set +e\nfalse\necho ok', { kind: 'shell-ended' }],
])('failures are noticed in spite of %s', async (_, body, failure) => {
  const { results } = await runChapters([buildChapter('a.md', [run(body)])]);
  expect(results[0]).toMatchObject({ status: 'failed', failure });
});
