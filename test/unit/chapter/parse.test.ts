/** Chapters from files: which problems they have and where, and what a good one becomes. */
import { readdirSync, readFileSync } from 'node:fs';

import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { parseChapter } from '../../../runner/chapter/parse.ts';

const folder = new URL('../../fixtures/chapter/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const wanted = JSON.parse(read('problems.json')) as Readonly<Record<string, readonly string[]>>;

const MINIMAL = '---\nmtx:\n---\n';

test('every fixture is listed', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.md'));
  expect(Object.keys(wanted).toSorted()).toEqual(files.toSorted());
});

test.for(Object.entries(wanted))('problems of %s', ([name, problems]) => {
  const found = parseChapter(name, read(name)).problems;
  expect(found.map(({ span, code }) => `${span.start.line}:${span.start.column} ${code}`)).toEqual(problems);
});

test.for([
  ['HOME', 'its own folders'],
  ['TMPDIR', 'its own folders'],
  ['XDG_CONFIG_HOME', 'its own folders'],
  ['KUBECONFIG', 'its own world'],
  ['CONFIGHUB_URL', 'its own world'],
  ['PATH', 'its own world'],
  ['BASH_ENV', 'what it shows'],
  ['ENV', 'what it shows'],
  ['SHELLOPTS', 'what it shows'],
  ['LD_PRELOAD', 'what it shows'],
  ['DYLD_INSERT_LIBRARIES', 'what it shows'],
  ['NODE_OPTIONS', 'what it shows'],
  ['MTX_DOC_CHAIN', 'what it shows'],
] as const)('front matter may not set %s', ([name, seal]) => {
  const source = `---\nmtx:\n  env: {REGION: eu, ${name}: /root}\n---\n\n\`\`\`bash {.run}\ntrue\n\`\`\`\n`;
  const [problem, ...others] = parseChapter('a.md', source).problems;
  expect(problem).toMatchObject({
    code: 'format:bad-front-matter',
    severity: 'error',
    span: { start: { line: 3, column: 21 } },
    message: `\`mtx.env\` must not set \`${name}\`, which keeps a chapter to ${seal}`,
    hint: 'take it out, or export it in a block, where a reader sees it',
  });
  expect(others).toEqual([]);
});

test('front matter may set what only sounds like a sealed variable', () => {
  const source = MINIMAL.replace(
    'mtx:',
    'mtx:\n  env: {APP_HOME: a, KUBECONFIG_2: b, TZ: UTC, CONFIGHUB_SPACE: c}',
  );
  expect(parseChapter('a.md', source).problems.map(({ code }) => code)).toEqual(
    parseChapter('a.md', MINIMAL).problems.map(({ code }) => code),
  );
});

test('a good chapter', () => {
  const source = read('good.md');
  const { chapter } = parseChapter('good.md', source);
  expect(chapter).toMatchObject({
    title: 'Three environments',
    summary: 'One base, three clones, and only prod is live.',
    meta: {
      needs: ['01-hello-traderx.md'],
      timeoutMs: 600_000,
      requires: ['cub', 'kubectl'],
      env: { REGION: 'eu', PORT: '8080' },
      secrets: ['API_TOKEN'],
      world: 'containers',
      collect: ['kubectl get events'],
    },
  });
  expect(chapter.blocks.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
    'setup three-environments-setup-1',
    'run clone-dev',
    'run clone-dev-2',
    'run clone-dev-3',
    'run clone-dev-4',
    'background clone-dev-background-1',
    'file clone-dev-file-1',
    'excerpt clone-dev-excerpt-1',
    'skip clone-dev-skip-1',
    'cleanup clone-dev-cleanup-1',
  ]);
  const runs = chapter.blocks.filter((block) => block.kind === 'run');
  expect(runs.map(({ timeoutMs, expectations }) => [timeoutMs, expectations.length])).toEqual([
    [30_000, 2],
    [60_000, 1],
    [60_000, 1],
    [60_000, 1],
  ]);
  expect(runs[1]).toMatchObject({
    retry: true,
    only: 'containers',
    headings: ['Three environments', 'Clone dev'],
    body: 'kubectl get pods\n',
    expectations: [{ withinMs: 90_000, everyMs: 500, exit: 0, stream: 'stdout' }],
  });
  expect(runs[2]).toMatchObject({
    body: 'echo one \\\ntwo\nfalse || echo three\n',
    bodyLines: [43, 44, 46],
    expectations: [{ expectation: { match: 'elide', text: 'one two\nthree' }, bodyLines: [45, 47] }],
  });
  expect(runs[3]?.expectations).toMatchObject([{ exit: 1, stream: 'both' }]);
});

