/** Commands in containers over WebSockets: what the catalogue knows is answered, all else is refused by name. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { HttpRequest, UpgradedConnection } from '../../../runner/sandbox/http/http.ts';
import type { Json } from '../../../runner/sandbox/kube/kube.ts';
import { adminToken, openKubeServer, type KubeServer } from '../../helper/kube-server.ts';

const pods = '/api/v1/namespaces/default/pods';
const admin = { authorization: `Bearer ${adminToken}` };
const webSocket = {
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-protocol': 'v5.channel.k8s.io',
};
const v4 = { 'sec-websocket-protocol': 'v4.channel.k8s.io' };
let server: KubeServer;

beforeAll(async () => {
  server = await openKubeServer();
  for (const [name, image] of [
    ['web', 'nginx:1.27'],
    ['idle', 'registry.k8s.io/pause:3.10'],
    ['broken', 'nginx:none'],
    ['done', 'busybox'],
  ]) {
    const spec = { restartPolicy: 'Never', containers: [{ name: 'only', image }] };
    await server.call(`POST ${pods}`, { body: { metadata: { name }, spec } });
  }
  for (const [name, phase] of Object.entries({ web: 'Running', idle: 'Running', done: 'Succeeded' }))
    await vi.waitFor(async () => expect(await phaseOf(name)).toBe(phase), { timeout: 10_000 });
});

afterAll(async () => await server.close());

async function phaseOf(name: string): Promise<Json | undefined> {
  const { body } = await server.call(`GET ${pods}/${name}`);
  return (body['status'] as { phase?: string } | undefined)?.phase;
}

type Upgraded = Awaited<ReturnType<KubeServer['kube']['upgrade']>>;

async function upgrade(path: string, headers: HttpRequest['headers']): Promise<Upgraded> {
  const { pathname, searchParams } = new URL(path, 'http://localhost');
  const request: HttpRequest = {
    method: 'GET',
    path: pathname,
    query: searchParams,
    headers: { ...admin, ...headers },
    body: () => Promise.resolve(new Uint8Array()),
    signal: new AbortController().signal,
  };
  return await server.kube.upgrade(request);
}

/** All that a client hears on the connection, as bytes. */
function listen(accept: (connection: UpgradedConnection) => void): {
  readonly bytes: readonly number[];
  readonly isClosed: boolean;
} {
  const bytes: number[] = [];
  let isClosed = false;
  accept({
    write: (chunk) => bytes.push(...chunk),
    onData: () => undefined,
    onClose: () => undefined,
    close: () => {
      isClosed = true;
    },
  });
  return { bytes, isClosed };
}

/** A message as RFC 6455 frames it. */
function frame(opcode: number, content: readonly number[]): number[] {
  const { length } = content;
  const size = length < 126 ? [length] : [126, Math.floor(length / 256), length % 256];
  return [0x80 + opcode, ...size, ...content];
}

function message(channel: number, text: string): number[] {
  return frame(2, [channel, ...new TextEncoder().encode(text)]);
}

const success = '{"metadata":{},"status":"Success"}';

function failure(code: number): string {
  return `{"metadata":{},"status":"Failure","message":"command terminated with non-zero exit code: exit status ${code}","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"${code}"}]}}`;
}

function query(command: readonly string[]): string {
  return new URLSearchParams([['stdout', 'true'], ...command.map((word) => ['command', word])]).toString();
}

