import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../runner/sandbox/store/open.ts';
import {
  base64,
  makeSpace,
  makeTarget,
  makeUnit,
  makeWorker,
  openTestHub,
  pick,
  pickText,
} from '../support/hub.ts';
import type { Reply, TestHub } from '../support/hub.ts';

let hub: TestHub;
let space: string;
let unit: string;
let path: string;

beforeEach(async () => {
  hub = openTestHub();
  space = await makeSpace(hub, 'demo', { Labels: { Environment: 'dev' } });
  unit = await makeUnit(hub, space, 'rd', 'a: 1\n', {
    Labels: { region: 'us' },
    LastChangeDescription: 'first',
  });
  path = `/space/${space}/unit/${unit}`;
});

afterEach(() => hub.close());

async function revisions(unitPath: string = path): Promise<string[]> {
  const { json } = await hub.call('GET', `${unitPath}/revision?include=UserID`);
  return (json as object[]).map((item) =>
    [
      pick(item, 'Revision.RevisionNum'),
      pick(item, 'Revision.Source'),
      pick(item, 'Revision.Description'),
      Buffer.from(pickText(item, 'Revision.Data'), 'base64').toString().trim(),
      pick(item, 'User.Username'),
      pick(item, 'Revision.UserAgent'),
    ].join('|'),
  );
}

async function names(target: string): Promise<string[]> {
  const { json } = await hub.call('GET', target);
  return (json as object[]).map((item) => pickText(item, 'Unit.Slug'));
}

function slugs(reply: Reply): unknown[] {
  return (reply.json as object[]).map(
    (item) => pick(item, 'Unit.Slug') ?? pick(item, 'Error.Message') ?? pick(item, 'Message'),
  );
}

test('a new unit starts at revision 1 and is never null where clients crash', async () => {
  const reply = await hub.call(
    'GET',
    `${path}?include=HeadRevisionNum,HeadMutationNum,SpaceID,TargetID,UnitEventID,Nope`,
  );
  expect(reply.json).toMatchObject({
    Unit: {
      Slug: 'rd',
      EntityType: 'Unit',
      ToolchainType: 'Kubernetes/YAML',
      HeadRevisionNum: 1,
      HeadMutationNum: 1,
      LiveRevisionNum: 0,
      Version: 1,
      ApprovedBy: [],
      ContentHash: crc32('a: 1\n') | 0,
      TargetID: null,
    },
    UnitStatus: { Status: 'NoLive' },
    Space: { Slug: 'demo' },
    HeadRevision: { RevisionNum: 1 },
    HeadMutation: {
      MutationNum: 1,
      FunctionInvocation: { Arguments: [] },
      ProvidedResource: { ResourceName: '' },
    },
  });
  expect(pick(reply.json, 'Unit.MutationSources')).toBeInstanceOf(Array);
});

describe('data', () => {
  test.for<readonly [string, string]>([
    ['spec:\n    ports:\n        - a: 1\n', 'spec:\n  ports:\n  - a: 1\n'],
    ['# why\na: 1 # here\n', '# why\na: 1 # here\n'],
    ['---\na: 1\n---\n---\nb: 2\n...\n', 'a: 1\n---\nb: 2\n'],
    ['x: {a: b, c: [1, 2]}\n', 'x: {a: b, c: [1, 2]}\n'],
    [`long: ${'word '.repeat(60)}end\n`, `long: ${'word '.repeat(60)}end\n`],
    ['quoted: "on"\nkeep: |\n  two\n  lines\n', 'quoted: "on"\nkeep: |\n  two\n  lines\n'],
    ['', ''],
    ['# nothing but a comment\n', ''],
  ])('%j is stored as %j', async ([given, stored]) => {
    const id = await makeUnit(hub, space, 'data', given);
    const { json } = await hub.call('GET', `/space/${space}/unit/${id}`);
    expect(Buffer.from(pickText(json, 'Unit.Data'), 'base64').toString()).toBe(stored);
    const again = await hub.call('PATCH', `/space/${space}/unit/${id}`, { Data: base64(stored) });
    expect(pick(again.json, 'HeadRevisionNum')).toBe(1);
  });
});