test.each([
  ['a fence with a role', '# A\n\n```bash {.run}\necho\n```\n', true],
  ['an mtx comment above a fence', '<!-- mtx: .run -->\n```bash\necho\n```\n', true],
  ['front matter below the top', '\n---\nmtx: {}\n---\n', true],
  ['a misspelt `mtx`', '---\nmxt: {}\n---\n', true],
  ['fences of others', '# A\n\n```bash\necho\n```\n\n```python {.numberLines}\n```\n', false],
  [
    'a format that is only shown',
    '````markdown\n---\nmtx: {}\n---\n```bash {.run}\necho\n```\n````\n',
    false,
  ],
  ['rules and the word', 'Chapters have mtx: maps.\n\n---\n\n- `mtx: {}`\n', false],
])('%s without front matter', (_, source, isMeant) => {
  const parsed = parseChapter('a.md', source);
  expect(parsed.problems.map(({ code }) => code)).toEqual(['format:not-a-chapter']);
  expect(parsed.isMeant).toBe(isMeant);
});

test('CRLF: bodies have LF, spans keep the file', () => {
  const source = read('crlf.md');
  const { chapter } = parseChapter('crlf.md', source);
  const [block] = chapter.blocks;
  expect(block?.body).toBe('echo a\n\necho b\n');
  expect(source.slice(block?.bodySpan.start.offset, block?.bodySpan.end.offset)).toBe(
    '\techo a\r\n\r\n\techo b\r\n',
  );
});

test('a fence that is still open at the end of the file', () => {
  const source = `${MINIMAL}\`\`\`bash {.run}\necho a`;
  const { chapter, problems } = parseChapter('x.md', source);
  expect(problems).toMatchObject([
    { code: 'format:unclosed-fence', hint: 'end it with ``` alone on a line' },
  ]);
  const [block] = chapter.blocks;
  expect(block?.body).toBe('echo a\n');
  expect(source.slice(block?.bodySpan.start.offset, block?.bodySpan.end.offset)).toBe('echo a');
});

test('an expectation stays in its section, a quoted heading starts none', () => {
  const run = '```bash {.run}\necho\n```\n';
  const expectation = '```text {.expect}\n\n```\n';
  const codes = (between: string): readonly string[] =>
    parseChapter('x.md', MINIMAL + run + between + expectation).problems.map(({ code }) => code);
  expect(codes('\n# Next\n')).toEqual(['format:expect-without-run']);
  expect(codes('\n> # Quoted\n\n')).toEqual([]);
});

test('automatic ids are unique and stay when another run gets a name', () => {
  const run = (attributes: string): string => `\`\`\`bash {.run${attributes}}\necho\n\`\`\`\n\n`;
  const ids = (source: string): readonly string[] =>
    parseChapter('x.md', MINIMAL + source).chapter.blocks.map(({ id }) => id);
  expect(ids(`# A\n\n${run('')}${run('')}# A\n\n${run('')}`)).toEqual(['a-1', 'a-2', 'a-1-1']);
  expect(ids(`# A\n\n${run(' #x')}${run('')}`)).toEqual(['x', 'a-2']);
  expect(ids(`# A\n\n${run('')}${run(' #a-1')}`)).toEqual(['a-1-1', 'a-1']);
});

test('in a transcript only a line after a command continues it', () => {
  const source = `${MINIMAL}\`\`\`console {.run}\n$ echo '> a'\n> a\n$\n\`\`\`\n`;
  const typed = (text: string): unknown => parseChapter('x.md', text).chapter.blocks[0];
  expect(typed(source)).toMatchObject({ body: "echo '> a'\na\n\n", expectations: [] });
  expect(typed(source.replace('\n> a\n', '\nout\n> a\n'))).toMatchObject({
    body: "echo '> a'\n\n",
    expectations: [{ expectation: { text: 'out\n> a' } }],
  });
});

