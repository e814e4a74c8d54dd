/// <reference lib="dom" />
/** What a reader copies from the pages of all lessons, pasted block by block into the sandbox, gives what the pages say. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Chapter, ExpectBlock } from '../../runner/chapter/chapter.ts';
import { matchExpectation } from '../../runner/expectation/match.ts';
import type { Captures } from '../../runner/expectation/expectation.ts';
import { normaliseOutput } from '../../runner/text/normalise.ts';
import { addressOf, buildWithCli, openBrowser } from '../support/site-browser.ts';
import { CHAPTERS, LESSONS } from '../support/site-course.ts';
import { Typist, type Pasted } from '../support/typist.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
/** The story from its start to its end, which takes a minute or two. */
const PATIENCE_MS = 600_000;

let folder = '';
let browser: Browser;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mtx-site-'));
  buildWithCli(ROOT, ['--report', join(folder, 'none.json'), '--out', join(folder, 'site')]);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Through the browser's own clipboard, by the anchor of each block. */
async function copyAll(lesson: string): Promise<ReadonlyMap<string, string>> {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  await page.goto(addressOf(join(folder, 'site'), lesson.replace(/md$/, 'html')));
  const copied = new Map<string, string>();
  for (const card of await page.locator('.card').all()) {
    await card.locator('.copy').click();
    await card.locator('.copy[data-done=yes]').waitFor();
    copied.set(
      (await card.getAttribute('id')) ?? '',
      await page.evaluate(() => navigator.clipboard.readText()),
    );
  }
  await context.close();
  return copied;
}

const hasCleanUp = ({ blocks }: Chapter): boolean => blocks.some(({ kind }) => kind === 'cleanup');

/** The captures after all expectations, or the first that does not hold. */
function judge(expectations: readonly ExpectBlock[], pasted: Pasted, captures: Captures): Captures | string {
  let known = captures;
  for (const { expectation, stream } of expectations) {
    const printed = { ...pasted, both: `${pasted.stdout}${pasted.stderr}` }[stream];
    const verdict = matchExpectation(expectation, normaliseOutput(printed), known);
    if (verdict.kind === 'differs') return `${verdict.reason}\n${printed}`;
    known = verdict.captures;
  }
  const wanted = expectations[0]?.exit ?? 0;
  return pasted.exit === wanted ? known : `exit status ${pasted.exit}: ${pasted.stderr}`;
}

test('copied and pasted, all lessons give what their pages say', { timeout: PATIENCE_MS }, async () => {
  const typist = new Typist(ROOT);
  const cleanUps: string[] = [];
  let count = 0;
  try {
    for (const [index, lesson] of LESSONS.entries()) {
      const copied = await copyAll(lesson);
      let captures: Captures = {};
      for (const block of CHAPTERS[index]?.blocks ?? []) {
        const text = copied.get(block.id) ?? copied.get(`run-${block.id}`) ?? '';
        if (block.kind === 'cleanup') cleanUps.unshift(text);
        if (block.kind !== 'run' || block.only !== undefined) continue;
        expect(text, block.id).toBe(block.body);
        const patience = Math.max(0, ...block.expectations.map(({ withinMs = 0 }) => withinMs));
        const end = Date.now() + patience;
        let found = judge(block.expectations, await typist.paste(text), captures);
        while (typeof found === 'string' && Date.now() < end) {
          await new Promise((resolve) => setTimeout(resolve, 250));
          found = judge(block.expectations, await typist.paste(text), captures);
        }
        if (typeof found === 'string') throw new Error(`${lesson}#${block.id}: ${found}`);
        captures = found;
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(140);
    expect(cleanUps).toHaveLength(CHAPTERS.filter(hasCleanUp).length);
    for (const text of cleanUps) expect(await typist.paste(text)).toMatchObject({ exit: 0 });
  } catch (error) {
    await typist.close();
    throw error;
  }
  expect(await typist.close()).toBe(0);
});