test('changed data makes a revision with who, when and why; the same data and labels make none', async () => {
  const before = (await hub.call('GET', path)).json;
  await hub.call('POST', `${path}/approve`);
  hub.clock.advance(1000);
  const sent = pick(before, 'Unit') as object;
  const stale = await hub.call('PUT', path, { ...sent, Data: base64('a: 2\n') });
  expect(stale.status).toBe(409);
  const changed = await hub.call('PUT', path, {
    ...sent,
    Version: 2,
    Data: base64('a: 2\n'),
    LastChangeDescription: 'two',
  });
  expect(changed.json).toMatchObject({
    HeadRevisionNum: 2,
    ApprovedBy: [],
    UpdatedAt: '2026-01-01T00:00:01.000Z',
    Version: 3,
  });
  await hub.call('PATCH', path, { Data: base64('a:   2\n'), LastChangeDescription: 'not a change' });
  await hub.call('PATCH', path, { Labels: { tier: 'web', region: null } });
  await hub.call('PATCH', path, null);
  const after = await hub.call('PATCH', path, { Data: base64('a: 3\n') });
  expect(after.json).toMatchObject({
    HeadRevisionNum: 3,
    HeadMutationNum: 3,
    Labels: { tier: 'web' },
    LastChangeDescription: '',
  });
  expect(await revisions()).toEqual([
    '1|Create|first|a: 1|me@local|test',
    '2|Update|two|a: 2|me@local|test',
    '3|Patch||a: 3|me@local|test',
  ]);
});

test('a PUT without Data keeps the data and takes away labels', async () => {
  const reply = await hub.call('PUT', path, { Slug: 'rd' });
  expect(reply.json).toMatchObject({ Data: base64('a: 1\n'), Labels: {}, HeadRevisionNum: 1 });
});

test('restore brings old data back as a new revision', async () => {
  await hub.call('PATCH', path, { Data: base64('a: 2\n') });
  const first = pickText(
    (await hub.call('GET', `${path}/revision?where=RevisionNum = 1`)).json,
    '0.Revision.RevisionID',
  );
  await hub.call('PATCH', `${path}?revision_id=${first}`, null);
  await hub.call('PATCH', `${path}?restore=2`, { LastChangeDescription: 'back again' });
  await hub.call('PATCH', `${path}?restore=-1`, null);
  await hub.call('PATCH', `${path}?restore=HeadRevisionNum`, null);
  expect(await revisions()).toEqual([
    '1|Create|first|a: 1|me@local|test',
    '2|Patch||a: 2|me@local|test',
    '3|Restore||a: 1|me@local|test',
    '4|Restore|back again|a: 2|me@local|test',
    '5|Restore||a: 1|me@local|test',
  ]);
  const { json } = await hub.call('GET', `${path}/mutation?include=RevisionID&where=MutationNum = 4`);
  expect(json).toMatchObject([{ Mutation: { RestoredRevisionNum: 2 }, Revision: { RevisionNum: 4 } }]);
  expect((await hub.call('GET', `${path}/revision/${first}/data`)).json).toBe('a: 1\n');
});

test('a restore of many brings all back or none', async () => {
  const other = await makeUnit(hub, space, 'zz', 'b: 1\n');
  await hub.call('PATCH', path, { Data: base64('a: 2\n') });
  const version = hub.store.version();
  const refused = await hub.call('PATCH', `/unit?where=SpaceID = '${space}'&restore=2`, null);
  expect(refused.status).toBe(207);
  expect(new Set(slugs(refused))).toEqual(
    new Set(['unchanged, since another unit was refused', 'revision 2 of unit zz not found']),
  );
  expect(hub.store.version()).toBe(version);
  await hub.call('PATCH', `/space/${space}/unit/${other}`, { Data: base64('b: 2\n') });
  expect((await hub.call('PATCH', `/unit?where=SpaceID = '${space}'&restore=1`, null)).status).toBe(200);
  expect((await revisions()).at(-1)).toBe('3|Restore||a: 1|me@local|test');
});

