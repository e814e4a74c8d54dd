import { connect } from 'node:http2';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { serveHttp2 } from '../../runner/sandbox/http/serve-http2.ts';
import { openStore } from '../../runner/sandbox/store/open.ts';
import {
  base64,
  connectWorker,
  makeSpace,
  makeTarget,
  makeUnit,
  makeWorker,
  openTestHub,
  pick,
  pickText,
} from '../support/hub.ts';
import type { Reply, StreamEnd, TestHub } from '../support/hub.ts';

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

/** What a worker reports about the work that it was sent. */
function report(work: unknown, result: object, secret: string = worker.secret): Promise<Reply> {
  const of = (name: string): unknown => pick(work, `Payload.${name}`);
  const body = {
    UnitID: of('UnitID'),
    SpaceID: of('SpaceID'),
    QueuedOperationID: of('QueuedOperationID'),
    RevisionNum: of('RevisionNum'),
    Action: pick(work, 'Action'),
    Result: 'None',
    Message: '',
    StartedAt: '2026-01-01T00:00:00.123456789Z',
    ...result,
  };
  return hub.call('POST', `/bridge_worker/${worker.id}/action_result`, body, {
    authorization: `Bearer ${secret}`,
  });
}

async function complete(work: unknown, result: string, extra: object = {}): Promise<void> {
  const reply = await report(work, {
    Status: 'Completed',
    Result: result,
    TerminatedAt: '2026-01-01T00:00:05Z',
    ...extra,
  });
  expect(reply.status).toBe(200);
}

async function show(): Promise<unknown> {
  return (await hub.call('GET', `${path}?include=UnitEventID,LiveRevisionNum`)).json;
}

/** Lets what was queued in a request go out. */
async function settle(): Promise<void> {
  await Promise.resolve();
}

function sent(stream: StreamEnd): string[] {
  return stream
    .work()
    .map(
      (work) =>
        `${String(pick(work, 'Action'))} ${String(pick(work, 'Payload.UnitSlug'))} ${String(pick(work, 'Payload.RevisionNum'))}`,
    );
}

test('an apply goes to the worker, its results move the event, and the revision becomes live', async () => {
  const stream = await connectWorker(hub, worker);
  expect(stream.events).toMatchObject([
    { Event: 'WorkerEvent', Data: { Action: 'Heartbeat', Payload: { Timestamp: 1_767_225_600_000_000 } } },
  ]);
  const queued = await hub.call('POST', `${path}/apply`);
  expect(queued.json).toMatchObject({
    Action: 'Apply',
    UnitID: unit,
    SpaceID: space,
    TargetID: target,
    BridgeWorkerID: worker.id,
    RevisionNum: 1,
    Status: 'Pending',
  });
  const [work] = stream.work();
  expect(work).toMatchObject({
    Action: 'Apply',
    Payload: {
      QueuedOperationID: pick(queued.json, 'QueuedOperationID'),
      ToolchainType: 'Kubernetes/YAML',
      ProviderType: 'Kubernetes',
      UnitSlug: 'rd',
      Data: base64('a: 1\n'),
      LiveState: '',
      TargetParams: base64('{"KubeContext":"x"}'),
      RevisionNum: 1,
    },
  });
  expect(await show()).toMatchObject({
    Unit: { LastAppliedRevisionNum: 1, LiveRevisionNum: 0 },
    LatestUnitEvent: { Status: 'Submitted', TerminatedAt: null },
    UnitStatus: { Status: 'Progressing' },
  });
  await report(work, { Status: 'Progressing', Message: 'Applying resources...' });
  expect(await show()).toMatchObject({
    LatestUnitEvent: {
      Status: 'Progressing',
      Message: 'Applying resources...',
      StartedAt: '2026-01-01T00:00:00.123Z',
    },
  });
  await complete(work, 'ApplyCompleted', { LiveState: base64('live: 1\n') });
  expect(await show()).toMatchObject({
    Unit: {
      LiveRevisionNum: 1,
      PreviousLiveRevisionNum: 0,
      LiveState: base64('live: 1\n'),
      HeadRevisionNum: 1,
    },
    LiveRevision: { LiveAt: '2026-01-01T00:00:00.000Z' },
    LatestUnitEvent: {
      Status: 'Completed',
      Result: 'ApplyCompleted',
      TerminatedAt: '2026-01-01T00:00:05.000Z',
    },
    UnitStatus: { Status: 'Ready' },
  });
  expect((await hub.call('GET', `${path}/unit_event`)).json).toHaveLength(1);
});

test('a failed apply leaves what was live', async () => {
  const stream = await connectWorker(hub, worker);
  await hub.call('POST', `${path}/apply`);
  await complete(stream.work()[0], 'ApplyCompleted');
  await hub.call('PATCH', path, { Data: base64('a: 2\n') });
  await hub.call('POST', `${path}/apply`);
  await report(stream.work()[1], { Status: 'Failed', Result: 'ApplyFailed', Message: 'refused' });
  expect(await show()).toMatchObject({
    Unit: { LastAppliedRevisionNum: 2, LiveRevisionNum: 1 },
    LatestUnitEvent: { Status: 'Failed', Message: 'refused', TerminatedAt: '2026-01-01T00:00:00.000Z' },
    UnitStatus: { Status: 'Failed' },
  });
});

