/** HTTP/1.1 as a catalogue's server would speak it: requests on a stream of bytes, answered from the catalogue. */
import { type ByteQueue, textBytes } from './bytes.ts';

const longestHead = 64 * 1024;
const longestBody = 16 * 1024 * 1024;
const phrases: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
};

interface Answer {
  readonly status: number;
  readonly body: string;
}

interface Conversation {
  readonly received: ByteQueue;
  write(content: Uint8Array): void;
}

/** Answers request after request. `answer` is undefined when nothing listens any more, which ends it. */
export async function answerHttp(
  client: Conversation,
  answer: (path: string) => Answer | undefined,
): Promise<void> {
  for (;;) {
    const request = await readRequest(client.received);
    if (request === undefined) return;
    const { method, isLast } = request;
    const found = answerTo(request, answer);
    if (found === undefined) return;
    const head = renderHead(found, isLast);
    client.write(textBytes(method === 'HEAD' ? head : `${head}${found.body}`));
    if (isLast) return;
  }
}

function answerTo(
  { method, path }: Request,
  answer: (path: string) => Answer | undefined,
): Answer | undefined {
  if (method === '') return { status: 400, body: 'Bad Request\n' };
  if (method === 'GET' || method === 'HEAD') return answer(path);
  return { status: 501, body: `mtx-doc sandbox: the image catalogue does not know what ${method} does\n` };
}

interface Request {
  /** '' where it is no request of HTTP/1. */
  readonly method: string;
  readonly path: string;
  readonly isLast: boolean;
}

/** The next request, its body passed over; undefined at the end. */
async function readRequest(received: ByteQueue): Promise<Request | undefined> {
  const head = await received.takeText('\r\n\r\n', longestHead);
  if (head === undefined) return undefined;
  const [first = '', ...lines] = head.split('\r\n');
  const [, method = '', path = '', version = ''] = /^([A-Z]+) (\S+) HTTP\/1\.(\d)$/v.exec(first) ?? [];
  if (method === '') return { method, path, isLast: true };
  const fields = new Map(
    lines.map((line): [string, string] => {
      const [name = '', ...value] = line.split(':');
      return [name.trim().toLowerCase(), value.join(':').trim()];
    }),
  );
  const length = Number(fields.get('content-length') ?? 0);
  if (length > longestBody || (await received.take(length)) === undefined) return undefined;
  // A body in chunks is not read, so nothing after it can be.
  const isLast =
    fields.get('connection')?.toLowerCase() === 'close' || version === '0' || fields.has('transfer-encoding');
  return { method, path, isLast };
}

function renderHead({ status, body }: Answer, isLast: boolean): string {
  const headers = [
    `HTTP/1.1 ${status} ${phrases[status] ?? 'Unknown'}`,
    `Content-Type: ${typeOf(body)}`,
    `Content-Length: ${textBytes(body).length}`,
    `Connection: ${isLast ? 'close' : 'keep-alive'}`,
  ];
  return `${headers.join('\r\n')}\r\n\r\n`;
}

function typeOf(body: string): string {
  if (/^[\[\{]/v.test(body)) return 'application/json; charset=utf-8';
  return body.startsWith('<') ? 'text/html' : 'text/plain; charset=utf-8';
}
