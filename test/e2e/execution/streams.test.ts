/** Where the output of a block goes: nothing is lost, nothing reaches another block, and no reader disturbs the block. */
import { expect, test } from 'vitest';
import { normaliseOutput } from '../../../runner/text/normalise.ts';
import { buildChapter, run, type Draft } from '../../support/build-chapter.ts';
import { runChapters } from '../../support/run-chapters.ts';

function outputs(drafts: readonly Draft[]) {
  return runChapters([buildChapter('a.md', drafts)]);
}

test.each([
  ['echo one >&2; echo two > /dev/stderr; echo three >&2', '', 'one\ntwo\nthree\n'],
  ['echo one; echo two > /dev/stdout; echo three', 'one\ntwo\nthree\n', ''],
  ['echo one >&2; echo two > /dev/fd/2; echo three > /proc/self/fd/2', '', 'one\ntwo\nthree\n'],
  ['echo one; echo two | tee /dev/stderr; echo three >&2', 'one\ntwo\n', 'two\nthree\n'],
  [
    "echo 'echo two > /dev/stderr; echo two > /dev/fd/1' > x.sh; echo one >&2; bash x.sh; echo three >&2",
    'two\n',
    'one\ntwo\nthree\n',
  ],
  ['echo one; cat x <(echo two) > /proc/self/fd/1 2>/dev/null || echo three', 'one\ntwo\nthree\n', ''],
])('opening a stream by name loses nothing: %s', async (body, stdout, stderr) => {
  const { results } = await outputs([
    run('echo before; echo before >&2'),
    run(body),
    run('echo on; echo on >&2'),
  ]);
  expect(results.map(({ output }) => [output?.stdout, output?.stderr])).toEqual([
    ['before\n', 'before\n'],
    [stdout, stderr],
    ['on\n', 'on\n'],
  ]);
});

test('both streams by name stay in order', async () => {
  const body = 'echo 1; echo 2 > /dev/stderr; echo 3 > /dev/stdout; echo 4 >&2';
  const { results } = await outputs([run(body, [{ stream: 'both', text: '1\n2\n3\n4' }])]);
  expect(results[0]?.status).toBe('passed');
});

test('the runner has no child in the shell: `wait` and `jobs` see the own ones only', async () => {
  const { results } = await outputs([run('wait; jobs; echo $!', [{ text: '' }])]);
  expect(results[0]).toMatchObject({ status: 'passed' });
});

