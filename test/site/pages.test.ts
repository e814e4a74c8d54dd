/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** The real course in a real browser, opened from disk: copy, keyboard, no scripts, every axe rule in every state. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHash } from 'node:crypto';
import { describeWork } from '../../runner/chapter/describe-work.ts';
import { parseChapter } from '../../runner/chapter/parse.ts';
import type { ReportBlock } from '../../runner/report/report.ts';
import { addressOf, buildWithCli, listAxeFindings, openBrowser } from '../support/site-browser.ts';
import { reportOf } from '../support/site-corpus.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const LESSONS = readdirSync(join(ROOT, 'tutorial'))
  .filter((name) => /^\d\d-.*\.md$/.test(name))
  .sort();
const chapters = LESSONS.map((name) => {
  const file = `tutorial/${name}`;
  return parseChapter(file, readFileSync(join(ROOT, file), 'utf8')).chapter;
});

let folder = '';
let browser: Browser;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mtx-site-'));
  writeFileSync(join(folder, 'report.json'), JSON.stringify(recordEverything()));
  buildWithCli(ROOT, [
    '--report',
    join(folder, 'report.json'),
    '--out',
    join(folder, 'site'),
    '--require-report',
  ]);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A report in which each block printed many lines, so that every page has all that pages can have. */
function recordEverything() {
  return reportOf(
    chapters.map((chapter) => ({
      chain: 'c',
      id: chapter.id,
      file: chapter.file,
      title: chapter.title,
      digest: createHash('sha256').update(describeWork(chapter)).digest('hex'),
      requested: true,
      status: 'passed',
      startedAt: '2026-01-02T03:04:05.000Z',
      durationMs: 1000,
      collected: [],
      blocks: chapter.blocks.map((block, index): ReportBlock => ({
        id: block.id,
        kind: block.kind,
        line: block.span.start.line,
        headings: block.headings,
        command: block.body,
        status: 'passed',
        exit: 0,
        startedAt: '2026-01-02T03:04:05.000Z',
        durationMs: 90,
        tries: 1,
        waitedMs: 0,
        output: {
          stdout: 'a line & <b>markup</b>\n'.repeat(index % 2 === 0 ? 1 : 30),
          stderr: index % 3 === 0 ? 'warning\n' : '',
          omittedBytes: 0,
        },
        expectations: [],
      })),
    })),
  );
}

async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(addressOf(join(folder, 'site'), path));
  return page;
}

const html = (name: string): string => name.replace(/\.md$/, '.html');

