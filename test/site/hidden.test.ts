/// <reference lib="dom" />
/** What a command hides from the eye is shown, and copied as it is run. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addressOf, buildWithCli, openBrowser } from '../support/site-browser.ts';

/** Shown as it stands, the second half would come first. */
const COMMAND = 'echo "safe\u202e" && rm -r important # \u2066\u0001\u200b\n';

test('a direction that is turned round is named where it stands, turns nothing, and is copied', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mtx-site-'));
  const browser = await openBrowser();
  try {
    mkdirSync(join(folder, 'tutorial'));
    const chapter = `---\ntitle: A\nsummary: B.\nmtx: {}\n---\n\n# A\n\n\`\`\`bash {.run #one}\n${COMMAND}\`\`\`\n`;
    writeFileSync(join(folder, 'tutorial/01-a.md'), chapter);
    buildWithCli(folder, ['--out', 'site']);
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    await page.goto(addressOf(join(folder, 'site'), '01-a.html'));
    await page.locator('#one .copy').click();
    await page.locator('#one .copy[data-done=yes]').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(COMMAND);
    const marks = await page.locator('#one .hid').evaluateAll((all) =>
      all.map((each) => {
        const { width } = each.getBoundingClientRect();
        return [getComputedStyle(each, '::before').content, width > 5];
      }),
    );
    expect(marks).toEqual(['U+202E', 'U+2066', '␁', 'U+200B'].map((name) => [`"${name}"`, true]));
    const [at, after] = await page.evaluate(() => {
      const code = document.querySelector('#one code') ?? document.body;
      const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
      const leftOf = (word: string): number => {
        walker.currentNode = code;
        while (walker.nextNode() !== null) {
          const start = walker.currentNode.textContent?.indexOf(word) ?? -1;
          if (start === -1) continue;
          const range = document.createRange();
          range.setStart(walker.currentNode, start);
          range.setEnd(walker.currentNode, start + word.length);
          return range.getBoundingClientRect().left;
        }
        return Number.NaN;
      };
      return [leftOf('rm'), leftOf('important')];
    });
    expect(after).toBeGreaterThan(at ?? Infinity);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
