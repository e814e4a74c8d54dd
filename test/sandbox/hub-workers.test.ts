import { connect } from 'node:http2';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RESULT_REFUSALS, STREAM_REFUSALS } from './data/hub-worker-bodies.ts';
import { serve } from '../../runner/sandbox/http/serve.ts';
import { serveHttp2 } from '../../runner/sandbox/http/serve-http2.ts';
import { openStore } from '../../runner/sandbox/store/open.ts';
import {
  connectWorker,
  makeSpace,
  makeTarget,
  makeUnit,
  makeWorker,
  openTestHub,
  pick,
  pickText,
  report,
} from '../support/hub.ts';
import type { TestHub } from '../support/hub.ts';

let hub: TestHub;
let space: string;
let worker: { id: string; secret: string };
let target: string;
let unit: string;
let path: string;

beforeEach(async () => {
  hub = openTestHub();
  space = await makeSpace(hub, 'demo');
  worker = await makeWorker(hub, space, 'w');
  target = await makeTarget(hub, space, 't', worker.id);
  unit = await makeUnit(hub, space, 'rd', 'a: 1\n', { TargetID: target });
  path = `/space/${space}/unit/${unit}`;
});

afterEach(() => hub.close());

/** Lets what was queued in a request go out. */
async function settle(): Promise<void> {
  await Promise.resolve();
}

describe('connections', () => {
  test("targets are registered once and renewed, and another worker's is left alone", async () => {
    const offer = [
      { Name: 'cluster', Params: { KubeContext: 'a' } },
      { Name: 't', Params: {} },
    ];
    await connectWorker(hub, worker, offer);
    await connectWorker(hub, worker, [{ Name: 'cluster', Params: { KubeContext: 'b' } }]);
    await connectWorker(hub, await makeWorker(hub, space, 'v'), [
      { Name: 'cluster', Params: { KubeContext: 'c' } },
    ]);
    expect((await hub.call('GET', `/space/${space}/target?include=BridgeWorkerID`)).json).toMatchObject([
      {
        Target: { Slug: 'cluster', DisplayName: 'cluster', Parameters: '{"KubeContext":"b"}', Version: 2 },
        BridgeWorker: { Slug: 'w' },
      },
      { Target: { Slug: 't', Parameters: '{}', TargetID: target } },
    ]);
  });

  test.for(STREAM_REFUSALS)('%j is refused and nothing of it stored', async ([body, message]) => {
    const version = hub.store.version();
    const headers = { authorization: `Bearer ${worker.secret}` };
    const reply = await hub.call('POST', `/bridge_worker/${worker.id}/stream`, body, headers);
    expect(reply).toMatchObject({ status: 400, json: { Code: '400', Message: message } });
    expect(hub.store.version()).toBe(version);
  });

  test('of what a newer worker says, only what clients can read is kept', async () => {
    const Params = { KubeContext: 'a', Deep: { any: [1] } };
    const type = { ToolchainType: 'Kubernetes/YAML', ProviderType: 'Own', AvailableTargets: null };
    const server = await serve(hub.handler, { bodyLimit: 10_000 });
    const response = await fetch(`${server.url}/api/bridge_worker/${worker.id}/stream`, {
      method: 'POST',
      headers: { authorization: `Bearer ${worker.secret}` },
      body: JSON.stringify({
        Later: 5,
        BridgeWorkerInfo: {
          supportedconfigtypes: 5,
          SupportedConfigTypes: [
            { ...type, AvailableTargets: [{ Name: 'x', Params, Later: 5 }] },
            { ...type, Later: 5 },
          ],
        },
      }),
    });
    await response.body?.cancel();
    await server.close();
    expect((await hub.call('GET', '/bridge_worker')).json).toMatchObject([
      {
        BridgeWorker: {
          ProvidedInfo: {
            BridgeWorkerInfo: {
              SupportedConfigTypes: [
                {
                  ToolchainType: 'Kubernetes/YAML',
                  ProviderType: 'Own',
                  AvailableTargets: [{ Name: 'x', Params }],
                },
                { ToolchainType: 'Kubernetes/YAML', ProviderType: 'Own' },
              ],
            },
          },
        },
      },
    ]);
    expect(JSON.stringify((await hub.call('GET', '/bridge_worker')).json)).not.toMatch(
      /Later|supportedconfig/,
    );
  });

  test('the condition follows the stream, the heartbeats and a restart', async () => {
    const condition = async (of: TestHub = hub): Promise<unknown> =>
      pick((await of.call('GET', '/bridge_worker')).json, '0.BridgeWorker.Condition');
    expect(await condition()).toBe('Disconnected');
    const stream = await connectWorker(hub, worker);
    expect(await condition()).toBe('Ready');
    for (let beat = 0; beat < 3; beat += 1) hub.clock.advance(15_000);
    expect(await condition()).toBe('Unresponsive');
    expect(stream.events).toHaveLength(4);
    const beat = { Action: 'Heartbeat', Result: 'None', Status: 'Completed', Message: 'MemoryPressure' };
    await hub.call('POST', `/bridge_worker/${worker.id}/action_result`, beat, {
      authorization: `Bearer ${worker.secret}`,
    });
    const restarted = openTestHub(openStore({ snapshot: hub.store.snapshot() }));
    expect([await condition(), await condition(restarted)]).toEqual(['Ready', 'Disconnected']);
    restarted.close();
    stream.hangUp();
    expect(await condition()).toBe('Disconnected');
    const statuses = await hub.call('GET', `/space/${space}/bridge_worker/${worker.id}/status`);
    expect((statuses.json as object[]).map((item) => pick(item, 'Status'))).toEqual([
      'Disconnected',
      'Ready',
      'Unresponsive',
      'Ready',
    ]);
    expect((await hub.call('GET', '/bridge_worker')).json).toMatchObject([
      { BridgeWorker: { LastMessage: 'MemoryPressure', LastSeenAt: '2026-01-01T00:00:45.000Z', Version: 1 } },
    ]);
  });

  test('deleting a worker ends its stream', async () => {
    const alone = await makeWorker(hub, space, 'alone');
    const stream = await connectWorker(hub, alone, [{ Name: 'gone', Params: {} }]);
    expect((await hub.call('DELETE', `/space/${space}/bridge_worker/${alone.id}`)).status).toBe(200);
    await settle();
    hub.clock.advance(15_000);
    expect(stream.events).toHaveLength(1);
    expect((await hub.call('GET', "/target?where=Slug = 'gone'")).json).toEqual([]);
  });
});