describe('a revision is found by', () => {
  test.for<readonly [string, string]>([
    ['1', 'a: 1'],
    ['-1', 'a: 2'],
    ['-2', 'a: 1'],
    ['HeadRevisionNum', 'a: 3'],
    ['Before:HeadRevisionNum', 'a: 2'],
    ['Before:-1', 'a: 1'],
    ['{id}', 'a: 2'],
    ['Revision:{id}', 'a: 2'],
    ['Before:Revision:{id}', 'a: 1'],
  ])('%s', async ([expression, wanted]) => {
    for (const data of ['a: 2\n', 'a: 3\n']) await hub.call('PATCH', path, { Data: base64(data) });
    const { json } = await hub.call('GET', `${path}/revision?where=RevisionNum = 2`);
    const restore = expression.replace('{id}', pickText(json, '0.Revision.RevisionID'));
    const reply = await hub.call('PATCH', `${path}?restore=${restore}`, null);
    expect(pickText(reply.json, 'Data')).toBe(base64(`${wanted}\n`));
  });

  test.for([
    '0',
    '-9',
    '4',
    'Before:1',
    'LiveRevisionNum',
    'Before:LiveRevisionNum',
    '1.5',
    'x',
    'Before:',
    '{id}',
  ])('%s: not at all', async (expression) => {
    const restore = expression.replace('{id}', unit);
    expect((await hub.call('PATCH', `${path}?restore=${restore}`, null)).status).toBe(400);
  });
});

test('a clone remembers its upstream and goes its own way', async () => {
  const prod = await makeSpace(hub, 'prod');
  const reply = await hub.call(
    'POST',
    `/space/${prod}/unit?upstream_space_id=${space}&upstream_unit_id=${unit}`,
    { Slug: 'rd' },
  );
  expect(reply.json).toMatchObject({
    UpstreamUnitID: unit,
    UpstreamSpaceID: space,
    UpstreamRevisionNum: 1,
    HeadRevisionNum: 1,
    Labels: {},
    Data: base64('a: 1\n'),
  });
  await hub.call('PATCH', path, { Data: base64('a: 2\n') });
  expect(
    await hub.call('GET', `/unit?include=UpstreamUnitID&where=UpstreamUnitID = '${unit}'`),
  ).toMatchObject({
    json: [{ Unit: { Data: base64('a: 1\n') }, UpstreamUnit: { HeadRevisionNum: 2 } }],
  });
  const spaces = (await hub.call('GET', `/space?summary=true&where=Slug = 'prod'`)).json;
  expect(spaces).toMatchObject([
    { TotalUnitCount: 1, UpgradableUnitCount: 1, UnappliedUnitCount: 1, TargetCountByToolchainType: {} },
  ]);
});

