/** The one file that touches node:http: a handler on 127.0.0.1, on a free port, with bodies bounded and streams flushed at once. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { BodyTooLarge } from './http.ts';
import type { HttpHandler, HttpRequest, HttpResponse, UpgradeHandler } from './http.ts';

/** An import would read each of the module's exports, WebSocket among them, and so load all of undici: 25 ms of each start. */
const { createServer } = process.getBuiltinModule('node:http');

export interface ServeOptions {
  /** PEM texts; absent: plain HTTP. */
  readonly tls?: { readonly key: string; readonly certificate: string };
  readonly upgrade?: UpgradeHandler;
  /** Default 3 MiB, the API server's own limit. */
  readonly bodyLimit?: number;
  /** Default 0: a free port. */
  readonly port?: number;
}

export interface Listening {
  readonly url: string;
  readonly port: number;
  /** Ends every connection, streams included, and resolves when nothing listens any more. */
  close(): Promise<void>;
}

/** 3 MiB, the API server's own limit. */
export const DEFAULT_BODY_LIMIT: number = 3 * 1024 * 1024;

/** What Go's servers take: a list can be asked for by thousands of names. */
const MAX_HEADERS = 1024 * 1024;

/** Serves `handler`. A handler that throws gives a bare 500 with the error's message: handlers answer their own errors. */
export async function serve(handler: HttpHandler, options: ServeOptions = {}): Promise<Listening> {
  const limit = options.bodyLimit ?? DEFAULT_BODY_LIMIT;
  const sockets = new Set<Duplex>();
  const onRequest = (message: IncomingMessage, reply: ServerResponse): void => {
    void answer(handler, message, reply, limit);
  };
  const server: Server =
    options.tls === undefined
      ? createServer({ maxHeaderSize: MAX_HEADERS }, onRequest)
      : createSecureServer(
          {
            key: options.tls.key,
            cert: options.tls.certificate,
            ALPNProtocols: ['http/1.1'],
            maxHeaderSize: MAX_HEADERS,
          },
          onRequest,
        );
  server.requestTimeout = 0;
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket: Socket) => track(sockets, socket));
  server.on('secureConnection', (socket: Duplex) => track(sockets, socket));
  const { upgrade } = options;
  if (upgrade !== undefined) {
    server.on(
      'upgrade',
      (message, socket, head) => void answerUpgrade(upgrade, message, socket, head, limit),
    );
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function track(sockets: Set<Duplex>, socket: Duplex): void {
  sockets.add(socket);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => sockets.delete(socket));
}

async function answer(
  handler: HttpHandler,
  message: IncomingMessage,
  reply: ServerResponse,
  limit: number,
): Promise<void> {
  const abort = new AbortController();
  reply.on('close', () => abort.abort());
  let response: HttpResponse;
  try {
    response = await handler(toRequest(message, abort.signal, limit));
  } catch (error) {
    response = failure(error);
  }
  if (reply.destroyed) return;
  const streamed = typeof response.body === 'object' && 'start' in response.body;
  if (!message.complete && !streamed) reply.setHeader('connection', 'close');
  reply.writeHead(response.status, response.headers);
  const { body } = response;
  if (typeof body === 'string' || body instanceof Uint8Array) {
    reply.end(message.method === 'HEAD' ? undefined : body);
    return;
  }
  reply.flushHeaders();
  reply.socket?.setNoDelay(true);
  body.start({
    write: (chunk) => void (reply.destroyed || reply.write(chunk)),
    end: () => void reply.end(),
    signal: abort.signal,
  });
}

/** The answer for a handler that throws. */
export function failure(error: unknown): HttpResponse {
  const message = error instanceof Error ? error.message : String(error);
  const status = error instanceof BodyTooLarge ? 413 : 500;
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `${message}\n` };
}

function toRequest(message: IncomingMessage, signal: AbortSignal, limit: number): HttpRequest {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  let body: Promise<Uint8Array> | undefined;
  return {
    method: message.method ?? 'GET',
    ...splitTarget(message.url ?? '/'),
    headers,
    body: () => (body ??= readBody(message as AsyncIterable<Buffer>, limit)),
    signal,
  };
}

/** The decoded path and the query of a request target. */
export function splitTarget(target: string): Pick<HttpRequest, 'path' | 'query'> {
  const cut = target.indexOf('?');
  return {
    path: decodePath(cut < 0 ? target : target.slice(0, cut)),
    query: new URLSearchParams(cut < 0 ? '' : target.slice(cut + 1)),
  };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Reads a whole body. Rejects with BodyTooLarge over `limit`. */
export async function readBody(message: AsyncIterable<Buffer>, limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size > limit) throw new BodyTooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function answerUpgrade(
  upgrade: UpgradeHandler,
  message: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  limit: number,
): Promise<void> {
  const abort = new AbortController();
  socket.on('close', () => abort.abort());
  try {
    const result = await upgrade(toRequest(message, abort.signal, limit));
    if ('accept' in result) {
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${headerLines(result.headers)}\r\n`);
      result.accept({
        write: (chunk) => void (socket.writable && socket.write(chunk)),
        onData: (listener) => {
          if (head.length > 0) listener(head);
          socket.on('data', (chunk: Buffer) => listener(chunk));
        },
        onClose: (listener) => {
          // Sockets of servers stay half open: whoever hangs up is gone.
          socket.on('end', () => socket.end());
          socket.on('close', listener);
        },
        close: () => void socket.end(),
      });
      return;
    }
    refuse(socket, result);
  } catch (error) {
    refuse(socket, failure(error));
  }
}

function refuse(socket: Duplex, response: HttpResponse): void {
  const body = typeof response.body === 'string' ? response.body : '';
  const headers = {
    ...response.headers,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  socket.end(`HTTP/1.1 ${response.status} Refused\r\n${headerLines(headers)}\r\n${body}`);
}

function headerLines(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}
