/** Import: what the worker is sent for it, what its answer does to the unit, and what is refused before anything is queued. */
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
  pickText,
  report,
} from '../support/hub.ts';
import type { StreamEnd, TestHub } from '../support/hub.ts';

let hub: TestHub;
let space: string;
let worker: { id: string; secret: string };
let target: string;
let stream: StreamEnd;

beforeEach(async () => {
  hub = openTestHub();
  space = await makeSpace(hub, 'demo');
  worker = await makeWorker(hub, space, 'w');
  target = await makeTarget(hub, space, 't', worker.id);
  stream = await connectWorker(hub, worker);
});

afterEach(() => hub.close());

async function ask(unit: string, body?: unknown): Promise<unknown> {
  const reply = await hub.call('POST', `/space/${space}/unit/${unit}/import`, body);
  expect(reply).toMatchObject({ status: 200, json: { Action: 'Import', Status: 'Pending' } });
  return stream.work().at(-1);
}

function decode(work: unknown, field: string): string {
  return Buffer.from(pickText(work, `Payload.${field}`), 'base64').toString();
}

const OBJECTS = [{ ResourceType: 'v1/ConfigMap', ResourceName: 'shop/settings' }];

test('a where expression goes to the worker as filters and options', async () => {
  const unit = await makeUnit(hub, space, 'u', 'a: 1\n', { TargetID: target });
  const work = await ask(unit, {
    Where: "metadata.namespace IN ('a', 'b') AND kind != 'Pod' AND import.include_system = true",
  });
  expect(decode(work, 'Data')).toBe('');
  expect(JSON.parse(decode(work, 'ExtraParams'))).toEqual({
    Filters: [
      { Type: 'metadata.namespace', Operator: 'include', Values: ['a', 'b'] },
      { Type: 'kind', Operator: 'exclude', Values: ['Pod'] },
    ],
    Options: { include_system: true },
  });
});

test("named objects go to the worker in place of the unit's data", async () => {
  const unit = await makeUnit(hub, space, 'u', 'a: 1\n', { TargetID: target });
  const work = await ask(unit, { ResourceInfoList: OBJECTS });
  expect([JSON.parse(decode(work, 'Data')), decode(work, 'ExtraParams')]).toEqual([OBJECTS, '']);
});

test('what was found becomes a revision of an empty unit, and is live', async () => {
  const created = await hub.call('POST', `/space/${space}/unit`, { Slug: 'u', TargetID: target });
  const unit = pickText(created.json, 'UnitID');
  const work = await ask(unit, null);
  const found = { Data: base64('a: 9\n'), LiveState: base64('live: 9\n') };
  await report(hub, worker, work, { Status: 'Completed', Result: 'ImportCompleted', ...found });
  const after = await hub.call('GET', `/space/${space}/unit/${unit}?include=HeadRevisionNum,UnitEventID`);
  const head = pick(created.json, 'HeadRevisionNum') as number;
  expect(after.json).toMatchObject({
    Unit: { ...found, HeadRevisionNum: head + 1, LiveRevisionNum: head + 1 },
    HeadRevision: { Source: 'Import', Description: 'imported from the cluster', UserAgent: 'worker w' },
    LatestUnitEvent: { Action: 'Import', Status: 'Completed' },
    UnitStatus: { Status: 'Ready' },
  });
});

test('an import that found nothing or the same makes no revision', async () => {
  const unit = await makeUnit(hub, space, 'u', 'a: 1\n', { TargetID: target });
  for (const [data, live] of [
    ['', 0],
    ['a: 1\n', 1],
  ] as const) {
    const result = { Status: 'Completed', Result: 'ImportCompleted', Data: base64(data) };
    await report(hub, worker, await ask(unit), result);
    const { json } = await hub.call('GET', `/space/${space}/unit/${unit}`);
    expect(json).toMatchObject({
      Unit: { HeadRevisionNum: 1, LiveRevisionNum: live, Data: base64('a: 1\n') },
    });
  }
});