describe('upgrade', () => {
  const query =
    "where=Unit.UpstreamUnitID = '{unit}' AND Unit.UpstreamRevisionNum < UpstreamUnit.HeadRevisionNum";
  let clone: string;

  beforeEach(async () => {
    const prod = await makeSpace(hub, 'prod');
    const upstream = `upstream_space_id=${space}&upstream_unit_id=${unit}`;
    const reply = await hub.call('POST', `/space/${prod}/unit?${upstream}`, { Slug: 'rd' });
    clone = `/space/${prod}/unit/${pickText(reply.json, 'UnitID')}`;
    await hub.call('PATCH', clone, { Data: base64('a: 1\nmine: 1\n') });
    await hub.call('PATCH', path, { Data: base64('a: 2\n') });
  });

  const upgrade = (more = ''): Promise<Reply> =>
    hub.call(
      'PATCH',
      `/unit?include=UpstreamUnitID&upgrade=true&${query.replace('{unit}', unit)}${more}`,
      null,
    );

  test('brings the upstream change, keeps the own one, and selects nobody the second time', async () => {
    expect(await upgrade()).toMatchObject({
      status: 200,
      json: [{ Unit: { Data: base64('a: 2\nmine: 1\n'), UpstreamRevisionNum: 2, HeadRevisionNum: 3 } }],
    });
    expect((await revisions(clone)).at(-1)).toBe('3|Upgrade||a: 2\nmine: 1|me@local|test');
    const { json } = await hub.call('GET', `${clone}/mutation?where=UpgradedFromUpstreamRevisionNum = 2`);
    expect(json).toMatchObject([{ Mutation: { MutationNum: 3 } }]);
    expect((await upgrade()).json).toEqual([]);
  });

  test('without a difference moves on without a revision', async () => {
    await hub.call('PATCH', clone, { Data: base64('a: 2\n') });
    const reply = await hub.call('PATCH', `${clone}?upgrade=true`, null);
    expect(reply.json).toMatchObject({ UpstreamRevisionNum: 2, HeadRevisionNum: 3 });
  });

  test('a dry run shows it and stores nothing', async () => {
    const version = hub.store.version();
    expect((await upgrade('&dry_run=true')).json).toMatchObject([{ Unit: { HeadRevisionNum: 3 } }]);
    const single = await hub.call('PATCH', `${clone}?upgrade=true&dry_run=true`, null);
    expect(single.json).toMatchObject({ HeadRevisionNum: 3 });
    expect(hub.store.version()).toBe(version);
    expect(await revisions(clone)).toHaveLength(2);
  });

  test('and a restore come with the whole unit in a PUT, whose data is only what the client had read', async () => {
    const put = async (query: string): Promise<Reply> =>
      hub.call('PUT', `${clone}?${query}`, pick((await hub.call('GET', clone)).json, 'Unit'));
    expect(await put('upgrade=true')).toMatchObject({
      status: 200,
      json: { Data: base64('a: 2\nmine: 1\n'), HeadRevisionNum: 3, UpstreamRevisionNum: 2 },
    });
    expect(await put('restore=1')).toMatchObject({ status: 200, json: { Data: base64('a: 1\n') } });
    expect(await put('restore=-1')).toMatchObject({ json: { Data: base64('a: 2\nmine: 1\n') } });
    expect((await revisions(clone)).map((line) => line.split('|')[1]).slice(2)).toEqual([
      'Upgrade',
      'Restore',
      'Restore',
    ]);
    expect((await put('upgrade=true&restore=1')).status).toBe(400);
  });

  test('is refused without an upstream, and together with other data', async () => {
    expect((await hub.call('PATCH', `${path}?upgrade=true`, null)).json).toMatchObject({
      Message: 'unit rd has no upstream unit',
    });
    const both = await hub.call('PATCH', `${clone}?upgrade=true&restore=1`, { Data: '' });
    expect(both.json).toMatchObject({
      Code: '400',
      Message: 'upgrade and restore and Data exclude each other',
    });
    await hub.call('DELETE', path);
    expect((await hub.call('PATCH', `${clone}?upgrade=true`, null)).status).toBe(400);
  });
});

test('mutation sources say which mutation brought each resource', async () => {
  const one = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: x\n';
  const id = await makeUnit(hub, space, 'cm', one);
  const reply = await hub.call('PATCH', `/space/${space}/unit/${id}`, {
    Data: base64(`${one}---\n${one.replace('one', 'two')}`),
  });
  expect(pick(reply.json, 'MutationSources')).toMatchObject([
    {
      Resource: { ResourceType: 'v1/ConfigMap', ResourceName: 'x/one' },
      ResourceMutationInfo: { MutationType: 'Add', Index: 1 },
    },
    {
      Resource: { ResourceNameWithoutScope: 'two' },
      ResourceMutationInfo: { MutationType: 'Add', Index: 2 },
    },
  ]);
});

