import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { base64, makeSpace, makeUnit, openTestHub, pick, pickText } from '../support/hub.ts';
import type { Reply, TestHub } from '../support/hub.ts';

let hub: TestHub;
let space: string;
let unit: string;
let path: string;
let changeSet: string;
let other: string;

beforeEach(async () => {
  hub = openTestHub();
  space = await makeSpace(hub, 'us');
  unit = await makeUnit(hub, space, 'web', 'v: 1\n');
  path = `/space/${space}/unit/${unit}`;
  changeSet = await make('change_set', { Slug: 'cs' });
  other = await make('change_set', { Slug: 'other' });
});

afterEach(() => hub.close());

const FIELDS: Readonly<Record<string, string>> = { change_set: 'ChangeSetID', tag: 'TagID' };

async function make(segment: string, body: object): Promise<string> {
  const { json } = await hub.call('POST', `/space/${space}/${segment}`, body);
  return pickText(json, FIELDS[segment] ?? '');
}

const patch = (body: object | null, query = ''): Promise<Reply> => hub.call('PATCH', `${path}${query}`, body);
const data = (text: string, more: object = {}): object => ({ Data: base64(text), ...more });
const enter = (): Promise<Reply> => patch({ ChangeSetID: changeSet }, `?change_set_id=${changeSet}`);

/** `number data tags` of every revision. */
async function history(): Promise<string[]> {
  const tags = (await hub.call('GET', `/space/${space}/tag`)).json as object[];
  const slugs = new Map(tags.map((item) => [pickText(item, 'Tag.TagID'), pickText(item, 'Tag.Slug')]));
  const { json } = await hub.call('GET', `${path}/revision`);
  return (json as object[]).map((item) =>
    [
      pick(item, 'Revision.RevisionNum'),
      Buffer.from(pickText(item, 'Revision.Data'), 'base64').toString().trim(),
      ...Object.keys(pick(item, 'Revision.Tags') as object).map((id) => slugs.get(id)),
    ].join(' '),
  );
}

test('a unit that enters gets a tagged revision, and another one when it leaves', async () => {
  expect((await enter()).json).toMatchObject({ ChangeSetID: changeSet, HeadRevisionNum: 2 });
  await patch(data('v: 2\n'), `?change_set_id=${changeSet}`);
  expect((await patch({ ChangeSetID: null })).json).toMatchObject({ ChangeSetID: null, HeadRevisionNum: 3 });
  expect(await history()).toEqual(['1 v: 1', '2 v: 1 cs-start', '3 v: 2 cs-end']);
  expect(
    (await hub.call('GET', `/space/${space}/change_set/${changeSet}?include=EndTagID,StartTagID`)).json,
  ).toMatchObject({ StartTag: { Slug: 'cs-start' }, EndTag: { Slug: 'cs-end' } });
});

test('entering with new data needs no revision of its own', async () => {
  await patch(data('v: 2\n', { ChangeSetID: changeSet }), `?change_set_id=${changeSet}`);
  expect(await history()).toEqual(['1 v: 1', '2 v: 2 cs-start']);
});

describe('while a unit is in a changeset', () => {
  beforeEach(enter);

  const refusal = (slug: string): string =>
    `unit web is in the open changeset ${slug}: change it as part of that, with --changeset ${slug}`;

  test.for<readonly [string, string, unknown]>([
    ['PATCH', '', { Data: base64('v: 2\n') }],
    ['PATCH', '?change_set_id={other}', { Data: base64('v: 2\n') }],
    ['PUT', '', { Slug: 'web', Data: base64('v: 2\n') }],
  ])('%s%s of its data is refused and leaves no trace', async ([method, query, body]) => {
    const before = await history();
    const reply = await hub.call(method, `${path}${query.replace('{other}', other)}`, body);
    expect([reply.status, pick(reply.json, 'Message')]).toEqual([400, refusal('cs')]);
    expect(await history()).toEqual(before);
  });

  test('a function is refused too, unless it is part of the changeset; other units get it', async () => {
    const body = {
      FunctionInvocations: [{ FunctionName: 'set-annotation', Arguments: [{ Value: 'k' }, { Value: 'v' }] }],
    };
    const resource = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n';
    await patch(data(resource), `?change_set_id=${changeSet}`);
    const target = `/space/${space}/function/invoke`;
    const alone = await hub.call('POST', target, body);
    expect([alone.status, pick(alone.json, 'Message')]).toEqual([400, refusal('cs')]);
    const free = await makeUnit(hub, space, 'free', resource);
    const { status, json } = await hub.call('POST', target, body);
    expect(status).toBe(207);
    expect(json).toMatchObject([
      { UnitID: free, Success: true, Mutators: [0] },
      {
        UnitID: unit,
        Success: false,
        ConfigData: base64(resource),
        Mutators: [],
        RevisionID: '00000000-0000-0000-0000-000000000000',
        Error: { Message: refusal('cs'), Status: 400 },
      },
    ]);
    expect(pick(json, '0')).not.toHaveProperty('Error');
    expect(await history()).toHaveLength(3);
    const part = await hub.call('POST', `${target}?change_set_id=${changeSet}`, body);
    expect([part.status, pick(part.json, '1.Success')]).toEqual([200, true]);
    expect(await history()).toHaveLength(4);
  });

  test('labels may change, a second changeset is refused, and the changeset cannot go', async () => {
    expect((await patch({ Labels: { a: 'b' } })).status).toBe(200);
    expect(pick((await patch({ ChangeSetID: other })).json, 'Message')).toBe(
      'unit web is in the open changeset cs and cannot enter other',
    );
    const gone = await hub.call('DELETE', `/space/${space}/change_set/${changeSet}`);
    expect(pick(gone.json, 'Message')).toBe('changeset cs is used by unit web');
  });

  test('a PUT that says nothing of it leaves it in', async () => {
    expect((await hub.call('PUT', path, { Slug: 'web' })).json).toMatchObject({ ChangeSetID: changeSet });
  });
});

