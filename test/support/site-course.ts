/** The real course as a built site, with a report in which each block printed many lines, and a browser on it. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Chapter } from '../../runner/chapter/chapter.ts';
import { describeWork } from '../../runner/chapter/describe-work.ts';
import { parseChapter } from '../../runner/chapter/parse.ts';
import type { Report, ReportBlock } from '../../runner/report/report.ts';
import { addressOf, buildWithCli, openBrowser } from './site-browser.ts';
import { holdAll, reportOf } from './site-corpus.ts';

const ROOT = new URL('../../', import.meta.url).pathname;

/** File names of the lessons, in order. */
export const LESSONS: readonly string[] = readdirSync(join(ROOT, 'tutorial'))
  .filter((name) => /^\d\d-.*\.md$/.test(name))
  .sort();

/** The same, parsed. */
export const CHAPTERS: readonly Chapter[] = LESSONS.map((name) => {
  const file = `tutorial/${name}`;
  return parseChapter(file, readFileSync(join(ROOT, file), 'utf8')).chapter;
});

export interface OpenedCourse {
  readonly folder: string;
  /** Opens a page from disk, in a context of its own; a fault of a script fails the test. */
  open(path: string, options?: BrowserContextOptions): Promise<Page>;
  newContext(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** Opens a page in a context that has been prepared. */
  show(context: BrowserContext, path: string): Promise<Page>;
  close(): Promise<void>;
}

/** Builds the course into a folder of its own. */
export async function openCourse(): Promise<OpenedCourse> {
  const folder = mkdtempSync(join(tmpdir(), 'mtx-site-'));
  const report = join(folder, 'report.json');
  writeFileSync(report, JSON.stringify(recordEverything()));
  buildWithCli(ROOT, ['--report', report, '--out', join(folder, 'site'), '--require-report']);
  const browser = await openBrowser();
  const newContext = async (options: BrowserContextOptions = {}): Promise<BrowserContext> =>
    await browser.newContext(options);
  const show = async (context: BrowserContext, path: string): Promise<Page> => {
    const page = await context.newPage();
    page.on('pageerror', (error) => {
      throw error;
    });
    await page.goto(addressOf(join(folder, 'site'), path));
    return page;
  };
  return {
    folder: join(folder, 'site'),
    open: async (path, options) => await show(await newContext(options), path),
    newContext,
    show,
    close: async () => {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Bold yellow, which no light page can show as it is, dimmed green, and black on red. */
const COLOURS = '\u001b[1;93mwar\u001b[0;2;32mning\u001b[0m, \u001b[30;41mold\u001b[0m';

/** A report in which each block printed many lines, so that every page has all that pages can have. */
function recordEverything(): Report {
  return reportOf(
    CHAPTERS.map((chapter) => ({
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
          stderr: index % 3 === 0 ? 'warning, old\n' : '',
          ...(index % 3 === 0 ? { coloured: { stderr: `${COLOURS}\n` } } : {}),
          omittedBytes: 0,
        },
        expectations: holdAll(block),
      })),
    })),
  );
}
