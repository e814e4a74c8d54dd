/** The built files: links and anchors, validity, twins, budgets, and what --require-report refuses. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path/posix';
import { gzipSync } from 'node:zlib';
import { HtmlValidate } from 'html-validate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseChapter } from '../../runner/chapter/parse.ts';
import { describeWork } from '../../runner/chapter/describe-work.ts';
import { openSite } from '../../site/build-site.ts';
import { buildWithCli } from '../support/site-browser.ts';
import { writeCorpus } from '../support/site-corpus.ts';
import { checkXml } from '../support/xml.ts';

interface SiteFile {
  readonly path: string;
  readonly content: string;
}

let folder = '';
let files: readonly SiteFile[] = [];
const options = {
  from: 'tutorial',
  report: 'report.json',
  out: 'dist',
  requireReport: true,
  base: 'https://example.org/course/',
};
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mtx-site-'));
  writeCorpus(folder, 30);
  files = await renderAll();
});
async function renderAll(): Promise<readonly SiteFile[]> {
  const site = await openSite({ ...options, cwd: folder });
  const rendered = site.files.map(({ path, render }) => ({ path, content: render() }));
  site.save();
  return rendered;
}
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pages = (): readonly SiteFile[] => files.filter(({ path }) => path.endsWith('.html'));
const zipped = (path: string): number =>
  gzipSync(files.find((file) => file.path === path)?.content ?? '', { level: 9 }).length;

test('no link and no anchor is broken', () => {
  const anchors = new Map(
    pages().map(({ path, content }) => [
      path,
      new Set([...content.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)),
    ]),
  );
  const broken = pages().flatMap(({ path, content }) =>
    [...content.matchAll(/ (?:href|src)="([^"]*)"/g)].flatMap(([, link = '']) => {
      if (/^[a-z]+:/.test(link)) return [];
      const [target = '', anchor] = link.split('#');
      const file =
        target === ''
          ? path
          : target.startsWith('/course/')
            ? target.slice(8)
            : normalize(join(dirname(path), target));
      const isThere = files.some((each) => each.path === file);
      return isThere && (anchor === undefined || anchors.get(file)?.has(anchor) === true)
        ? []
        : [`${path}: ${link}`];
    }),
  );
  expect(broken).toEqual([]);
});

test('html-validate finds nothing', async () => {
  const validator = new HtmlValidate({ extends: ['html-validate:standard'] });
  const findings: string[] = [];
  for (const { path, content } of pages()) {
    const { results } = await validator.validateString(content);
    findings.push(
      ...results.flatMap(({ messages }) =>
        messages.map(({ line, ruleId, message }) => `${path}:${line}: ${ruleId}: ${message}`),
      ),
    );
  }
  expect(findings.slice(0, 5)).toEqual([]);
});

test('a twin parses back to the same commands and checks, and holds the recorded output', () => {
  for (const twin of files.filter(({ path }) => /lesson.*\.md$/.test(path))) {
    const file = `tutorial/${twin.path}`;
    const { chapter, problems } = parseChapter(file, twin.content);
    const original = parseChapter(file, readFileSync(join(folder, file), 'utf8')).chapter;
    expect(problems).toEqual([]);
    expect(describeWork(chapter)).toBe(describeWork(original));
    expect(twin.content.match(/^Recorded output \(verified, took 120 ms\):$/gm)).toHaveLength(10);
  }
});

describe('machine readers', () => {
  const read = (path: string): string => files.find((file) => file.path === path)?.content ?? '';

  test('find every page in the sitemap and in llms.txt, and every lesson in the feed', () => {
    const lessons = pages().filter(({ path }) => path.includes('lesson'));
    for (const { path } of lessons) {
      expect(read('sitemap.xml')).toContain(`<loc>${options.base}${path}</loc>`);
      expect(read('feed.xml')).toContain(`<id>${options.base}${path}</id>`);
      expect(read('llms.txt')).toContain(`](${options.base}${path.replace(/html$/, 'md')})`);
    }
    expect(lessons).toHaveLength(30);
    expect(checkXml(read('feed.xml'))).toBe('');
    expect(checkXml(read('sitemap.xml'))).toBe('');
    expect(read('llms-full.txt').match(/^Recorded output/gm)).toHaveLength(300);
  });

  test('find on a lesson its address, its preview, its twin and how long it takes', () => {
    const { content = '', path = '' } = pages().find(({ path }) => path.includes('lesson')) ?? {};
    const address = `${options.base}${path}`;
    expect(content).toContain(`<link rel="canonical" href="${address}">`);
    expect(content).toContain(`<meta property="og:url" content="${address}">`);
    expect(content).toMatch(/<meta property="og:title" content="The /);
    expect(content).toContain(`type="text/markdown" href="${path.replace(/html$/, 'md')}"`);
    const [, json = ''] = /<script type="application\/ld\+json">([^<]+)</.exec(content) ?? [];
    expect(JSON.parse(json)).toMatchObject({
      url: address,
      position: 1,
      timeRequired: expect.stringMatching(/^PT\d+M$/) as string,
      lastReviewed: '2026-01-02T03:04:05.000Z',
    });
  });
});

test('every command has its recorded output and its time', () => {
  const lessons = pages().filter(({ path }) => path.includes('lesson'));
  expect(lessons).toHaveLength(30);
  for (const { content } of lessons) {
    expect(content.match(/class="card verified"/g)).toHaveLength(10);
    expect(content.match(/class="facts">took 120 ms</g)).toHaveLength(10);
    expect(content.match(/<span class="vary" title="any uuid">/g)).toHaveLength(10);
  }
});

test('the same input gives the same bytes, from the cache too', async () => {
  expect(await renderAll()).toEqual(files);
});

describe('the budget of bytes, gzipped', () => {
  test('scripts of a lesson: 4 kB', () => expect(zipped('site.js')).toBeLessThanOrEqual(4096));
  test('a whole lesson: 14 kB', () => {
    const lesson = Math.max(
      ...pages()
        .filter(({ path }) => path.includes('lesson'))
        .map(({ path }) => zipped(path)),
    );
    expect(lesson).toBeGreaterThan(1000);
    expect(lesson + zipped('site.js') + zipped('icon.svg')).toBeLessThanOrEqual(14 * 1024);
  });
  test('the first search: 60 kB', () =>
    expect(zipped('search.js') + zipped('search-index.js')).toBeLessThanOrEqual(60 * 1024));
});

describe('--require-report', () => {
  const build = (change: (source: string) => string): string => {
    const place = mkdtempSync(join(folder, 'case-'));
    writeCorpus(place, 1);
    const file = join(place, 'tutorial/01-lesson-1.md');
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    mkdirSync(join(place, '.cache'));
    try {
      return buildWithCli(place, ['--report', 'report.json', '--out', 'out', '--require-report']);
    } catch (error) {
      return String((error as { stderr?: string }).stderr);
    }
  };

  test.each([
    [
      'prose may be rewritten',
      (text: string) => text.replace('# Lesson 1', '# Lesson One'),
      '10 of 10 commands verified\n$',
    ],
    [
      'a changed command has no recording',
      (text: string) => text.replace('cub unit', 'cub space'),
      '#step-0|step-0 is missing',
    ],
    [
      'a changed expectation makes the page old',
      (text: string) => text.replace('Successfully', 'Hardly'),
      'step-0 is outdated',
    ],
    [
      'a new command has no recording',
      (text: string) => `${text}\n\`\`\`bash {.run #new}\ntrue\n\`\`\`\n`,
      'new is missing',
    ],
  ])('%s', (_name, change, said) => {
    expect(build(change)).toMatch(new RegExp(said));
  });
});