describe('bulk', () => {
  test('clones into every space and once per prefix; each failure stands for itself', async () => {
    await makeSpace(hub, 'eu', { Labels: { Environment: 'prod' } });
    const us = await makeSpace(hub, 'us', { Labels: { Environment: 'prod' } });
    await makeUnit(hub, us, 'a-rd');
    const query = "where=Slug = 'rd'&where_space=Labels.Environment = 'prod'&name_prefixes=a-,b-";
    const reply = await hub.call('POST', `/unit?${query}`, { Labels: { made: 'bulk' } });
    expect(reply.status).toBe(207);
    expect(slugs(reply)).toEqual(['a-rd', 'b-rd', 'A Unit with the same value already exists', 'b-rd']);
    expect(await names("/unit?where=Labels.made = 'bulk'")).toEqual(['a-rd', 'b-rd', 'b-rd']);
    expect((await hub.call('POST', `/unit?where=Slug = 'rd'&name_prefixes=x-`, {})).status).toBe(200);
  });

  test('sets a target where it can', async () => {
    const other = await makeSpace(hub, 'other');
    await makeUnit(hub, other, 'rd');
    const worker = await makeWorker(hub, space, 'w');
    const target = await makeTarget(hub, space, 't', worker.id);
    const reply = await hub.call('PATCH', "/unit?where=Slug = 'rd'", { TargetID: target });
    expect(reply.status).toBe(207);
    expect(new Set(slugs(reply))).toEqual(new Set(['rd', `target ${target} not found in space ${other}`]));
    expect(pick((await hub.call('GET', `${path}?include=TargetID`)).json, 'Target.Slug')).toBe('t');
    await hub.call('PATCH', path, { TargetID: '00000000-0000-0000-0000-000000000000' });
    expect(pick((await hub.call('GET', path)).json, 'Unit.TargetID')).toBe(null);
  });

  test('approves, and deletes with all that belongs to the units', async () => {
    expect((await hub.call('POST', "/unit/approve?where=Slug = 'rd'")).json).toEqual([
      { Message: 'Unit rd approved' },
    ]);
    expect((await hub.call('POST', "/unit/approve?where=Slug = 'nothing'")).json).toEqual([]);
    expect((await hub.call('DELETE', "/unit?where=Slug = 'rd'")).json).toEqual([
      { Message: 'Unit rd deleted' },
    ]);
    expect((await hub.call('GET', '/unit')).json).toEqual([]);
    for (const table of ['revision', 'mutation']) expect(hub.store.table(table).count()).toBe(0);
    expect((await hub.call('DELETE', `/space/${space}`)).status).toBe(200);
  });
});

test('contains searches texts and labels without case', async () => {
  await makeUnit(hub, space, 'web', 'a: 1\n', { DisplayName: 'The Shop' });
  expect(await names('/unit?contains=SHOP')).toEqual(['web']);
  expect(await names('/unit?contains=US')).toEqual(['rd']);
  expect(await names(`/space/${space}/unit?contains=e`)).toEqual(['rd', 'web']);
});

test('a hub over a stored state goes on where the last one stopped', async () => {
  const again = openTestHub(openStore({ snapshot: hub.store.snapshot() }));
  expect(pick((await again.call('GET', path)).json, 'Unit.Slug')).toBe('rd');
  expect((await again.call('GET', '/me')).json).toEqual((await hub.call('GET', '/me')).json);
  again.close();
});

test('lists of a space show that space alone', async () => {
  const other = await makeSpace(hub, 'other');
  await makeUnit(hub, other, 'elsewhere');
  expect(await names(`/space/${space}/unit`)).toEqual(['rd']);
  expect(await names(`/space/${space}/unit?where=Slug = 'elsewhere'`)).toEqual([]);
  expect(await names('/unit')).toEqual(['elsewhere', 'rd']);
});

test('a write that is refused half-way leaves nothing half done', async () => {
  const worker = await makeWorker(hub, space, 'w');
  for (const slug of ['t1', 't2', 't3']) await makeTarget(hub, space, slug, worker.id);
  const targets = (await hub.call('GET', '/target')).json as object[];
  for (const used of targets) {
    await hub.call('PATCH', path, { TargetID: pick(used, 'Target.TargetID') });
    const version = hub.store.version();
    expect((await hub.call('DELETE', `/space/${space}/bridge_worker/${worker.id}`)).status).toBe(400);
    expect(hub.store.version()).toBe(version);
    expect((await hub.call('GET', '/target')).json).toHaveLength(3);
  }
});