test('the operations of one unit keep their order; other units need not wait', async () => {
  const other = await makeUnit(hub, space, 'other', 'b: 1\n', { TargetID: target });
  const stream = await connectWorker(hub, worker);
  await hub.call('POST', `${path}/apply`);
  await hub.call('PATCH', path, { Data: base64('a: 2\n') });
  await hub.call('POST', `${path}/apply`);
  await hub.call('POST', `/space/${space}/unit/${other}/apply`);
  expect(sent(stream)).toEqual(['Apply rd 1', 'Apply other 1']);
  await complete(stream.work()[0], 'ApplyCompleted');
  expect(sent(stream)).toEqual(['Apply rd 1', 'Apply other 1', 'Apply rd 2']);
});

test('work waits while the worker is away, and what was under way is sent again', async () => {
  await hub.call('POST', `${path}/apply`);
  expect(await show()).toMatchObject({ LatestUnitEvent: { Status: 'Pending' } });
  const first = await connectWorker(hub, worker);
  expect(sent(first)).toEqual(['Apply rd 1']);
  first.hangUp();
  const second = await connectWorker(hub, worker);
  expect(sent(second)).toEqual(['Apply rd 1']);
  await complete(second.work()[0], 'ApplyCompleted');
  second.hangUp();
  expect(sent(await connectWorker(hub, worker))).toEqual([]);
});

test('of two replicas the newer gets the work and the older takes over', async () => {
  const older = await connectWorker(hub, worker);
  const newer = await connectWorker(hub, worker);
  await hub.call('POST', `${path}/apply`);
  expect([sent(older), sent(newer)]).toEqual([[], ['Apply rd 1']]);
  newer.hangUp();
  expect(sent(older)).toEqual(['Apply rd 1']);
  expect((await hub.call('GET', '/bridge_worker')).json).toMatchObject([
    { BridgeWorker: { Condition: 'Ready' } },
  ]);
  await complete(older.work()[0], 'ApplyCompleted');
  const late = await report(older.work()[0], { Status: 'Failed', Result: 'ApplyFailed' });
  expect(late).toMatchObject({ status: 200, json: { Message: 'operation has ended: Completed' } });
  expect(await show()).toMatchObject({ Unit: { LiveRevisionNum: 1 } });
});

test('destroy takes the live revision away and keeps its number', async () => {
  const stream = await connectWorker(hub, worker);
  await hub.call('POST', `${path}/apply`);
  await complete(stream.work()[0], 'ApplyCompleted', { LiveState: base64('live: 1\n') });
  await hub.call('PATCH', path, { Data: base64('a: 2\n') });
  await hub.call('POST', `${path}/destroy`);
  expect(stream.work()[1]).toMatchObject({
    Action: 'Destroy',
    Payload: { RevisionNum: 1, Data: base64('a: 1\n'), LiveState: base64('live: 1\n') },
  });
  await complete(stream.work()[1], 'DestroyCompleted');
  expect(await show()).toMatchObject({
    Unit: { LiveRevisionNum: 0, PreviousLiveRevisionNum: 1, LiveState: '' },
    UnitStatus: { Status: 'NoLive' },
  });
});

test('a refresh that finds drift takes it over as a live revision', async () => {
  const stream = await connectWorker(hub, worker);
  await hub.call('POST', `${path}/apply`);
  await complete(stream.work()[0], 'ApplyCompleted');
  await hub.call('POST', `${path}/refresh`);
  await complete(stream.work()[1], 'RefreshAndNoDrift');
  expect(await show()).toMatchObject({ Unit: { HeadRevisionNum: 1 }, UnitStatus: { Drift: '' } });
  await hub.call('POST', `${path}/refresh`);
  await complete(stream.work()[2], 'RefreshAndDrifted', {
    Data: base64('a: 9\n'),
    LiveState: base64('live: 9\n'),
  });
  expect(await show()).toMatchObject({
    Unit: {
      HeadRevisionNum: 2,
      LiveRevisionNum: 2,
      PreviousLiveRevisionNum: 1,
      Data: base64('a: 9\n'),
      LiveState: base64('live: 9\n'),
    },
    UnitStatus: { Drift: 'Drifted' },
  });
});

test('bulk apply answers per unit and a dry run queues nothing', async () => {
  await makeUnit(hub, space, 'bare');
  const dry = await hub.call('POST', "/unit/apply?dry_run=true&where=Slug != ''");
  expect([dry.status, hub.store.table('queued_operation').count()]).toEqual([207, 0]);
  const real = await hub.call('POST', "/unit/apply?where=Slug != ''");
  expect(real.status).toBe(207);
  expect(real.json).toMatchObject([
    { Error: { Message: 'unit bare has no target', Status: 400 } },
    { Action: { UnitID: unit } },
  ]);
});

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
    ['no unit', {}, 400],
    [
      'another unit',
      {
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
    expect((await report(stream.work()[0], { Status: 'Completed' })).status).toBe(403);
  });

  test('a result with an unknown status is refused', async () => {
    const stream = await connectWorker(hub, worker);
    await hub.call('POST', `${path}/apply`);
    expect((await report(stream.work()[0], { Status: 'Splendid' })).status).toBe(400);
  });
});

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