describe('secrets', () => {
  test.for<readonly [string, string]>([
    ['nothing', ''],
    ['another', 'ch_0000000000000000000000000000000000000000'],
    ['a prefix', 'prefix'],
    ['more', 'more'],
  ])('%s is refused', async ([, kind]) => {
    const wrong = { prefix: worker.secret.slice(0, 8), more: `${worker.secret}x` }[kind] ?? kind;
    const headers = { authorization: `Bearer ${wrong}` };
    for (const [method, rest] of [
      ['GET', 'me'],
      ['POST', 'stream'],
      ['POST', 'action_result'],
    ] as const)
      expect((await hub.call(method, `/bridge_worker/${worker.id}/${rest}`, undefined, headers)).status).toBe(
        401,
      );
    expect(
      (await hub.call('POST', '//auth/worker', { worker_id: worker.id, worker_secret: wrong })).status,
    ).toBe(401);
    expect(
      (await hub.call('POST', '//auth/worker', { worker_id: unit, worker_secret: worker.secret })).status,
    ).toBe(401);
  });

  test('the right one logs in', async () => {
    const login = await hub.call(
      'POST',
      '//auth/worker',
      { worker_id: worker.id, worker_secret: worker.secret },
      {},
    );
    expect(login.json).toMatchObject({ user: { email: 'me@local' } });
    expect(
      (
        await hub.call('GET', '/space', undefined, {
          authorization: `Bearer ${pickText(login.json, 'access_token')}`,
        })
      ).status,
    ).toBe(200);
    const me = await hub.call('GET', `/bridge_worker/${worker.id}/me`, undefined, {
      authorization: `Bearer ${worker.secret}`,
    });
    expect(me.json).toMatchObject({ Slug: 'w' });
  });

  test.for<readonly [string, object, number]>([
    ['no unit', { Action: 'Apply', Status: 'Progressing' }, 400],
    [
      'another unit',
      {
        Action: 'Apply',
        Status: 'Progressing',
        UnitID: '99999999-9999-4999-8999-999999999999',
        QueuedOperationID: '99999999-9999-4999-8999-999999999999',
      },
      404,
    ],
  ])('a result for %s is refused', async ([, body, status]) => {
    const headers = { authorization: `Bearer ${worker.secret}` };
    expect((await hub.call('POST', `/bridge_worker/${worker.id}/action_result`, body, headers)).status).toBe(
      status,
    );
  });

  test("a result for another worker's operation is refused", async () => {
    const stream = await connectWorker(hub, worker);
    await hub.call('POST', `${path}/apply`);
    worker = await makeWorker(hub, space, 'v');
    expect((await report(hub, worker, stream.work()[0], { Status: 'Completed' })).status).toBe(403);
  });
});

