/**
 * The one file that touches node:http2: the same handlers over HTTP/2 without TLS and with prior knowledge, which is all that
 * the real ConfigHub worker speaks. It needs a port of its own: node cannot tell the two protocols apart on one socket.
 */
import { createServer } from 'node:http2';
import type { IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { HttpHandler, HttpRequest, HttpResponse } from './http.ts';
import { DEFAULT_BODY_LIMIT, failure, readBody, splitTarget } from './serve.ts';
import type { Listening, ServeOptions } from './serve.ts';

/** Serves `handler` on 127.0.0.1; `port` and `bodyLimit` as for `serve`. */
export async function serveHttp2(
  handler: HttpHandler,
  options: Pick<ServeOptions, 'port' | 'bodyLimit'> = {},
): Promise<Listening> {
  const limit = options.bodyLimit ?? DEFAULT_BODY_LIMIT;
  const sessions = new Set<ServerHttp2Session>();
  const server = createServer();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('error', () => session.destroy());
    session.on('close', () => sessions.delete(session));
  });
  server.on('stream', (stream, headers) => void answer(handler, stream, headers, limit));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const session of sessions) session.destroy();
      await closed;
    },
  };
}

async function answer(
  handler: HttpHandler,
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  limit: number,
): Promise<void> {
  const abort = new AbortController();
  stream.on('close', () => abort.abort());
  stream.on('error', () => stream.destroy());
  let response: HttpResponse;
  try {
    response = await handler(toRequest(stream, headers, abort.signal, limit));
  } catch (error) {
    response = failure(error);
  }
  if (stream.destroyed) return;
  stream.respond({ ...response.headers, ':status': response.status });
  const { body } = response;
  if (typeof body === 'string' || body instanceof Uint8Array) {
    stream.end(body);
    return;
  }
  body.start({
    write: (chunk) => void (stream.destroyed || stream.writableEnded || stream.write(chunk)),
    end: () => void stream.end(),
    signal: abort.signal,
  });
}

function toRequest(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  signal: AbortSignal,
  limit: number,
): HttpRequest {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !name.startsWith(':'))
      plain[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  let body: Promise<Uint8Array> | undefined;
  return {
    method: headers[':method'] ?? 'GET',
    ...splitTarget(headers[':path'] ?? '/'),
    headers: plain,
    body: () => (body ??= readBody(stream as AsyncIterable<Buffer>, limit)),
    signal,
  };
}
