import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../runner/sandbox/hub/sha256.ts';
import { makeSpace, makeUnit, openTestHub, pick, pickText } from '../support/hub.ts';
import type { Reply, TestHub } from '../support/hub.ts';
import { KIND_REFUSALS } from './data/hub-kinds.ts';

const NOBODY = '99999999-9999-4999-8999-999999999999';

let hub: TestHub;
let space: string;
let unit: string;

beforeEach(async () => {
  hub = openTestHub();
  space = await makeSpace(hub, 'demo');
  unit = await makeUnit(hub, space, 'web', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n', {
    Labels: { tier: 'web' },
  });
});

afterEach(() => hub.close());

const post = (segment: string, body: object): Promise<Reply> =>
  hub.call('POST', `/space/${space}/${segment}`, body);

async function make(segment: string, idName: string, body: object): Promise<string> {
  return pickText((await post(segment, body)).json, idName);
}

describe('a refused request says why and changes nothing', () => {
  test.for(KIND_REFUSALS)('%s %s %j', async ([method, target, body, status, message]) => {
    const filter = await make('filter', 'FilterID', { Slug: 'f', From: 'Unit' });
    const spaces = await make('filter', 'FilterID', { Slug: 'spaces', From: 'Space' });
    await post('view', { Slug: 'v', FilterID: filter });
    const tag = await make('tag', 'TagID', { Slug: 'taken' });
    const ids: Readonly<Record<string, string>> = { space, unit, filter, spaces, tag, nobody: NOBODY };
    const fill = (text: string): string => text.replaceAll(/\{([a-z]+)\}/g, (all, name) => ids[name] ?? all);
    const before = hub.store.version();
    const path = target.startsWith('//') ? target.slice(1) : `/space/${space}/${target}`;
    const sent = body === undefined ? undefined : (JSON.parse(fill(JSON.stringify(body))) as unknown);
    const reply = await hub.call(method, fill(path), sent);
    expect(reply.json).toEqual({ Code: String(status), Message: fill(message) });
    expect(hub.store.version()).toBe(before);
  });
});

const KINDS: readonly (readonly [string, string, object])[] = [
  ['tag', 'Tag', {}],
  ['change_set', 'ChangeSet', { Description: 'both' }],
  ['filter', 'Filter', { From: 'Unit', Where: "Labels.tier = 'web'" }],
  [
    'trigger',
    'Trigger',
    { Event: 'Mutation', ToolchainType: 'Kubernetes/YAML', FunctionName: 'no-placeholders' },
  ],
  ['invocation', 'Invocation', { ToolchainType: 'Kubernetes/YAML', FunctionName: 'no-placeholders' }],
];

describe.for(KINDS)('/%s', ([segment, type, fields]) => {
  const idName = `${type}ID`;

  test('is made, listed, changed and deleted', async () => {
    const made = await post(segment, { Slug: 'one', DisplayName: 'One', Labels: { a: 'b' }, ...fields });
    expect(made.json).toMatchObject({ Slug: 'one', EntityType: type, Version: 1, ...fields });
    const path = `/space/${space}/${segment}/${pickText(made.json, idName)}`;
    expect((await hub.call('GET', `${path}?include=SpaceID,OrganizationID`)).json).toMatchObject({
      [type]: made.json,
      Space: { Slug: 'demo' },
    });
    const where = encodeURIComponent("Slug = 'one' AND Labels.a = 'b' AND Space.Slug = 'demo'");
    for (const list of [`/${segment}`, `/space/${space}/${segment}`])
      expect((await hub.call('GET', `${list}?where=${where}`)).json).toHaveLength(1);
    await hub.call('PATCH', path, { Labels: { a: null, c: 'd' } });
    const put = await hub.call('PUT', path, { ...(made.json as object), Version: 2, Slug: 'two' });
    expect(put.json).toMatchObject({ Slug: 'two', Version: 3, Labels: { a: 'b' }, ...fields });
    expect((await hub.call('DELETE', path)).json).toEqual({ Message: `${type} two deleted` });
    expect((await hub.call('GET', path)).status).toBe(404);
  });

  test('has bulk forms with a result for each', async () => {
    for (const Slug of ['one', 'two', 'p-one']) await post(segment, { Slug, ...fields });
    const where = `where=${encodeURIComponent("Slug IN ('one', 'two')")}`;
    const cloned = await hub.call('POST', `/${segment}?${where}&name_prefixes=p-`, {
      Labels: { from: 'bulk' },
    });
    expect([cloned.status, cloned.json]).toMatchObject([
      207,
      [{ Error: { Status: 400 } }, { [type]: { Slug: 'p-two', Labels: { from: 'bulk' }, ...fields } }],
    ]);
    const other = await makeSpace(hub, 'other');
    const there = `where_space=${encodeURIComponent("Slug = 'other'")}`;
    expect((await hub.call('POST', `/${segment}?${where}&${there}`, {})).status).toBe(200);
    expect((await hub.call('GET', `/space/${other}/${segment}`)).json).toHaveLength(2);
    const patched = await hub.call('PATCH', `/${segment}?${where}`, { DisplayName: 'x' });
    expect(patched.json).toMatchObject(Array.from({ length: 4 }, () => ({ [type]: { DisplayName: 'x' } })));
    expect((await hub.call('DELETE', `/${segment}?${where}`)).json).toHaveLength(4);
    expect((await hub.call('GET', `/${segment}`)).json).toHaveLength(2);
  });
});

