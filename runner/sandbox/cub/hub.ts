/**
 * The hub over HTTP. node:http rather than fetch: a command lives for some 50 ms, and loading fetch would cost a third of
 * that. It is required, not imported: an import reads every export of the module, and one of them (WebSocket) loads fetch.
 * What counts as an answer, and how an error reads, is the original's.
 */
import type * as Http from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import type * as Https from 'node:https';
import { createRequire } from 'node:module';
import type { Hub, HubAnswer, HubRequest, Session } from './cub.ts';
import { entityOf, textOf } from './entity.ts';
import { Failure, messageOf } from './failure.ts';

const require = createRequire(import.meta.url);

export interface HubOptions {
  /** Such as `http://127.0.0.1:7070`. */
  readonly url: string;
  readonly session: Session;
  /** Gets each request and answer as text; for `--debug`. */
  readonly trace?: (text: string) => void;
}

/** A hub to ask. Nothing is sent before the first question. */
export function openHub(options: HubOptions): Hub {
  return { url: options.url, ask: (request) => ask(options, request) };
}

async function ask(options: HubOptions, request: HubRequest): Promise<HubAnswer> {
  const path = `/api${request.path}${queryOf(request.query ?? {})}`;
  const answer = await send(options, {
    method: request.method,
    path,
    headers: headersOf(options.session, request),
    body: request.body,
  });
  if ((answer.status === 200 || answer.status === 207) && answer.value !== undefined)
    return { status: answer.status, value: answer.value };
  const readable = [
    400,
    401,
    403,
    404,
    500,
    // The original's client cannot read this one; its server never says so.
    501,
    ...(request.readable ?? (request.method === 'PUT' ? [409] : [])),
  ];
  if (answer.value === undefined || !readable.includes(answer.status))
    throw new Failure(`no response body from server for req ${answer.requestId}`);
  if (request.blunt === true)
    throw new Failure(`unexpected status code ${answer.status} or no response data`);
  const message = textOf(entityOf(answer.value), 'Message');
  throw new Failure(`HTTP ${answer.status} for req ${answer.requestId}: ${message}`);
}

function headersOf(session: Session, request: HubRequest): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': 'cub', authorization: authorization(session) };
  if (request.body !== undefined) headers['content-type'] = request.contentType ?? 'application/json';
  return headers;
}

function authorization(session: Session): string {
  if (session.authType !== 'Basic') return `Bearer ${session.accessToken}`;
  return `Basic ${Buffer.from(`${session.user.email}:${session.password}`).toString('base64')}`;
}

/** Sorted by name and escaped as Go does. */
function queryOf(query: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== '')
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${escapeQuery(value)}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function escapeQuery(text: string): string {
  return encodeURIComponent(text)
    .replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
}

export interface Received {
  readonly status: number;
  readonly requestId: string;
  readonly text: string;
  /** Undefined if the answer is not JSON. */
  readonly value: unknown;
}

/** One request and its answer, whatever it is. Throws Failure if there is none. */
export async function send(options: HubOptions, sent: Sent): Promise<Received> {
  const base = new URL(options.url);
  const port = base.port || (base.protocol === 'https:' ? '443' : '80');
  options.trace?.(`${sent.method} ${sent.path} HTTP/1.1\r\nHost: ${base.host}\r\n\r\n${sent.body ?? ''}\n`);
  const dial = {
    host: base.hostname.replaceAll(/[[\]]/g, ''),
    port,
    path: sent.path,
    method: sent.method,
    headers: sent.headers,
  };
  try {
    const { response, text } = await exchange(base.protocol, dial, sent.body);
    options.trace?.(`HTTP/1.1 ${response.statusCode ?? 0}\r\n\r\n${text}\n`);
    return parse(response, text);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const verb = sent.method.charAt(0) + sent.method.slice(1).toLowerCase();
    throw new Failure(`${verb} "${base.origin}${sent.path}": ${dialError(error, base.hostname, port)}`, {
      cause: error,
    });
  }
}

async function exchange(
  protocol: string,
  dial: RequestOptions,
  body: string | undefined,
): Promise<{ response: IncomingMessage; text: string }> {
  const start =
    protocol === 'https:'
      ? (require('node:https') as typeof Https).request
      : (require('node:http') as typeof Http).request;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = start(dial, resolve);
    outgoing.on('error', reject);
    outgoing.end(body);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { response, text: Buffer.concat(chunks).toString('utf8') };
}

function parse(response: IncomingMessage, text: string): Received {
  const requestId = response.headers['x-request-id'];
  const received = {
    status: response.statusCode ?? 0,
    requestId: typeof requestId === 'string' ? requestId : '',
    text,
  };
  if (!(response.headers['content-type'] ?? '').includes('json')) return { ...received, value: undefined };
  try {
    return { ...received, value: JSON.parse(text) };
  } catch (error) {
    throw new Failure(text === '' ? 'unexpected end of JSON input' : messageOf(error), { cause: error });
  }
}

const DIAL_ERRORS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connect: connection refused',
  EHOSTUNREACH: 'connect: no route to host',
  ENETUNREACH: 'connect: network is unreachable',
};

function dialError(error: unknown, host: string, port: string): string {
  const code = textOf(entityOf(error), 'code');
  const known = DIAL_ERRORS[code];
  if (known !== undefined) return `dial tcp ${host}:${port}: ${known}`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `dial tcp: lookup ${host}: no such host`;
  return code === 'ECONNRESET' ? 'EOF' : messageOf(error);
}