test.for<readonly [string, string]>([
  ['a: [1', 'invalid YAML: '],
  ['just a text', ''],
])('data that is none (%j) fails the import, and the next operation goes out', async ([data, why]) => {
  const unit = await makeUnit(hub, space, 'u', 'a: 1\n', { TargetID: target });
  const work = await ask(unit);
  await hub.call('POST', `/space/${space}/unit/${unit}/refresh`);
  const result = { Status: 'Completed', Result: 'ImportCompleted', Data: base64(data) };
  expect((await report(hub, worker, work, result)).status).toBe(200);
  const events = (await hub.call('GET', `/space/${space}/unit/${unit}/unit_event`)).json;
  expect(events).toMatchObject([
    { Action: 'Import', Status: 'Failed', Result: 'ImportFailed', Message: expect.stringContaining(why) },
    { Action: 'Refresh', Status: 'Submitted' },
  ]);
  const { json } = await hub.call('GET', `/space/${space}/unit/${unit}`);
  expect(json).toMatchObject({ Unit: { HeadRevisionNum: 1, LiveState: '', Data: base64('a: 1\n') } });
});

test('a trigger that changes what was imported does not change what is live', async () => {
  const unit = await makeUnit(hub, space, 'u', 'a: 1\n', { TargetID: target });
  await hub.call('POST', `/space/${space}/trigger`, {
    Slug: 'mark',
    Event: 'Mutation',
    ToolchainType: 'Kubernetes/YAML',
    FunctionName: 'set-label',
    Arguments: [{ Value: 'by' }, { Value: 'trigger' }],
  });
  const data = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n';
  const result = { Status: 'Completed', Result: 'ImportCompleted', Data: base64(data) };
  await report(hub, worker, await ask(unit), result);
  const { json } = await hub.call('GET', `/space/${space}/unit/${unit}`);
  expect(json).toMatchObject({ Unit: { HeadRevisionNum: 3, LiveRevisionNum: 2 } });
});

test.for<readonly [unknown, string]>([
  [{ Nope: 1 }, 'an import has no field Nope'],
  [{ Where: 5 }, 'Where must be a string'],
  [{ Where: 'x', ResourceInfoList: OBJECTS }, 'an import takes ResourceInfoList or Where, not both'],
  [
    { Where: 'spec.replicas > 1' },
    "failed to parse where filter: operator '>' is not supported for import queries. " +
      'Supported operators: [= != IN NOT IN]',
  ],
  [{ Where: "kind = 'x" }, "failed to parse where filter: no operand found at `'x`"],
  [
    { Where: 'import.include_system != true' },
    "failed to handle import option 'import.include_system': import options only support '=' operator, got '!='",
  ],
  [{ ResourceInfoList: {} }, 'ResourceInfoList must be a list'],
  [{ ResourceInfoList: [5] }, 'the body must be a JSON object'],
  [{ ResourceInfoList: [{ ResourceType: 'v1/Pod' }] }, 'ResourceInfoList: ResourceName must be a string'],
  [
    { Filters: [{ Type: 'kind', Operator: 'like', Values: [] }] },
    'Filters: Operator must be include or exclude',
  ],
  [
    { Filters: [{ Type: 'kind', Operator: 'include', Values: 'x' }] },
    'Filters: Values must be a list of strings',
  ],
  [{ Options: { include_system: {} } }, 'Options: include_system must be true, false or a string'],
])('%j is refused', async ([body, message]) => {
  const unit = await makeUnit(hub, space, 'u', 'a: 1\n', { TargetID: target });
  const version = hub.store.version();
  const reply = await hub.call('POST', `/space/${space}/unit/${unit}/import`, body);
  expect(reply).toMatchObject({ status: 400, json: { Message: message } });
  expect(hub.store.version()).toBe(version);
});

test('a unit without a target cannot import', async () => {
  const unit = await makeUnit(hub, space, 'u');
  const reply = await hub.call('POST', `/space/${space}/unit/${unit}/import`, {});
  expect(reply).toMatchObject({ status: 400, json: { Message: 'unit u has no target' } });
});
