/// <reference lib="dom" />
/** What a reader far away waits for: Chromium with a slow line and a slow processor, on a plain server. */
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { openBrowser } from '../../support/site-browser.ts';

const SLOW = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 90_000 };

interface Paint {
  readonly lcpMs: number;
  /** Total blocking time. */
  readonly tbtMs: number;
  /** Has no unit. */
  readonly cls: number;
}

/** Of a first lesson, of the next one, and of the first search. */
export interface Visit extends Paint {
  readonly nextMs: number;
  /** Requests of the first lesson: to other machines, and for fonts. */
  readonly foreign: number;
  readonly fonts: number;
  /** Requests for the search before it is used, and when it is. */
  readonly searchBefore: number;
  readonly searchFirst: number;
}

/** Opens a lesson, goes to the next one, and searches there. */
export async function measurePaint(site: string, first: string, second: string): Promise<Visit> {
  const server = createServer((request, response) => {
    const file = join(site, decodeURIComponent((request.url ?? '/').slice(1)));
    response.statusCode = existsSync(file) ? 200 : 404;
    response.setHeader(
      'content-type',
      file.endsWith('.html') ? 'text/html' : file.endsWith('.js') ? 'text/javascript' : 'image/svg+xml',
    );
    response.setHeader('content-encoding', 'gzip');
    response.setHeader('cache-control', 'max-age=600');
    response.end(response.statusCode === 200 ? gzipSync(readFileSync(file)) : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const asked: { readonly url: string; readonly kind: string }[] = [];
    page.on('request', (request) => asked.push({ url: request.url(), kind: request.resourceType() }));
    const searches = (): number => asked.filter(({ url }) => url.includes('search')).length;
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', SLOW);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await page.goto(base + first, { waitUntil: 'load' });
    const paint = await readPaint(page);
    const foreign = asked.filter(({ url }) => !url.startsWith(base)).length;
    const fonts = asked.filter(({ kind }) => kind === 'font').length;
    const link = page.locator('.pager .next');
    await link.scrollIntoViewIfNeeded();
    await link.hover();
    await page.waitForTimeout(1500);
    const started = performance.now();
    await link.click();
    await page.waitForURL(base + second, { waitUntil: 'domcontentloaded' });
    const nextMs = performance.now() - started;
    const searchBefore = searches();
    await page.keyboard.press('/');
    await page.locator('.finder input[type=search]').fill('space');
    await page.locator('.finder li a').first().waitFor();
    const searchFirst = searches() - searchBefore;
    return { ...paint, nextMs, foreign, fonts, searchBefore, searchFirst };
  } finally {
    await browser.close();
    server.close();
  }
}

async function readPaint(page: Page): Promise<Paint> {
  return await page.evaluate(async () => {
    let lcpMs = 0;
    let cls = 0;
    let tbtMs = 0;
    new PerformanceObserver((list) =>
      list.getEntries().forEach(({ duration }) => (tbtMs += Math.max(0, duration - 50))),
    ).observe({ type: 'longtask', buffered: true });
    new PerformanceObserver((list) =>
      list.getEntries().forEach(({ startTime }) => (lcpMs = startTime)),
    ).observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) =>
      list.getEntries().forEach((entry) => (cls += (entry as unknown as { value: number }).value)),
    ).observe({ type: 'layout-shift', buffered: true });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return { lcpMs, tbtMs, cls };
  });
}
