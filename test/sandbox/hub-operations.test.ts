import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  base64,
  connectWorker,
  makeSpace,
  makeTarget,
  makeUnit,
  makeWorker,
  openTestHub,
  pick,
  report,
} from '../support/hub.ts';
import type { StreamEnd, TestHub } from '../support/hub.ts';

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

async function complete(work: unknown, result: string, extra: object = {}): Promise<void> {
  const reply = await report(hub, worker, work, {
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
  await report(hub, worker, work, { Status: 'Progressing', Message: 'Applying resources...' });
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
  await report(hub, worker, stream.work()[1], {
    Status: 'Failed',
    Result: 'ApplyFailed',
    Message: 'refused',
  });
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
  const late = await report(hub, worker, older.work()[0], { Status: 'Failed', Result: 'ApplyFailed' });
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

test('drift comes into a head that was not applied yet: its changes and comments stay, and it is not live', async () => {
  const map = (a: number, b: number): string =>
    `# settings\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  a: "${a}" # first\n  b: "${b}"\n`;
  await hub.call('PATCH', path, { Data: base64(map(1, 1)) });
  const stream = await connectWorker(hub, worker);
  await hub.call('POST', `${path}/apply`);
  await complete(stream.work()[0], 'ApplyCompleted');
  await hub.call('PATCH', path, { Data: base64(map(1, 2)) });
  await hub.call('POST', `${path}/refresh`);
  const found = 'apiVersion: v1\ndata: {a: "9", b: "1"}\nkind: ConfigMap\nmetadata: {name: c}\n';
  await complete(stream.work()[1], 'RefreshAndDrifted', { Data: base64(found) });
  expect(await show()).toMatchObject({
    Unit: { Data: base64(map(9, 2)), HeadRevisionNum: 4, LiveRevisionNum: 2 },
  });
});

test('the live state can be read alone, and a status, a member and a unit by the older routes', async () => {
  const stream = await connectWorker(hub, worker);
  await hub.call('POST', `${path}/apply`);
  await complete(stream.work()[0], 'ApplyCompleted', { LiveState: base64('live: 1\n') });
  expect((await hub.call('GET', `${path}/live-state`)).json).toBe('live: 1\n');
  expect((await hub.call('GET', `${path}/extended`)).json).toMatchObject({ Unit: { Slug: 'rd' } });
  const statuses = `/space/${space}/bridge_worker/${worker.id}/status`;
  const [status] = (await hub.call('GET', statuses)).json as object[];
  const one = await hub.call('GET', `${statuses}/${String(pick(status, 'BridgeWorkerStatusID'))}`);
  expect(one.json).toEqual(status);
  const organization = `/organization/${String(pick((await hub.call('GET', '/organization')).json, '0.OrganizationID'))}`;
  const [member] = (await hub.call('GET', `${organization}/organization_member`)).json as object[];
  const same = await hub.call('GET', `${organization}/organization_member/${String(pick(member, 'UserID'))}`);
  expect(same.json).toEqual(member);
});

test.for([
  ["Labels.team = 'x'", []],
  ["Slug = 'local' AND Labels.team IS NULL", ['local']],
  ["BillingAccountID = '5bb94949-c79e-461b-ab0b-f6a28fb81a11'", []],
  ["ExternalID = 'org_local' AND BillingAccountID IS NULL", ['local']],
] as const)('the organization can be asked for %s', async ([where, slugs]) => {
  const { status, json } = await hub.call('GET', `/organization?where=${encodeURIComponent(where)}`);
  expect([status, (json as object[]).map((one) => pick(one, 'Slug'))]).toEqual([200, slugs]);
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

test('an operation whose target goes away is canceled', async () => {
  await hub.call('POST', `${path}/apply`);
  await hub.call('PATCH', path, { TargetID: null });
  expect((await hub.call('DELETE', `/space/${space}/bridge_worker/${worker.id}`)).status).toBe(200);
  expect(await show()).toMatchObject({
    LatestUnitEvent: { Status: 'Canceled', Message: 'The target was deleted' },
  });
});

test('an apply gate stops an apply and nothing else', async () => {
  const units = hub.store.table<object>('unit');
  units.put(unit, { ...units.get(unit)?.value, ApplyGates: { 't/no-placeholders': true, 't/open': false } });
  const apply = await hub.call('POST', `${path}/apply`);
  expect(apply).toMatchObject({
    status: 400,
    json: { Message: 'unit rd cannot be applied: apply gates t/no-placeholders' },
  });
  expect((await hub.call('POST', `${path}/refresh`)).status).toBe(200);
});
