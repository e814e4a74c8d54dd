/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** WCAG 2.2 beyond what axe sees, and valid HTML, on the real course. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LESSONS, openCourse, type OpenedCourse } from '../support/site-course.ts';

let course: OpenedCourse;
beforeAll(async () => {
  course = await openCourse();
});
afterAll(async () => await course.close());

const FIRST = (LESSONS[0] ?? '').replace(/\.md$/, '.html');

describe('WCAG 2.2 beyond axe', () => {
  test.each(['index.html', 'verification.html', FIRST])('text of 200 % fits: %s', async (path) => {
    const page = await course.open(path, { viewport: { width: 1280, height: 900 } });
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
    await page.context().close();
  });

  test('forced colours reach what is drawn, and marks stay marks', async () => {
    const page = await course.open(FIRST, { forcedColors: 'active' });
    const found = await page.evaluate(() => {
      const ink = getComputedStyle(document.body).color;
      const drawn = [...document.querySelectorAll('.diagram svg *')].map((part) => {
        const { fill, stroke } = getComputedStyle(part);
        return part.matches('rect, path:not(.head)') ? stroke : fill;
      });
      return { drawn: drawn.length, other: drawn.filter((colour) => colour !== ink) };
    });
    expect(found.drawn).toBeGreaterThan(10);
    expect(found.other).toEqual([]);
    await page.context().close();
  });

  test('whoever wants no motion gets none', async () => {
    const behaviour = async (reducedMotion: 'reduce' | 'no-preference'): Promise<string> => {
      const page = await course.open(FIRST, { reducedMotion });
      const found = await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior);
      await page.context().close();
      return found;
    };
    expect([await behaviour('no-preference'), await behaviour('reduce')]).toEqual(['smooth', 'auto']);
  });
});

test('html-validate finds nothing on the course', async () => {
  const validator = new HtmlValidate({ extends: ['html-validate:standard'] });
  const findings: string[] = [];
  const pages = readdirSync(course.folder, { recursive: true, encoding: 'utf8' });
  for (const path of pages.filter((name) => name.endsWith('.html'))) {
    const { results } = await validator.validateString(readFileSync(join(course.folder, path), 'utf8'));
    findings.push(
      ...results.flatMap(({ messages }) =>
        messages.map(({ line, ruleId, message }) => `${path}:${line}: ${ruleId}: ${message}`),
      ),
    );
  }
  expect(pages.length).toBeGreaterThan(20);
  expect(findings.slice(0, 5)).toEqual([]);
});