describe('a revision is found by', () => {
  let tag: string;

  beforeEach(async () => {
    tag = await make('tag', { Slug: 'good' });
    await patch(data('v: 2\n'), `?tag=${tag}`);
    await enter();
    await patch(data('v: 3\n'), `?change_set_id=${changeSet}`);
    await patch({ ChangeSetID: null });
    await patch(data('v: 4\n'));
  });

  test.for<readonly [string, string]>([
    ['Before:ChangeSet:{cs}', 'v: 2'],
    ['ChangeSet:{cs}', 'v: 3'],
    ['Tag:{tag}', 'v: 2'],
    ['Before:Tag:{tag}', 'v: 1'],
    ['Before:HeadRevisionNum', 'v: 3'],
    ['-3', 'v: 2'],
    ['1', 'v: 1'],
  ])('%s', async ([reference, expected]) => {
    const restore = reference.replace('{cs}', changeSet).replace('{tag}', tag);
    await patch(null, `?restore=${restore}`);
    expect((await history()).at(-1)).toBe(`6 ${expected}`);
  });

  test.for<readonly [string, string]>([
    ['Tag:{other}', 'revision Tag:{other} of unit web not found'],
    ['ChangeSet:{tag}', 'ChangeSet {tag} not found'],
    ['ChangeSet:{other}', 'revision ChangeSet:{other} of unit web not found'],
    ['Before:1', 'revision Before:1 of unit web not found'],
    ['Tag:good', '"Tag:good" needs a UUID'],
  ])('not by %s', async ([reference, expected]) => {
    const fill = (text: string): string => text.replace('{other}', other).replace('{tag}', tag);
    const { status, json } = await patch(null, `?restore=${fill(reference)}`);
    expect([status, pick(json, 'Message')]).toEqual([400, fill(expected)]);
  });

  test('a tag goes off its revisions with itself, but not while a changeset needs it', async () => {
    await hub.call('DELETE', `/space/${space}/tag/${tag}`);
    expect((await history())[1]).toBe('2 v: 2');
    const tags = (await hub.call('GET', `/space/${space}/tag?where=Slug = 'cs-start'`)).json;
    const kept = await hub.call('DELETE', `/space/${space}/tag/${pickText(tags, '0.Tag.TagID')}`);
    expect(pick(kept.json, 'Message')).toBe('tag cs-start is used by changeset cs');
    await hub.call('DELETE', `/space/${space}/change_set/${changeSet}`);
    expect((await hub.call('GET', `/space/${space}/tag`)).json).toMatchObject([
      { Tag: { Slug: 'other-start' } },
    ]);
  });
});

test('/unit/tag tags the head or another revision of every selected unit', async () => {
  const tag = await make('tag', { Slug: 't' });
  await patch(data('v: 2\n'));
  const send = (body: object): Promise<Reply> =>
    hub.call('POST', `/unit/tag?where=${encodeURIComponent("Slug = 'web'")}`, body);
  expect((await send({ TagID: tag, Revision: '1' })).json).toEqual([
    { Message: 'Unit web revision 1 tagged t' },
  ]);
  await send({ TagID: tag });
  expect(await history()).toEqual(['1 v: 1 t', '2 v: 2 t']);
  expect((await send({ TagID: tag, Revision: '9' })).status).toBe(207);
});