const line = fc.oneof(
  fc.constantFrom(
    '```bash {.run}',
    '```',
    '~~~',
    '~~~text {.expect match=like',
    '# A',
    '> ```console {.run}',
    '- ```sh {.run #a}',
    '<!-- mtx: .run -->',
    '<!-- mtx:',
    '-->',
    '\t```',
    '$ echo',
    '> more',
    '    ```',
    '---',
    'mtx: {a: [',
    '<div>',
    '| a |',
    '```json {.expect}',
    '{"a": "<<x>>"',
    '<<a:int>>',
    '```text {.expect match=regex}',
    '(((',
    '[\\',
    '\uFEFF',
    '\0',
  ),
  fc.string(),
  fc.string({ unit: 'binary' }),
);

test('no input throws, and every place is inside the file', () => {
  const file = fc
    .tuple(fc.boolean(), fc.array(line, { maxLength: 25 }), fc.constantFrom('\n', '\r\n', '\r'))
    .map(([isChapter, lines, end]) => [...(isChapter ? ['---', 'mtx:', '---'] : []), ...lines].join(end));
  fc.assert(
    fc.property(file, (source) => {
      const { chapter, problems } = parseChapter('x.md', source);
      const expectations = chapter.blocks.flatMap((block) =>
        block.kind === 'run' ? block.expectations : [],
      );
      const blocks = [...chapter.blocks, ...expectations];
      const lineCount = source.split(/\r\n|\n|\r/).length;
      for (const { start, end } of [...problems, ...blocks].map(({ span }) => span)) {
        expect(start.offset).toBeLessThanOrEqual(end.offset);
        expect(end.offset).toBeLessThanOrEqual(source.length);
        expect(end.line).toBeLessThanOrEqual(lineCount);
      }
      for (const { body, bodyLines, bodySpan } of blocks) {
        expect(bodyLines.length).toBe(body.split('\n').length - 1);
        expect(bodySpan.end.offset).toBeLessThanOrEqual(source.length);
        for (const number of bodyLines) expect(number).toBeLessThanOrEqual(lineCount);
      }
      expect(new Set(blocks.map(({ id }) => id)).size).toBe(blocks.length);
    }),
    { numRuns: 1500 },
  );
});

test('what is written back into the body spans gives the same file', () => {
  const source = read('good.md');
  const { chapter } = parseChapter('good.md', source);
  for (const { bodySpan, body, bodyLines } of chapter.blocks) {
    const lines = source.slice(bodySpan.start.offset, bodySpan.end.offset).split('\n').slice(0, -1);
    const first = bodySpan.start.line;
    const typed = bodyLines.map((number) => lines[number - first]?.replace(/^[> ]*(?:[$>] )?/, ''));
    expect(typed).toEqual(
      body
        .split('\n')
        .slice(0, -1)
        .map((text) => text.replace(/^[> ]*/, '')),
    );
  }
});

test.each([
  ['', ''],
  ['stream=stdout', 'stream=stderr'],
  ['', 'stream=stderr'],
  ['stream=both', 'stream=both'],
  ['exit=1', ''],
  ['exit=1', 'stream=both'],
  ['exit=1 stream=stdout', 'stream=stderr'],
])('streams of one run: {.expect %s} beside {.expect %s}', (first, second) => {
  expect(parseChapter('a.md', pair(first, second)).problems).toEqual([]);
});

test.each([
  ['', 'stream=both', '13:18'],
  ['stream=both', '', '13:4'],
  ['stream=both', 'stream=stderr', '13:18'],
  ['exit=1', 'stream=stderr', '13:18'],
  ['exit=1 stream=stderr', '', '13:4'],
])('streams that no run gives: {.expect %s} beside {.expect %s}', (first, second, place) => {
  const { problems } = parseChapter('a.md', pair(first, second));
  expect(problems.map(({ span, code }) => `${span.start.line}:${span.start.column} ${code}`)).toEqual([
    `${place} format:stream-conflict`,
  ]);
  expect(problems[0]?.message).toMatch(/^`\w+` here and `\w+` on line 9 /);
  expect(problems[0]?.hint).toContain('either apart or together');
});

/** Expectations at lines 9 and 13. */
function pair(first: string, second: string): string {
  const fence = (keys: string): string => `\`\`\`text {.expect${keys === '' ? '' : ` ${keys}`}}\nx\n\`\`\`\n`;
  return `${MINIMAL}\n\`\`\`bash {.run}\n:\n\`\`\`\n\n${fence(first)}\n${fence(second)}`;
}