test.for<readonly [string, string, string, readonly string[]]>([
  ['Space', '/space', "Slug LIKE 'o%'", ['other']],
  ['BridgeWorker', '/bridge_worker', "Labels.tier = 'a'", ['one']],
  ['Filter', '/filter', "From = 'Filter'", ['f']],
  ['Tag', '/space/{space}/tag', '', ['red', 'blue']],
  ['Revision', '/space/{space}/unit/{unit}/revision', 'RevisionNum > 1', ['2']],
  ['Mutation', '/space/{space}/unit/{unit}/mutation', 'MutationNum = 1', ['1']],
])('a filter narrows lists of %s', async ([From, path, Where, expected]) => {
  await makeSpace(hub, 'other');
  await post('bridge_worker', { Slug: 'one', Labels: { tier: 'a' } });
  await post('bridge_worker', { Slug: 'two', Labels: { tier: 'b' } });
  await post('tag', { Slug: 'red' });
  await post('tag', { Slug: 'blue' });
  await hub.call('PATCH', `/space/${space}/unit/${unit}`, { Data: btoa('a: 2\n') });
  const filter = await make('filter', 'FilterID', { Slug: 'f', From, Where });
  const target = path.replace('{space}', space).replace('{unit}', unit);
  const listed = (await hub.call('GET', `${target}?filter=${filter}`)).json as object[];
  const names = listed.map((item) => {
    const entity = pick(item, From);
    return String(pick(entity, 'Slug') ?? pick(entity, `${From}Num`));
  });
  expect(names.toSorted()).toEqual(expected.toSorted());
});

test('a filter narrows lists and bulk writes; its hash follows what it says', async () => {
  await makeUnit(hub, space, 'db', 'a: 1\n', { Labels: { tier: 'db' } });
  const filters = [
    [{ Where: "Labels.tier = 'web'" }, ['web']],
    [{ ResourceType: 'v1/Pod' }, ['web']],
    [{ ResourceType: 'v1/Pod', WhereData: "metadata.name = 'q'" }, []],
    [{ WhereData: "metadata.name = 'p'" }, ['web']],
    [{ FromSpaceID: await makeSpace(hub, 'empty') }, []],
    [{}, ['db', 'web']],
  ] as const;
  const hashes = new Set<unknown>();
  for (const [index, [fields, expected]] of filters.entries()) {
    const { json } = await post('filter', { Slug: `f${index}`, From: 'Unit', ...fields });
    hashes.add(pick(json, 'Hash'));
    const id = pickText(json, 'FilterID');
    const listed = (await hub.call('GET', `/space/${space}/unit?filter=${id}`)).json as object[];
    expect(listed.map((item) => pick(item, 'Unit.Slug'))).toEqual(expected);
    const patched = await hub.call('PATCH', `/unit?filter=${id}`, { Labels: { seen: String(index) } });
    expect(patched.json).toHaveLength(expected.length);
    const cloned = await hub.call('POST', `/unit?filter=${id}&name_prefixes=c${index}-&dry_run=true`, {});
    expect(cloned.json).toHaveLength(expected.length);
  }
  expect(hashes.size).toBe(filters.length);
});

test('SHA-256 is the real one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
    }),
  );
});

test('a set is of its own space, and lets its units go', async () => {
  const set = await make('set', 'SetID', { Slug: 's' });
  await hub.call('PATCH', `/space/${space}/unit/${unit}`, { SetID: set });
  const get = async (): Promise<unknown> =>
    (await hub.call('GET', `/space/${space}/unit/${unit}?include=SetID`)).json;
  expect(await get()).toMatchObject({ Set: { Slug: 's' } });
  await hub.call('DELETE', `/space/${space}/set/${set}`);
  expect(await get()).toMatchObject({ Unit: { SetID: null } });
});

test('a space is counted with its links and triggers, and goes with all it has when asked to', async () => {
  const filter = await make('filter', 'FilterID', { Slug: 'f', From: 'Unit' });
  const changeSet = await make('change_set', 'ChangeSetID', { Slug: 'c', FilterID: filter });
  await post('view', { Slug: 'v', FilterID: filter });
  await post('trigger', { Slug: 't', ...KINDS[3]?.[2] });
  const to = await makeUnit(hub, space, 'to');
  await post('link', { FromUnitID: unit, ToUnitID: to });
  await hub.call('PATCH', `/space/${space}/unit/${unit}`, { ChangeSetID: changeSet });
  expect((await hub.call('GET', `/space/${space}?summary=true`)).json).toMatchObject({
    UnlinkedUnitCount: 1,
    TriggerCountByEventType: { Mutation: 1 },
  });
  expect((await hub.call('DELETE', `/space/${space}`)).status).toBe(400);
  expect((await hub.call('DELETE', `/space/${space}?recursive=true`)).status).toBe(200);
  for (const segment of ['unit', 'link', 'filter', 'change_set', 'tag', 'trigger', 'view'])
    expect((await hub.call('GET', `/${segment}`)).json).toEqual([]);
});

test('a space that others need is kept whole', async () => {
  const filter = await make('filter', 'FilterID', { Slug: 'f', From: 'Unit' });
  await post('tag', { Slug: 'kept' });
  const other = await makeSpace(hub, 'other');
  await hub.call('POST', `/space/${other}/view`, { Slug: 'v', FilterID: filter });
  const before = hub.store.version();
  const reply = await hub.call('DELETE', `/space/${space}?recursive=true`);
  expect([reply.status, pick(reply.json, 'Message')]).toEqual([400, 'filter f is used by view v']);
  expect(hub.store.version()).toBe(before);
});