test.each<[string[], string, string]>([
  [['true'], '', success],
  [['echo', 'hello', 'you'], 'hello you\n', success],
  [['echo', 'x'.repeat(300)], `${'x'.repeat(300)}\n`, success],
  [['false'], '', failure(1)],
  [['sh', '-c', 'exit 3'], '', failure(3)],
])('%j runs', async (command, output, status) => {
  const answer = await upgrade(`${pods}/web/exec?${query(command)}`, webSocket);
  if (!('accept' in answer)) throw new Error(JSON.stringify(answer));
  // The accept key of RFC 6455, section 1.3.
  expect(answer.headers).toMatchObject({ 'sec-websocket-accept': 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=' });
  const said = output === '' ? [] : message(1, output);
  expect(listen((connection) => answer.accept(connection))).toEqual({
    bytes: [...said, ...message(3, status), ...frame(8, [0x03, 0xe8])],
    isClosed: true,
  });
});

test.each<[string, string, Record<string, string>, number, string]>([
  ['an unknown command', `web/exec?${query(['ls', '/'])}`, webSocket, 501, String.raw`running \"ls\" \"/\"`],
  ['a file', `web/exec?${query(['cat', '/etc/hosts'])}`, webSocket, 501, 'catalogue does not know'],
  ['a shell expansion', `web/exec?${query(['sh', '-c', 'echo $HOME'])}`, webSocket, 501, 'does not know'],
  ['an image without programs', `idle/exec?${query(['true'])}`, webSocket, 501, 'does not know'],
  ['no such pod', `none/exec?${query(['true'])}`, webSocket, 404, String.raw`pods \"none\" not found`],
  [
    'no such container',
    `web/exec?container=x&${query(['true'])}`,
    webSocket,
    400,
    'container x is not valid',
  ],
  ['no protocol', `web/exec?${query(['true'])}`, {}, 400, 'missing upgrade headers in request'],
  ['an old SPDY', `web/exec?${query(['true'])}`, { upgrade: 'SPDY/3.1' }, 403, 'server accepts [v4.channel'],
  [
    'an unknown protocol',
    `web/exec?${query(['true'])}`,
    { ...webSocket, 'sec-websocket-protocol': 'v9.channel.k8s.io' },
    403,
    'not supported: [v9.channel.k8s.io]',
  ],
  [
    'no port',
    'web/portforward',
    { ...webSocket, ...v4 },
    400,
    String.raw`query parameter \"ports\" is required`,
  ],
  ['a strange port', 'web/portforward?ports=x', { ...webSocket, ...v4 }, 400, 'unable to parse'],
  ['port 0', 'web/portforward?ports=0', { ...webSocket, ...v4 }, 400, 'must be > 0'],
  ['another upgrade', 'web/log', webSocket, 501, 'web/log with an upgrade'],
  ['a stranger', `web/exec?${query(['true'])}`, { 'impersonate-user': 'eve' }, 403, 'pods/exec'],
])('%s is refused', async (_, path, headers, status, words) => {
  const answer = await upgrade(`${pods}/${path}`, headers);
  expect(answer).toMatchObject({ status, body: expect.stringContaining(words) });
});

// The API server upgrades before it asks the kubelet, for v5 only (apiserver, util/proxy/streamtranslator.go).
test.each([
  ['exec', `broken/exec?${query(['true'])}`, 'container not found ("only")'],
  ['attach', 'broken/attach?stdout=true', 'container only not found in pod broken_default'],
])('%s in a container that does not run fails in the kubelet’s words', async (_, path, words) => {
  const refused = await upgrade(`${pods}/${path}`, { ...webSocket, ...v4 });
  expect(refused).toMatchObject({ status: 500, body: words });
  const answer = await upgrade(`${pods}/${path}`, webSocket);
  if (!('accept' in answer)) throw new Error(JSON.stringify(answer));
  const cause = `unable to upgrade connection: ${words}`;
  const status = {
    metadata: {},
    status: 'Failure',
    message: `Internal error occurred: ${cause}`,
    reason: 'InternalError',
    details: { causes: [{ message: cause }] },
    code: 500,
  };
  expect(listen((connection) => answer.accept(connection))).toEqual({
    bytes: [...message(3, JSON.stringify(status)), ...frame(8, [0x03, 0xe8])],
    isClosed: true,
  });
});

test('nothing is forwarded to a pod whose network is not there', async () => {
  const answer = await upgrade(`${pods}/done/portforward`, {
    ...webSocket,
    'sec-websocket-protocol': 'SPDY/3.1+portforward.k8s.io',
  });
  expect(answer).toMatchObject({ status: 500, body: 'pod not found ("done_default")' });
});