test('a job that prints after its block lives on, and nobody sees it in a later block', async () => {
  const { results } = await outputs([
    run('{ sleep 0.2; echo late; echo late >&2; seq 100000; echo done > proof; } & echo on', [
      { text: 'on' },
    ]),
    run('wait; cat proof', [{ text: 'done' }, { stream: 'stderr', text: '' }]),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['passed', 'passed']);
});

test('a job that never stops printing fills neither memory, nor disk, nor a later block', async () => {
  const before = process.memoryUsage().rss;
  const { results, leaks } = await outputs([
    run('yes & yes >&2 &\nsleep 0.1; echo on >&2'),
    run('sleep 0.5; echo on', [{ text: 'on' }, { stream: 'stderr', text: '' }]),
    run('a=$(du -sk ../blocks); sleep 0.5; [[ $a == $(du -sk ../blocks) ]] && echo same', [{ text: 'same' }]),
    run('kill %1 %2; wait %1 %2 || echo gone', [{ text: 'gone' }]),
  ]);
  expect(results.map(({ status }) => status)).toEqual(results.map(() => 'passed'));
  expect(leaks).toEqual([]);
  expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
});

test('a million lines on each stream at once are all there', async () => {
  const { results } = await outputs([
    run('seq 1000000 & seq 1000000 >&2; wait'),
    run('echo on', [{ text: 'on' }]),
  ]);
  const output = results[0]?.output;
  const whole = 6_888_896;
  expect(output?.omittedBytes).toBe(2 * (whole - 256 * 1024));
  for (const text of [output?.stdout, output?.stderr]) {
    expect(text?.startsWith('1\n2\n3\n')).toBe(true);
    expect(text?.endsWith('999999\n1000000\n')).toBe(true);
  }
  expect(results[1]?.status).toBe('passed');
});

test.each(['stdout', 'stderr', 'both'] as const)(
  'what is cut out of %s is not taken for absent',
  async (stream) => {
    const body = `seq 200000 | sed '100000s/.*/FATAL/'${stream === 'stderr' ? ' >&2' : ''}`;
    const { results } = await outputs([run(body, [{ match: 'absent', stream, text: 'FATAL' }])]);
    const verdict = results[0]?.expectations[0]?.verdict;
    expect(verdict).toMatchObject({
      kind: 'differs',
      reason: expect.stringMatching(
        /^the output has 1288894 bytes, of which \d+ in the middle are not compared/,
      ),
    });
  },
);

test.each([
  ['kill -9 $$', 'shell-ended'],
  ['exit 0', 'shell-ended'],
  ['exec sleep 20', 'shell-ended'],
  ['sleep 20', 'timeout'],
])('what was printed right before `%s` is all there', async (line, kind) => {
  const { results } = await outputs([run(`seq 30000; seq 30000 >&2; ${line}`, [], { timeoutMs: 1500 })]);
  expect(results[0]?.failure?.kind).toBe(kind);
  const lines = Array.from({ length: 30_000 }, (_, index) => `${index + 1}\n`).join('');
  expect(results[0]?.output?.stdout === lines).toBe(true);
  expect(results[0]?.output?.stderr === lines).toBe(true);
});

test('redirections of the shell itself end with their block or go where it says', async () => {
  const { results } = await outputs([
    run('echo a; exec 2>errors; echo b >&2; echo c'),
    run('cat errors; echo d >&2'),
    run('exec >/dev/null; echo lost'),
    run('echo on', [{ text: 'on' }]),
  ]);
  expect(results.map(({ output }) => [output?.stdout, output?.stderr])).toEqual([
    ['a\nc\n', ''],
    ['b\n', 'd\n'],
    ['', ''],
    ['on\n', ''],
  ]);
});

test('a descriptor that the shell keeps leads to the output of later blocks, whatever jobs hold', async () => {
  const { results } = await outputs([
    run('exec 3>&1 4>&2; echo a >&3', [{ text: 'a' }]),
    run('sleep 30 & echo b >&3; echo c >&4; echo d', [{ text: 'b\nd' }, { stream: 'stderr', text: 'c' }]),
    run('echo e; echo f >&4; echo g >&3', [{ stream: 'both', match: 'contains', text: 'f\ne\ng' }]),
    run('exec 3>&- 4>&-; echo h', [{ text: 'h' }]),
    run('echo i', [{ text: 'i' }]),
  ]);
  expect(results.map(({ status }) => status)).toEqual(results.map(() => 'passed'));
});

test('a coprocess and process substitutions keep their streams', async () => {
  const { results } = await outputs([
    run('coproc cat; echo hello >&"${COPROC[1]}"; read -r line <&"${COPROC[0]}"; echo "$line"', [
      { text: 'hello' },
    ]),
    run('seq 3 > >(tac > out); while [[ ! -s out ]]; do sleep 0.05; done; cat out', [{ text: '3\n2\n1' }]),
    run('diff <(seq 3) <(seq 3); echo same', [{ text: 'same' }]),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['passed', 'passed', 'passed']);
});

test.each([
  [String.raw`printf '\033[31mred\033[0m %s\n' plain`, 'stdout', '\u001b[31mred\u001b[0m plain\n'],
  [
    String.raw`printf '\033[1mbold\033[m\n'; printf '\033[32mlow\033[m\n' >&2`,
    'both',
    '\u001b[1mbold\u001b[m\n\u001b[32mlow\u001b[m\n',
  ],
  ["printf 'red wine\n' | grep --color=always wine", 'stdout', 'red \u001b[01;31mwine\u001b[m\n'],
] as const)(
  'colours are recorded beside the text, which is compared without: %s',
  async (body, stream, coloured) => {
    const text = normaliseOutput(coloured).trimEnd();
    const { results } = await outputs([run(body, [{ stream, text }])]);
    expect(results[0]).toMatchObject({
      status: 'passed',
      output: { [stream]: `${text}\n`, coloured: { [stream]: coloured } },
    });
  },
);
