/** From a page to its verdicts, with the real parser: the promises that a reader of the format relies on first. */
import { expect, test } from 'vitest';
import { parseChapter } from '../../../runner/chapter/parse.ts';
import { isRunning, uniqueSeconds } from '../../support/processes.ts';
import { runChapters } from '../../support/run-chapters.ts';

/** Runs one page and gives the results of its blocks by id. */
async function runPage(body: string) {
  const { chapter, problems } = parseChapter(
    'page.md',
    `---\ntitle: Page\nmtx: {}\n---\n\n# Page\n\n${body}`,
  );
  expect(problems).toEqual([]);
  const outcome = await runChapters([chapter]);
  return {
    ...outcome,
    byId: Object.fromEntries(outcome.results.map((result) => [result.block, result])),
  };
}

const fence = (info: string, ...lines: readonly string[]) => ['```' + info, ...lines, '```', ''].join('\n');

test('a page whose blocks hold passes', async () => {
  const { chapters, byId } = await runPage(
    [
      fence('yaml {.file path=app/config.yaml}', 'replicas: 3'),
      fence('bash {.run #read}', 'cat app/config.yaml', 'id=$RANDOM$RANDOM; echo "id: $id"'),
      fence('yaml {.expect match=subset}', 'replicas: 3', 'id: <<id>>'),
      fence('bash {.run #later}', 'echo "$id"'),
      fence('text {.expect}', '<<id>>'),
      fence('bash {.run #fails}', 'ls /nowhere'),
      fence('text {.expect exit=2 match=contains}', 'No such file'),
      fence('bash {.cleanup #end}', 'rm -r app'),
    ].join('\n'),
  );
  expect(chapters).toEqual({ 'page.md': 'passed' });
  expect(Object.keys(byId)).toEqual(expect.arrayContaining(['read', 'later', 'fails', 'end']));
  expect(byId['fails']).toMatchObject({ status: 'passed', exit: 2, headings: ['Page'] });
});

test('a time-out of 2 s with a job and a command that sleep ends in under 4 s and leaves no orphan', async () => {
  const [job, front] = [uniqueSeconds(), uniqueSeconds()];
  const started = Date.now();
  const { byId } = await runPage(fence('bash {.run #sleeps timeout=2s}', `sleep ${job} & sleep ${front}`));
  expect(Date.now() - started).toBeLessThan(4000);
  expect(byId['sleeps']?.failure).toMatchObject({ kind: 'timeout', line: 8 });
  expect(isRunning(`sleep ${job}`) || isRunning(`sleep ${front}`)).toBe(false);
});

test('a job that holds stdout delays nothing, stdin is at its end, and both are noticed at once', async () => {
  const started = Date.now();
  const { byId } = await runPage(fence('bash {.run #job}', 'sleep 12 &', 'cat; echo on'));
  expect(byId['job']?.output?.stdout).toBe('on\n');
  expect(Date.now() - started).toBeLessThan(6000);
});

test('exit 0 fails the chapter', async () => {
  const { chapters, byId } = await runPage(fence('bash {.run #leaves}', 'exit 0'));
  expect(byId['leaves']?.failure).toMatchObject({ kind: 'shell-ended', status: 0 });
  expect(chapters).toEqual({ 'page.md': 'failed' });
});

test('false in the middle of a block fails it, at its line of the page', async () => {
  const { byId } = await runPage(
    `> ${fence('bash {.run #middle}', 'echo a', 'false', 'echo b').replaceAll('\n', '\n> ')}`,
  );
  expect(byId['middle']?.failure).toEqual({
    kind: 'exit',
    line: 10,
    command: 'false',
    status: 1,
    expected: 0,
  });
});
