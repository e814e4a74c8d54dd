/// <reference lib="dom" />
/** `site dev` beside an author and a watch: what is saved, and what fails, is on the open page without a key pressed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Report } from '../../runner/report/report.ts';
import { BIN } from '../support/cli.ts';
import { openBrowser } from '../support/site-browser.ts';
import { writeCorpus } from '../support/site-corpus.ts';

let folder = '';
let server: ChildProcess;
let browser: Browser;
let address = '';
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mtx-site-'));
  writeCorpus(folder, 1);
  const dev = spawn(process.execPath, [BIN, 'site', 'dev', '--report', 'report.json'], { cwd: folder });
  server = dev;
  address = String((await once(dev.stdout, 'data'))[0]).trim();
  browser = await openBrowser();
});
afterEach(async () => {
  await browser.close();
  const ended = once(server, 'exit');
  server.kill('SIGINT');
  await ended;
  await expect(fetch(address), 'the server is gone with its command').rejects.toThrow();
  rmSync(folder, { recursive: true, force: true });
});

test('a wrong address is told at any depth', async () => {
  const deep = await fetch(`${address}no/such/page.html`);
  expect(deep.status).toBe(404);
  expect(await deep.text()).toContain('src="/site.js"');
  const broken = await fetch(`${address}%E0%A4%A`);
  expect(broken.status).toBe(400);
  expect(await broken.text()).toBe('The address has a % that is no escape.\n');
});

test('shows what was saved, and the blocks that fail in the report of a watch', async () => {
  const page = await browser.newPage();
  await page.goto(`${address}01-lesson-1.html`);
  expect(await page.locator('.card.verified').count()).toBe(10);
  await page.waitForLoadState('networkidle');

  const file = join(folder, 'tutorial/01-lesson-1.md');
  writeFileSync(file, `${readFileSync(file, 'utf8')}\nA new sentence.\n`);
  await page.getByText('A new sentence.').waitFor();
  expect(await page.locator('.card.verified').count()).toBe(10);
  await page.waitForLoadState('networkidle');

  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
  const chapters = report.chapters.map((chapter) => ({
    ...chapter,
    status: 'failed' as const,
    blocks: chapter.blocks.map((block, index) =>
      index !== 3
        ? block
        : {
            ...block,
            status: 'failed' as const,
            failure: { kind: 'exit', line: block.line, command: 'cub', status: 7, expected: 0 } as const,
          },
    ),
  }));
  writeFileSync(join(folder, 'report.json'), JSON.stringify({ ...report, chapters, outcome: 'failed' }));
  await page.locator('#step-3.card.failed').waitFor();
  expect(await page.locator('#step-3 .notice').innerText()).toContain('7');
  expect(await page.locator('.card.verified').count()).toBe(9);
  await page.locator('.badge.failed a[href="#step-3"]').click();
  expect(page.url()).toMatch(/#step-3$/);
});
