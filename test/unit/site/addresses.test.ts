/** Where the site's own links lead: sections that are found, cards of blocks, twins, the feed, a wrong address. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseChapter } from '../../../runner/chapter/parse.ts';
import { listDocuments } from '../../../site/machine/search-documents.ts';
import { planSite } from '../../../site/plan-site.ts';
import { recordCourse } from '../../../site/recording/record-course.ts';
import { openHighlighter } from '../../../site/render/highlight.ts';
import { chapterReport } from '../../support/chapter-report.ts';

const SOURCE = `---
title: A page
summary: A summary.
mtx: {}
---
# A page

## Collide

> ## Quoted
>
> \`\`\`bash {.run #listed}
> echo hi
> \`\`\`

\`\`\`bash {.run #collide}
## not a heading
echo horse
\`\`\`

\`\`\`bash {.run #run-collide}
echo cow
\`\`\`

## Same

one

## Same

zebra

\`\`\`bash {.run #striped}
echo zebra
\`\`\`

## [Linked](#same) \`code\` & *x*

| a table | of words |
| --- | --- |
| giraffe | lion |
`;
const PRINTED = 'a\tb  \n\n  trailing  \n';
const { chapter } = parseChapter('tutorial/01-a.md', SOURCE);
const lesson = { file: 'tutorial/01-a.md', source: SOURCE, path: '01-a', chapter, digest: 'd' };
const course = { title: 'Course', lessons: [{ ...lesson, number: 1, title: 'A page', minutesToRead: 1 }] };
const report = chapterReport(chapter, {
  digest: 'd',
  output: { stdout: PRINTED, stderr: '', omittedBytes: 0 },
});
const failing = chapterReport(chapter, {
  digest: 'd',
  failure: { kind: 'exit', line: 8, command: 'echo hi', status: 1, expected: 0 },
});

async function plan(given = report, base?: string): Promise<ReadonlyMap<string, string>> {
  const highlighter = await openHighlighter(join(tmpdir(), 'no-such-cache.json'), []);
  const site = { name: 'Site', recorded: recordCourse(course, given), highlighter, style: '' };
  const files = planSite(base === undefined ? site : { ...site, base }, {
    siteScript: '',
    searchScript: '',
    style: '',
    icon: '',
  });
  return new Map(files.map(({ path, render }) => [path, render()]));
}

test('what is found are the headings that the page has, each with what stands below it', async () => {
  const documents = listDocuments(recordCourse(course, report));
  expect(documents.map(({ url, heading }) => [url, heading])).toEqual([
    ['01-a.html', ''],
    ['01-a.html#collide', 'Collide'],
    ['01-a.html#quoted', 'Quoted'],
    ['01-a.html#same', 'Same'],
    ['01-a.html#same-1', 'Same'],
    ['01-a.html#linked-code--x', 'Linked code & x'],
  ]);
  const page = (await plan()).get('01-a.html') ?? '';
  for (const { url } of documents.slice(1)) expect(page).toMatch(new RegExp(`<h2 id="${url.split('#')[1]}"`));
  const having = (word: string): readonly string[] =>
    documents
      .filter(({ text, commands }) => `${text} ${commands}`.includes(word))
      .map(({ url }) => url.slice(9));
  expect(['summary', 'horse', 'zebra', 'giraffe'].map(having)).toEqual([
    [''],
    ['#quoted'],
    ['#same-1'],
    ['#linked-code--x'],
  ]);
});

test('a block whose name a heading has is linked to by the anchor of its card', async () => {
  const files = await plan(failing);
  const page = files.get('01-a.html') ?? '';
  const cards = [...page.matchAll(/<div class="card [a-z]+" id="([^"]+)"/g)].map(([, id]) => id);
  expect(cards).toEqual(['listed', 'run-collide', 'run-run-collide', 'striped']);
  expect(new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)).size).toBe(
    page.match(/ id="/g)?.length,
  );
  const links = (path: string, before: string): readonly (string | undefined)[] =>
    [...(files.get(path) ?? '').matchAll(new RegExp(`${before}<a href="([^"]+)"`, 'g'))].map(
      ([, link]) => link,
    );
  expect(links('verification.html', '<th scope="row">')).toEqual(cards.map((id) => `01-a.html#${id}`));
  expect(links('verification.html', '(?:Failed: |, )')).toEqual(cards.map((id) => `01-a.html#${id}`));
  expect(links('01-a.html', '(?:Failed: |, )')).toEqual(cards.map((id) => `#${id}`));
});

describe('twins', () => {
  test('hold what was printed, blanks at the ends of lines too', async () => {
    const twin = (await plan()).get('01-a.md') ?? '';
    expect(twin).toContain(`\`\`\`text\n${PRINTED}\`\`\`\n`);
    expect(twin).toContain('> a\tb  \n>\n>   trailing  \n');
  });

  test('are there for every page but that of a wrong address, and listed', async () => {
    const files = await plan();
    const pages = [...files.keys()].filter((path) => path.endsWith('.html') && path !== '404.html');
    expect(pages).toHaveLength(3);
    for (const page of pages) {
      const twin = page.replace(/html$/, 'md');
      expect(files.has(twin), twin).toBe(true);
      expect(files.get(page)).toContain(`type="text/markdown" href="${twin}"`);
      expect(files.get('llms.txt')).toContain(`](${twin})`);
    }
  });

  test('say what the pages say of the run', async () => {
    const files = await plan(failing);
    const [overview = '', table = ''] = ['index.md', 'verification.md'].map((path) => files.get(path));
    expect(overview).toMatch(/^# Course\n/);
    expect(overview).toContain('0 of 1 pages verified on 2 Jan 2026.');
    expect(overview).toContain('- [A page](01-a.md): Failed when last run');
    expect(table).toMatch(/^\| collide \| run \| failed: [^|]+ \| 9 ms \| 1 \| 0 \|$/m);
    expect(table).toContain(`| Commit | ${'a'.repeat(40)} |`);
    expect((await plan()).get('index.md')).toContain('1 of 1 pages verified on 2 Jan 2026.');
  });
});

describe('where nobody said where the site will be', () => {
  test('there is no feed and no link to one', async () => {
    const files = await plan();
    expect([...files.keys()].filter((path) => path.endsWith('.xml'))).toEqual([]);
    for (const [path, text] of files) expect(text, path).not.toMatch(/feed\.xml|mtx-doc\.invalid/);
    const published = await plan(report, 'https://example.org/course/');
    expect([...published.keys()].filter((path) => path.endsWith('.xml'))).toEqual([
      'feed.xml',
      'sitemap.xml',
    ]);
    expect(published.get('01-a.html')?.match(/href="feed\.xml"/g)).toHaveLength(2);
  });

  test('a wrong address has links from where its page lies', async () => {
    expect((await plan()).get('404.html')).not.toMatch(/(?:href|src|data-root)="\//);
    const published = (await plan(report, 'https://example.org/course/')).get('404.html');
    expect(published).toContain('src="/course/site.js"');
  });
});
