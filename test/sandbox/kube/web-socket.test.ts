/** WebSocket frames (RFC 6455) as clients send them, well and badly, on a forwarded port. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { adminToken, openKubeServer, type KubeServer } from '../../helper/kube-server.ts';
import { pods, startWeb } from '../../helper/web-pod.ts';

let server: KubeServer;
let socket: Socket;

beforeAll(async () => {
  server = await openKubeServer();
  await startWeb(server);
});

afterAll(async () => await server.close());

afterEach(() => socket.destroy());

interface Received {
  /** All bytes after the handshake and the port numbers of both channels. */
  readonly bytes: () => Buffer;
  readonly ended: () => Promise<void>;
}

async function open(): Promise<Received> {
  const { port } = new URL(server.url);
  socket = connect(Number(port), '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  const closed = once(socket, 'close');
  const headers = [
    `GET ${pods}/web/portforward?ports=80 HTTP/1.1`,
    'host: 127.0.0.1',
    `authorization: Bearer ${adminToken}`,
    'connection: Upgrade',
    'upgrade: websocket',
    'sec-websocket-version: 13',
    'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
    'sec-websocket-protocol: v4.channel.k8s.io',
  ];
  socket.write(`${headers.join('\r\n')}\r\n\r\n`);
  // Each channel begins with its port: five bytes of frame and content.
  const start = (): number => Buffer.concat(chunks).indexOf('\r\n\r\n') + 4;
  await vi.waitFor(() => expect(Buffer.concat(chunks).length - start()).toBe(10));
  const first = start() + 10;
  return { bytes: () => Buffer.concat(chunks).subarray(first), ended: async () => void (await closed) };
}

/** A masked frame. */
function frame(first: number, content: Buffer): Buffer {
  const mask = Buffer.from([1, 2, 3, 4]);
  const { length } = content;
  const size = length < 126 ? [0x80 + length] : [0x80 + 126, length >> 8, length & 0xff];
  const masked = content.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([Buffer.from([first, ...size]), mask, masked]);
}

const data = (text: string): Buffer => Buffer.concat([Buffer.from([0]), Buffer.from(text)]);

test('a message may come in parts, with a ping between them', async () => {
  const { bytes } = await open();
  socket.write(frame(0x02, data('GET / HTTP/1.1\r\n')));
  socket.write(frame(0x89, Buffer.from('still there?')));
  await vi.waitFor(() => expect(bytes()).toEqual(Buffer.from('\u008a\u000cstill there?', 'latin1')));
  socket.write(frame(0x00, Buffer.from('\r\n')).subarray(0, 3));
  socket.write(frame(0x00, Buffer.from('\r\n')).subarray(3));
  socket.write(frame(0x80, Buffer.alloc(0)));
  await vi.waitFor(() => expect(bytes().toString()).toContain('HTTP/1.1 200 OK'));
});

test('a long message is one', async () => {
  const { bytes } = await open();
  socket.write(frame(0x82, data(`GET / HTTP/1.1\r\nX-Long: ${'x'.repeat(40_000)}\r\n\r\n`)));
  await vi.waitFor(() => expect(bytes().toString()).toContain('HTTP/1.1 200 OK'));
});

test.each<[string, Buffer, number]>([
  ['a farewell', frame(0x88, Buffer.from([3, 0xe8])), 1000],
  ['a frame without a mask', Buffer.from([0x82, 1, 0]), 1002],
  ['a frame of 2^62 bytes', Buffer.from([0x82, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]), 1009],
])('%s ends the connection', async (_, sent, code) => {
  const { bytes, ended } = await open();
  socket.write(sent);
  await ended();
  expect([...bytes()]).toEqual([0x88, 2, code >> 8, code & 0xff]);
});

test('a client that hangs up is let go', async () => {
  const { ended } = await open();
  socket.end();
  await ended();
});
