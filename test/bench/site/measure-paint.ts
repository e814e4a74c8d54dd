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

/** Milliseconds; CLS has no unit. */
export async function measurePaint(
  site: string,
  first: string,
  second: string,
): Promise<{ readonly lcpMs: number; readonly cls: number; readonly nextMs: number }> {
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
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', SLOW);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await page.goto(base + first, { waitUntil: 'load' });
    const { lcpMs, cls } = await readPaint(page);
    const link = page.locator('.pager .next');
    await link.scrollIntoViewIfNeeded();
    await link.hover();
    await page.waitForTimeout(1500);
    const started = performance.now();
    await link.click();
    await page.waitForURL(base + second, { waitUntil: 'domcontentloaded' });
    return { lcpMs, cls, nextMs: performance.now() - started };
  } finally {
    await browser.close();
    server.close();
  }
}

async function readPaint(page: Page): Promise<{ readonly lcpMs: number; readonly cls: number }> {
  return await page.evaluate(async () => {
    let lcpMs = 0;
    let cls = 0;
    new PerformanceObserver((list) =>
      list.getEntries().forEach(({ startTime }) => (lcpMs = startTime)),
    ).observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) =>
      list.getEntries().forEach((entry) => (cls += (entry as unknown as { value: number }).value)),
    ).observe({ type: 'layout-shift', buffered: true });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return { lcpMs, cls };
  });
}
