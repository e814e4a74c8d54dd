/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** The real course in a real browser, opened from disk: copy, keyboard, no scripts, every axe rule in every state. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listAxeFindings } from '../support/site-browser.ts';
import { CHAPTERS, LESSONS, openCourse, type OpenedCourse } from '../support/site-course.ts';

let course: OpenedCourse;
beforeAll(async () => {
  course = await openCourse();
});
afterAll(async () => await course.close());

const open = async (path: string, options: BrowserContextOptions = {}): Promise<Page> =>
  await course.open(path, options);

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
      CHAPTERS[index]?.blocks.filter(({ kind }) => kind !== 'excerpt').map(({ body }) => body) ?? [];
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

test('the whole lesson is copied as the script that can be downloaded', async () => {
  const name = LESSONS[0] ?? '';
  const page = await open(html(name), { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.locator('.copy-all').click();
  await page.locator('.copy-all[data-done=yes]').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(readFileSync(join(course.folder, name.replace(/md$/, 'sh')), 'utf8'));
  expect(copied).toMatch(/^#!/);
  await page.context().close();
});

test('tabs need no script: one is open at a time, by keyboard too, and paper has all', async () => {
  const page = await open('index.html', { javaScriptEnabled: false });
  const panels = page.locator('.tab > div');
  const shown = async (): Promise<readonly boolean[]> =>
    await Promise.all((await panels.all()).map(async (panel) => await panel.isVisible()));
  expect(await shown()).toEqual([true, false]);
  const [first, second] = await Promise.all(
    (await page.locator('.tab > summary').all()).map(async (each) => await each.boundingBox()),
  );
  expect(second?.y).toBe(first?.y);
  await page.locator('.tab > summary').last().focus();
  await page.keyboard.press('Enter');
  expect(await shown()).toEqual([false, true]);
  await page.emulateMedia({ media: 'print' });
  const heights = await panels.evaluateAll((all) => all.map((panel) => panel.getBoundingClientRect().height));
  expect(Math.min(...heights)).toBeGreaterThan(50);
  await page.context().close();
});

test('an output has the colours of its command, and its text without sequences', async () => {
  const page = await open(html(LESSONS[0] ?? ''));
  const error = page.locator('.out pre', { hasText: 'warning, old' }).first();
  expect(await error.innerText()).toBe('warning, old\n');
  const [bold, dim, onRed] = await error.locator('span').all();
  const styleOf = async (part = bold): Promise<readonly string[]> =>
    await page.evaluate(
      (each) => {
        const { color, fontWeight, backgroundColor } = getComputedStyle(each as Element);
        return [color, fontWeight, backgroundColor];
      },
      await part?.elementHandle(),
    );
  const inherited = 'rgba(0, 0, 0, 0)';
  expect(await styleOf()).toEqual([expect.stringMatching(/^rgb\((?!22, 27, 34)/), '700', inherited]);
  expect(await styleOf(dim)).toEqual([expect.stringMatching(/^rgb\((?!22, 27, 34)/), '400', inherited]);
  expect((await styleOf(onRed))[2]).toBe('rgb(160, 17, 31)');
  await page.context().close();
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

describe('where the browser keeps nothing', () => {
  test('the search opens, by its key too, and finds', async () => {
    const context = await course.newContext();
    await context.addInitScript(() =>
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('Access is denied', 'SecurityError');
        },
      }),
    );
    const page = await course.show(context, 'index.html');
    await page.keyboard.press('/');
    await page.locator('.finder[open]').waitFor();
    await page.keyboard.type('environments');
    await page.locator('.finder li a').first().waitFor();
    await page.locator('.finder input[type=checkbox]').uncheck();
    await page.locator('.finder button').click();
    await page.locator('.search').click();
    expect(await page.locator('.finder[open]').count()).toBe(1);
    await context.close();
  });
});

test('the page of a wrong address leads back from disk, and has its script', async () => {
  const page = await open('404.html');
  await page.locator('.search').click();
  await page.locator('.finder[open]').waitFor();
  await page.keyboard.type('environments');
  await page.locator('.finder li a').first().waitFor();
  await page.locator('.finder button').click();
  await page.locator('main a').click();
  await page.locator('.map').waitFor();
  expect(page.url()).toMatch(/index\.html$/);
  await page.context().close();
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
  const page = await open('index.html');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(new URL(html(LESSONS[0] ?? ''), page.url()).href);
  await page.waitForLoadState('load');
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.every((url) => url.startsWith('file:'))).toBe(true);
  expect(asked.filter((url) => url.includes('search'))).toEqual([]);
  await page.context().close();
});

/** What A4 leaves for the text between margins of 1 cm. */
const PAPER = { width: 718, height: 1000 };

/** The beginnings of what is wider than its place. */
const listCut = async (page: Page): Promise<readonly string[]> =>
  await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll<HTMLElement>('main pre, main .table')]
      .filter((each) => each.scrollWidth > each.clientWidth + 1)
      .map((each) => (each.textContent ?? '').trim().slice(0, 60)),
  );

describe('printed', () => {
  test.each(LESSONS)('%s has its folds open and cuts nothing off', async (name) => {
    const page = await open(html(name), { viewport: PAPER });
    await page.emulateMedia({ media: 'print' });
    const found = await page.evaluate(() => {
      const all = [...document.querySelectorAll('main pre')];
      const closed = all.filter((pre) => pre.clientHeight === 0);
      return { all: all.length, closed: closed.length, folds: document.querySelectorAll('.fold').length };
    });
    expect(found).toMatchObject({ closed: 0 });
    expect(Math.min(found.all, found.folds)).toBeGreaterThan(5);
    expect(await listCut(page)).toEqual([]);
    await page.context().close();
  });

  test.each(['index.html', 'verification.html'])('%s cuts nothing off', async (path) => {
    const page = await open(path, { viewport: PAPER });
    await page.emulateMedia({ media: 'print' });
    expect(await listCut(page)).toEqual([]);
    await page.context().close();
  });

  test('a page shows where its links lead', async () => {
    const page = await open(html(LESSONS[0] ?? ''));
    await page.emulateMedia({ media: 'print' });
    const shown = await page.evaluate(() => {
      const link = document.querySelector('main p')?.appendChild(document.createElement('a'));
      link?.setAttribute('href', 'https://example.org/a');
      return link instanceof HTMLAnchorElement ? getComputedStyle(link, '::after').content : '';
    });
    expect(shown).toContain('https://example.org/a');
    await page.context().close();
  });
});
