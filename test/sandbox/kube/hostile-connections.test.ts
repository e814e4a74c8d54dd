/** Clients that send half a request, far too much, or watch by the hundred: nobody else is kept waiting, and nothing stays. */
import { connect, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, test } from 'vitest';
import { adminToken, openKubeServer, type KubeServer } from '../../helper/kube-server.ts';

const maps = '/api/v1/namespaces/default/configmaps';
const authorization = `Bearer ${adminToken}`;

let server: KubeServer | undefined;
afterEach(() => server?.close());

test('half a request keeps nobody out, nor the server open', async () => {
  const open = (server = await openKubeServer());
  const { port } = new URL(open.url);
  const halves = ['', 'GET /api', `POST ${maps} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"a"`];
  const sockets = Array.from({ length: 150 }, (_, index) => {
    const socket: Socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(halves[index % halves.length] ?? '');
    });
    return socket.on('error', () => undefined);
  });
  expect((await open.call(`GET ${maps}`)).status).toBe(200);
  await open.close();
  server = undefined;
  for (const socket of sockets) socket.destroy();
});

test('a body of 100 MB is refused before it is there', async () => {
  const open = (server = await openKubeServer());
  const chunk = new Uint8Array(1_000_000);
  let sent = 0;
  const body = new ReadableStream({
    pull(controller) {
      if ((sent += 1) > 100) controller.close();
      else controller.enqueue(chunk);
    },
  });
  const headers = { authorization, 'content-type': 'application/json' };
  const request = { method: 'POST', headers, body, duplex: 'half' };
  // The server may hang up before the client has read why.
  const status = await fetch(`${open.url}${maps}`, request).then(
    (reply) => reply.status,
    () => 413,
  );
  expect(status).toBe(413);
  expect(sent).toBeLessThan(50);
  expect((await open.call('GET /healthz')).body).toEqual({ text: 'ok' });
});

test('500 watches hear everything, and leave nothing when they go', { timeout: 60_000 }, async () => {
  const open = (server = await openKubeServer());
  await watchTogether(open, 0);
  const before = heapInUse();
  for (const round of [1, 2, 3]) await watchTogether(open, round);
  expect(heapInUse() - before).toBeLessThan(10_000_000);
});

test('what is refused leaves nothing', { timeout: 60_000 }, async () => {
  const open = (server = await openKubeServer());
  const refuse = async (): Promise<void> => {
    for (let index = 0; index < 50; index += 1)
      await open.call(`POST ${maps}`, {
        body: `{"data":{"a":"${'x'.repeat(500_000)}"},"metadata":[${index}]}`,
      });
  };
  await refuse();
  const before = heapInUse();
  await refuse();
  expect(heapInUse() - before).toBeLessThan(5_000_000);
});

/** 500 watches of one object, which changes three times and goes. */
async function watchTogether(open: KubeServer, round: number): Promise<void> {
  const name = `seen-${round}`;
  const abort = new AbortController();
  const query = `watch=1&fieldSelector=metadata.name=${name}`;
  const watches = await Promise.all(
    Array.from({ length: 500 }, () =>
      fetch(`${open.url}${maps}?${query}`, { headers: { authorization }, signal: abort.signal }),
    ),
  );
  const heard = watches.map((watch) => readEvents(watch, 5));
  await open.call(`POST ${maps}`, { body: { metadata: { name } } });
  for (const value of ['1', '2', '3'])
    await open.call(`PUT ${maps}/${name}`, { body: { metadata: { name }, data: { value } } });
  await open.call(`DELETE ${maps}/${name}`);
  const expected = ['ADDED', 'MODIFIED', 'MODIFIED', 'MODIFIED', 'DELETED'];
  for (const events of await Promise.all(heard)) expect(events).toEqual(expected);
  abort.abort();
}

/** The types of a watch's first events. */
async function readEvents({ body }: Response, count: number): Promise<string[]> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    if (text.split('\n').length > count) break;
  }
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => (JSON.parse(line) as { type: string }).type);
}

/** After a collection. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