test.for(RESULT_REFUSALS)(
  'a result with %j is refused and nothing of it stored',
  async ([change, message]) => {
    const stream = await connectWorker(hub, worker);
    await hub.call('POST', `${path}/apply`);
    await settle();
    const work = stream.work()[0];
    const events = (await hub.call('GET', `${path}/unit_event`)).json;
    const reply = await report(hub, worker, work, { Status: 'Progressing', ...change });
    const operation = pickText(work, 'Payload.QueuedOperationID');
    expect(reply).toMatchObject({
      status: 400,
      json: { Message: message.replace('{operation}', operation) },
    });
    expect((await hub.call('GET', `${path}/unit_event`)).json).toEqual(events);
  },
);

test('a worker that speaks HTTP/2 without TLS gets its events at once', async () => {
  const server = await serveHttp2(hub.handler);
  const session = connect(server.url);
  const stream = session.request({
    ':method': 'POST',
    ':path': `/api/bridge_worker/${worker.id}/stream`,
    authorization: `Bearer ${worker.secret}`,
  });
  let text = '';
  const first = new Promise<void>((resolve) => {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('Apply')) resolve();
    });
  });
  stream.end('{}');
  await new Promise<void>((resolve) => {
    stream.once('response', (headers) => {
      expect([headers[':status'], headers['content-type']]).toEqual([200, 'text/event-stream']);
      resolve();
    });
  });
  await hub.call('POST', `${path}/apply`);
  await first;
  expect(text).toMatch(/^data: \{"Event":"WorkerEvent".*\n\ndata: \{"Event":"BridgeWorkerEvent".*\n\n$/);
  session.close();
  await server.close();
  await expect(fetch(server.url)).rejects.toThrow();
});

test('over HTTP/1.1 a worker that goes away is noticed, and the hub can end its stream', async () => {
  const condition = async (): Promise<unknown> =>
    pick((await hub.call('GET', '/bridge_worker')).json, '0.BridgeWorker.Condition');
  const server = await serve(hub.handler, { bodyLimit: 1000 });
  const abort = new AbortController();
  const open = (signal?: AbortSignal): Promise<Response> =>
    fetch(`${server.url}/api/bridge_worker/${worker.id}/stream`, {
      method: 'POST',
      body: '{}',
      headers: { authorization: `Bearer ${worker.secret}` },
      ...(signal === undefined ? {} : { signal }),
    });
  await open(abort.signal);
  await expect.poll(condition).toBe('Ready');
  abort.abort();
  await expect.poll(condition).toBe('Disconnected');
  const second = await open();
  await expect.poll(condition).toBe('Ready');
  hub.close();
  expect(await second.text()).toMatch(/^data: .*Heartbeat.*\n\n$/);
  await server.close();
  hub = openTestHub();
});

test('a body over the limit is refused on the wire', async () => {
  const server = await serve(hub.handler, { bodyLimit: 1000 });
  const response = await fetch(`${server.url}/api/space`, {
    method: 'POST',
    body: JSON.stringify({ Slug: 'x', Annotations: { big: 'x'.repeat(2000) } }),
    headers: { authorization: 'Bearer x' },
  });
  expect([response.status, await response.json()]).toEqual([
    413,
    { Code: '413', Message: 'the request body is larger than 1000 bytes' },
  ]);
  await server.close();
});
