/** Debian's Chromium on a built site, opened from disk as a reader would. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';

/** Debian's, or what GitHub's Ubuntu has. */
const CHROMIUM =
  process.env['MTX_CHROMIUM'] ??
  ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path)) ??
  '/usr/bin/chromium';
const ROOT = new URL('../../', import.meta.url).pathname;

export async function openBrowser(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(`there is no ${CHROMIUM}: apt-get install chromium, or name another one in MTX_CHROMIUM`);
  }
  return await chromium.launch({ executablePath: CHROMIUM });
}

/** Builds a site with the command line; gives what it printed. Throws where it fails. */
export function buildWithCli(cwd: string, words: readonly string[]): string {
  return execFileSync(process.execPath, [`${ROOT}runner/bin.js`, 'site', 'build', ...words], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export function addressOf(folder: string, path: string): string {
  return pathToFileURL(`${folder}/${path}`).href;
}

/** What axe finds on the page as it is: every rule up to level AA, also the one on small targets, which is off by itself. */
export async function listAxeFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(options: object): Promise<{ violations: { id: string; nodes: { target: unknown[] }[] }[] }>;
      };
    };
    const { violations } = await axe.run({ rules: { 'target-size': { enabled: true } } });
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ target }) => String(target))
          .slice(0, 3)
          .join(' ')}`,
    );
  });
}