describe.each(LESSONS.map((name, index) => [name, index] as const))('%s', (name, index) => {
  test('copies exactly the bytes that the runner executes', async () => {
    const page = await open(html(name));
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'clipboard', {
        value: {
          writeText: async (text: string) => void (document.documentElement.dataset['copied'] = text),
        },
      });
    });
    const copied: unknown[] = [];
    for (const button of await page.locator('.copy').all()) {
      await button.click();
      copied.push(await page.evaluate(() => document.documentElement.dataset['copied']));
    }
    const executed =
      chapters[index]?.blocks.filter(({ kind }) => kind !== 'excerpt').map(({ body }) => body) ?? [];
    expect(executed.length).toBeGreaterThan(5);
    expect(copied).toEqual(executed);
    await page.context().close();
  });

  test('shows all text, output and navigation without scripts, on a phone', async () => {
    const page = await open(html(name), { javaScriptEnabled: false, viewport: { width: 375, height: 800 } });
    await page.locator('.menu > summary').click();
    expect(await page.locator('.menu a:visible').count()).toBeGreaterThanOrEqual(LESSONS.length);
    expect(await page.locator('.out:visible').count()).toBeGreaterThan(5);
    expect(await page.locator('.copy:visible, .tool:visible').count()).toBe(0);
    await page.locator('.fold > summary').first().click();
    expect(await page.locator('.fold[open] samp').first().isVisible()).toBe(true);
    await page.context().close();
  });

  test.each([320, 375, 768, 1366])('fits a width of %i px', async (width) => {
    const page = await open(html(name), { viewport: { width, height: 800 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.context().close();
  });
});

describe('axe, every rule', () => {
  const pages = ['index.html', 'verification.html', '404.html', ...LESSONS.map(html)];
  const states: readonly (readonly [string, BrowserContextOptions])[] = [
    ['light', { colorScheme: 'light', viewport: { width: 1366, height: 900 } }],
    ['dark', { colorScheme: 'dark', viewport: { width: 1366, height: 900 } }],
    ['a phone', { colorScheme: 'light', viewport: { width: 375, height: 800 } }],
  ];

  test.each(states)('finds nothing on any page: %s', async (_name, options) => {
    const findings: string[] = [];
    for (const path of pages) {
      const page = await open(path, options);
      await page.evaluate(() =>
        document.querySelectorAll('details:not(.menu)').forEach((each) => each.setAttribute('open', '')),
      );
      findings.push(...(await listAxeFindings(page)).map((finding) => `${path}: ${finding}`));
      await page.context().close();
    }
    expect(findings).toEqual([]);
  });

  test.each(['light', 'dark'] as const)(
    'finds nothing with the menu or the search open: %s',
    async (colorScheme) => {
      const menu = await open(html(LESSONS[0] ?? ''), { colorScheme, viewport: { width: 375, height: 800 } });
      await menu.locator('.menu > summary').click();
      expect(await listAxeFindings(menu)).toEqual([]);
      await menu.context().close();
      const search = await open(html(LESSONS[0] ?? ''), { colorScheme });
      await search.keyboard.press('/');
      await search.locator('.finder input[type=search]').fill('space');
      await search.locator('.finder li a').first().waitFor();
      expect(await listAxeFindings(search)).toEqual([]);
      await search.context().close();
    },
  );
});

describe('by keyboard', () => {
  test('the search opens, finds in spite of a typing error, and goes there', async () => {
    const page = await open('index.html');
    await page.keyboard.press('/');
    await page.locator('.finder').waitFor();
    await page.keyboard.type('environmnts');
    await page.locator('.finder li a').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/02-environments\.html/);
    await page.context().close();
  });

  test('the search’s key can be turned off', async () => {
    const page = await open('index.html');
    await page.locator('.search').click();
    await page.locator('.finder input[type=checkbox]').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    expect(await page.locator('.finder[open]').count()).toBe(0);
    await page.context().close();
  });

  test('the focus is seen wherever it is, below the bar', async () => {
    const page = await open(html(LESSONS[0] ?? ''));
    const hidden: string[] = [];
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press('Tab');
      const found = await page.evaluate(() => {
        const box = document.activeElement?.getBoundingClientRect();
        const bar = document.querySelector('.top')?.getBoundingClientRect().bottom ?? 0;
        const isInBar = document.activeElement?.closest('.top, .skip') !== null;
        return box !== undefined && !isInBar && box.bottom <= bar
          ? (document.activeElement?.outerHTML ?? '')
          : '';
      });
      if (found !== '') hidden.push(found);
    }
    expect(hidden).toEqual([]);
    await page.context().close();
  });
});

test('the colour scheme is kept from page to page', async () => {
  const page = await open('index.html');
  await page.locator('.theme').click();
  await page.locator('.theme').click();
  await page.locator('.map a').first().click();
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
  await page.context().close();
});

test('nothing is asked of another machine, and nothing of the search before it is used', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(addressOf(join(folder, 'site'), html(LESSONS[0] ?? '')));
  await page.waitForLoadState('load');
  expect(asked.every((url) => url.startsWith('file:'))).toBe(true);
  expect(asked.filter((url) => url.includes('search'))).toEqual([]);
  await context.close();
});

test('printed, a page cuts nothing off', async () => {
  const page = await open(html(LESSONS[0] ?? ''));
  await page.emulateMedia({ media: 'print' });
  const cut = await page.evaluate(
    () =>
      [...document.querySelectorAll('main pre')].filter(
        (pre) => pre.clientHeight === 0 || pre.scrollWidth > pre.clientWidth + 1,
      ).length,
  );
  expect(cut).toBe(0);
  await page.context().close();
});
