/** Streams over SPDY/3.1, frame by frame: as kubectl before 1.31 opens them, and as nobody should. */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { openKubeServer, type KubeServer } from '../../helper/kube-server.ts';
import { openSpdyClient, type SpdyClient } from '../../helper/spdy-client.ts';
import { pods, startWeb } from '../../helper/web-pod.ts';

const success = '{"metadata":{},"status":"Success"}';
let server: KubeServer;
let client: SpdyClient;

beforeAll(async () => {
  server = await openKubeServer();
  await startWeb(server);
});

afterAll(async () => await server.close());

afterEach(() => client.close());

async function open(path: string, protocol: string): Promise<void> {
  client = await openSpdyClient(server.url, `${pods}/web/${path}`, protocol);
  expect(client.status).toContain('101');
}

test('a command starts when all its streams are there, and each of them ends', async () => {
  await open('exec?command=echo&command=hi&stdout=true&stderr=true', 'v4.channel.k8s.io');
  const [errors, output] = [
    await client.open({ streamtype: 'error' }),
    await client.open({ streamtype: 'stdout' }),
  ];
  await vi.waitFor(() => expect(client.frames()).toEqual(['2:1', '2:3']));
  const stderr = await client.open({ streamtype: 'stderr' });
  await client.ended();
  expect([client.text(output), client.text(errors), client.text(stderr)]).toEqual(['hi\n', success, '']);
  expect(client.frames()).toEqual([
    '2:1',
    '2:3',
    '2:5',
    'data:3',
    'data:1',
    'data:1:last',
    'data:3:last',
    'data:5:last',
  ]);
});

test('a terminal ends its lines as terminals do', async () => {
  await open('exec?command=echo&command=hi&stdout=true&tty=true', 'v4.channel.k8s.io');
  await client.open({ streamtype: 'error' });
  const output = await client.open({ streamtype: 'stdout' });
  await client.ended();
  expect(client.text(output)).toBe('hi\r\n');
});

describe('port-forward', () => {
  const pair = async (port: string, requestid: string): Promise<[number, number]> => [
    await client.open({ streamtype: 'error', port, requestid }),
    await client.open({ streamtype: 'data', port, requestid }),
  ];

  test('pairs of streams are told apart by their number', async () => {
    await open('portforward', 'portforward.k8s.io');
    const [, one] = await pair('80', '0');
    const [, two] = await pair('80', '1');
    client.send(two, 'HEAD /none HTTP/1.1\r\n\r\n');
    client.send(one, 'GET /index');
    client.send(one, '.html HTTP/1.0\r\n\r\n');
    await vi.waitFor(() => expect(client.frames()).toContain(`data:${one}:last`));
    expect(client.text(one)).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*<title>Welcome to nginx!/v);
    expect(client.text(two)).toMatch(/^HTTP\/1\.1 404 Not Found\r\n[^]*keep-alive\r\n\r\n$/v);
    expect(client.frames()).not.toContain(`data:${two}:last`);
  });

  test('a refusal comes on the error stream, and the next pair is served', async () => {
    await open('portforward', 'portforward.k8s.io');
    const [errors, data] = await pair('81', '0');
    await vi.waitFor(() => expect(client.frames()).toContain(`data:${data}:last`));
    expect(client.text(errors)).toMatch(/^error forwarding port 81 to pod .* connection refused $/v);
    const [, next] = await pair('80', '1');
    client.send(next, 'no HTTP\r\n\r\n');
    await vi.waitFor(() => expect(client.text(next)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/v));
  });
});

describe('a connection', () => {
  const ping = Uint8Array.of(0x80, 3, 0, 6, 0, 0, 0, 4, 0, 0, 0, 9);

  test('answers pings, and passes by what it does not know', async () => {
    await open('portforward', 'portforward.k8s.io');
    client.sendRaw(Uint8Array.of(0x80, 3, 0, 4, 0, 0, 0, 4, 0, 0, 0, 0));
    client.send(77, 'to a stream that is not there');
    client.sendRaw(ping);
    await vi.waitFor(() => expect(client.frames()).toEqual(['6:9']));
  });

  test.each<[string, number[]]>([
    ['another version', [0x80, 2, 0, 6, 0, 0, 0, 4, 0, 0, 0, 9]],
    ['a frame of 16 MB', [0, 0, 0, 1, 0, 0xff, 0xff, 0xff]],
    [
      'headers that are not compressed',
      [0x80, 3, 0, 1, 0, 0, 0, 14, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 7, 7, 7, 7],
    ],
    ['a farewell', [0x80, 3, 0, 7, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0]],
  ])('ends at %s', async (_, bytes) => {
    await open('portforward', 'portforward.k8s.io');
    client.sendRaw(Uint8Array.from(bytes));
    await client.ended();
    expect(client.frames()).toEqual([]);
  });
});
