import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { HttpHandler, HttpResponse } from '../../../runner/sandbox/http/http.ts';
import { serve, type Listening } from '../../../runner/sandbox/http/serve.ts';

let listening: Listening | undefined;
afterEach(async () => {
  await listening?.close();
  listening = undefined;
});

const text = (body: HttpResponse['body'], status = 200): HttpResponse => ({
  status,
  headers: { 'content-type': 'text/plain' },
  body,
});

async function start(handler: HttpHandler, options: Parameters<typeof serve>[1] = {}): Promise<string> {
  listening = await serve(handler, options);
  return listening.url;
}

describe('serve', () => {
  test('listens on loopback and hands over method, path, query and body', async () => {
    const url = await start(async (request) =>
      text(
        `${request.method} ${request.path} ${request.query.get('where')} ${new TextDecoder().decode(await request.body())}`,
      ),
    );
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const response = await fetch(`${url}/a%20b?where=Slug+%3D+'x'`, { method: 'POST', body: 'hello' });
    expect(await response.text()).toBe("POST /a b Slug = 'x' hello");
  });

  test('answers 413 to a body over the limit, even without content-length', async () => {
    const url = await start(async (request) => text(String((await request.body()).length)), {
      bodyLimit: 10,
    });
    const chunks = new ReadableStream({
      start(controller) {
        for (let n = 0; n < 5; n += 1) controller.enqueue(new TextEncoder().encode('12345'));
        controller.close();
      },
    });
    // Its own constant: a browser's types, which the site's tests bring along, do not know `duplex`.
    const request = { method: 'POST', body: chunks, duplex: 'half' } as const;
    const response = await fetch(url, request);
    expect(response.status).toBe(413);
  });

  test('flushes a stream at once and tells it when the reader is gone', async () => {
    let gone: Promise<void> | undefined;
    const url = await start(async () =>
      text({
        start(writer) {
          gone = new Promise((resolve) => writer.signal.addEventListener('abort', () => resolve()));
          writer.write('first');
        },
      }),
    );
    const abort = new AbortController();
    const response = await fetch(url, { signal: abort.signal });
    const chunk = await response.body?.getReader().read();
    expect(new TextDecoder().decode(chunk?.value)).toBe('first');
    abort.abort();
    await gone;
    expect(gone).toBeDefined();
  });

  test('close ends streams and idle connections', async () => {
    const url = await start(async () => text({ start: (writer) => writer.write('x') }));
    const response = await fetch(url);
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await listening?.close();
    listening = undefined;
    await closed;
    await expect(response.text()).rejects.toThrow();
    await expect(fetch(url)).rejects.toThrow();
  });

  test('a handler that throws is a 500 with its message', async () => {
    const url = await start(() => Promise.reject(new Error('broken inside')));
    const response = await fetch(url);
    expect([response.status, await response.text()]).toEqual([500, 'broken inside\n']);
  });
});
