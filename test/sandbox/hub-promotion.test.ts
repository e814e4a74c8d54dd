import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { base64, makeSpace, makeUnit, openTestHub, pick, pickText } from '../support/hub.ts';
import type { Reply, TestHub } from '../support/hub.ts';

const TRADE = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: trade-service
  namespace: confighubplaceholder # filled in by a link
spec:
  replicas: 1
  template:
    spec:
      containers:
      - name: trade
        image: trade:1.0
        env:
        # how orders are matched
        - name: TRADING_ALGORITHM
          value: v1
        - name: CIRCUIT_BREAKER
          value: "false"
`;

const REPLICAS = { us: 3, eu: 5, asia: 2 } as const;
type Region = keyof typeof REPLICAS;
const REGIONS: readonly Region[] = ['us', 'eu', 'asia'];

let hub: TestHub;
let baseUnit: string;
let basePath: string;
const paths = new Map<string, string>();
const ids = new Map<string, string>();

beforeEach(async () => {
  hub = openTestHub();
  const base = await makeSpace(hub, 'base');
  baseUnit = await makeUnit(hub, base, 'trade', TRADE);
  basePath = `/space/${base}/unit/${baseUnit}`;
  for (const region of REGIONS) {
    const space = await makeSpace(hub, region);
    const upstream = `upstream_space_id=${base}&upstream_unit_id=${baseUnit}`;
    const reply = await hub.call('POST', `/space/${space}/unit?${upstream}`, { Slug: 'trade' });
    ids.set(region, pickText(reply.json, 'UnitID'));
    paths.set(region, `/space/${space}/unit/${pickText(reply.json, 'UnitID')}`);
    await change(pathOf(region), 'confighubplaceholder', `ns-${region}`, 'resolve the namespace');
    await change(pathOf(region), 'replicas: 1', `replicas: ${REPLICAS[region]}`, 'size of the region');
  }
});

afterEach(() => hub.close());

function pathOf(region: Region): string {
  return paths.get(region) ?? '';
}

async function dataOf(path: string): Promise<string> {
  const { json } = await hub.call('GET', path);
  return Buffer.from(pickText(json, 'Unit.Data'), 'base64').toString();
}

async function change(path: string, from: string, to: string, why: string): Promise<Reply> {
  const data = await dataOf(path);
  expect(data).toContain(from);
  return hub.call('PATCH', path, { Data: base64(data.replace(from, to)), LastChangeDescription: why });
}

function expected(region: Region, algorithm: string, breaker: string): string {
  return TRADE.replace('confighubplaceholder', `ns-${region}`)
    .replace('replicas: 1', `replicas: ${REPLICAS[region]}`)
    .replace('value: v1', `value: ${algorithm}`)
    .replace('value: "false"', `value: "${breaker}"`);
}

function pushUpgrade(): Promise<Reply> {
  const where = `Unit.UpstreamUnitID = '${baseUnit}' AND Unit.UpstreamRevisionNum < UpstreamUnit.HeadRevisionNum`;
  return hub.call('PATCH', `/unit?include=UpstreamUnitID&upgrade=true&where=${where}`, null);
}

function promote(target: Region, source: Region, more = ''): Promise<Reply> {
  const range = `merge_source=${ids.get(source) ?? ''}&merge_base=-1&merge_end=HeadRevisionNum`;
  return hub.call('PATCH', `${pathOf(target)}?${range}${more}`, { LastChangeDescription: `from ${source}` });
}

/** The paths on record with the mutation that wrote them and whether that was here. */
async function record(path: string): Promise<unknown> {
  const { json } = await hub.call('GET', path);
  const entries = Object.entries(pick(json, 'Unit.MutationSources.0.PathMutationMap') ?? {});
  return Object.fromEntries(
    entries.map(([name, info]) => [
      name,
      `${String(pick(info, 'Index'))} ${pick(info, 'Predicate') === true ? 'upstream' : 'local'} ${pickText(info, 'Value').trim()}`,
    ]),
  );
}

const ENV = 'spec.template.spec.containers.?name=trade.env.?name=';

test('a change of the base flows down and every region keeps what is its own', async () => {
  await change(basePath, 'value: v1', 'value: v2', 'the better algorithm');
  expect((await pushUpgrade()).json).toHaveLength(3);
  for (const region of REGIONS) expect(await dataOf(pathOf(region))).toBe(expected(region, 'v2', 'false'));
  expect((await pushUpgrade()).json).toEqual([]);
  expect(await record(pathOf('eu'))).toEqual({
    'metadata.namespace': '2 local ns-eu # filled in by a link',
    'spec.replicas': '3 local 5',
    [`${ENV}TRADING_ALGORITHM.value`]: '4 upstream v2',
  });
});

test('on a conflict the region wins, and upstream moves on', async () => {
  await change(pathOf('us'), 'value: v1', 'value: us-only', 'an experiment');
  await change(basePath, 'value: v1', 'value: v2', '');
  await pushUpgrade();
  expect(await dataOf(pathOf('us'))).toBe(expected('us', 'us-only', 'false'));
  const { json } = await hub.call('GET', `${pathOf('us')}?include=HeadRevisionNum`);
  expect(json).toMatchObject({
    Unit: { UpstreamRevisionNum: 2, HeadRevisionNum: 5, LastChangeDescription: '' },
    HeadRevision: {
      Description: `kept local changes: trade-service ${ENV}TRADING_ALGORITHM.value`,
      Conflicts: [{ Path: `${ENV}TRADING_ALGORITHM.value`, Value: 'v2\n' }],
    },
  });
  expect(await record(pathOf('us'))).toMatchObject({ [`${ENV}TRADING_ALGORITHM.value`]: '4 local us-only' });
});

test('a mutation says what of upstream did not come', async () => {
  await change(pathOf('us'), 'value: v1', 'value: us-only', 'an experiment');
  await change(basePath, 'value: v1', 'value: v2', '');
  await change(basePath, 'value: "false"', 'value: "true"', '');
  await pushUpgrade();
  const mutation = async (region: Region, number: number): Promise<unknown> =>
    (await hub.call('GET', `${pathOf(region)}/mutation?where=MutationNum = ${number}`)).json;
  expect(await mutation('us', 5)).toMatchObject([
    {
      Mutation: {
        UpgradedFromUpstreamRevisionNum: 3,
        Conflicts: [
          {
            Resource: { ResourceType: 'apps/v1/Deployment', ResourceNameWithoutScope: 'trade-service' },
            Path: `${ENV}TRADING_ALGORITHM.value`,
            MutationType: 'Update',
            Value: 'v2\n',
          },
        ],
      },
    },
  ]);
  expect(await mutation('eu', 4)).toMatchObject([{ Mutation: { Conflicts: [] } }]);
});

test('merging again what did not come adds nothing', async () => {
  await change(pathOf('asia'), 'value: "false"', 'value: "maybe"', '');
  await change(pathOf('eu'), 'value: "false"', 'value: "true"', 'emergency');
  expect((await promote('asia', 'eu')).json).toMatchObject({ HeadRevisionNum: 5 });
  expect((await promote('asia', 'eu')).json).toMatchObject({ HeadRevisionNum: 5 });
});

test('what a region set before upstream came to it by itself stays when upstream goes on', async () => {
  await change(pathOf('us'), 'value: v1', 'value: v2', 'early');
  await change(basePath, 'value: v1', 'value: v2', '');
  await pushUpgrade();
  await change(basePath, 'value: v2', 'value: v3', '');
  await pushUpgrade();
  expect(await dataOf(pathOf('us'))).toBe(expected('us', 'v2', 'false'));
  expect(await dataOf(pathOf('eu'))).toBe(expected('eu', 'v3', 'false'));
});

describe('lateral promotion', () => {
  beforeEach(async () => {
    await change(pathOf('eu'), 'value: "false"', 'value: "true"', 'emergency');
  });

  test('takes the one change and nothing else', async () => {
    const reply = await promote('asia', 'eu');
    expect(reply.json).toMatchObject({ UpstreamRevisionNum: 1, HeadRevisionNum: 4, HeadMutationNum: 4 });
    expect(await dataOf(pathOf('asia'))).toBe(expected('asia', 'v1', 'true'));
    expect(await dataOf(pathOf('us'))).toBe(expected('us', 'v1', 'false'));
    const { json } = await hub.call('GET', `${pathOf('asia')}/revision?include=UserID&where=RevisionNum = 4`);
    expect(json).toMatchObject([
      { Revision: { Source: 'Merge', Description: 'from eu' }, User: { Username: 'me@local' } },
    ]);
    expect(await promote('asia', 'eu')).toMatchObject({ json: { HeadRevisionNum: 4 } });
  });

  test('counts as local from then on', async () => {
    await promote('asia', 'eu');
    await change(basePath, 'value: "false"', 'value: "maybe"', '');
    await pushUpgrade();
    expect(await dataOf(pathOf('asia'))).toBe(expected('asia', 'v1', 'true'));
    expect(await dataOf(pathOf('us'))).toBe(expected('us', 'v1', 'maybe'));
  });

  test('reaches a region that has not been upgraded as far, but not what that region wrote', async () => {
    await change(basePath, 'value: v1', 'value: v2', '');
    await hub.call('PATCH', `${pathOf('eu')}?upgrade=true`, null);
    await change(pathOf('eu'), 'value: v2', 'value: v2-fixed', '');
    await promote('asia', 'eu');
    expect(await dataOf(pathOf('asia'))).toBe(expected('asia', 'v2-fixed', 'false'));
    await change(pathOf('us'), 'value: v1', 'value: mine', '');
    await promote('us', 'eu');
    expect(await dataOf(pathOf('us'))).toBe(expected('us', 'mine', 'false'));
  });

  test('of an empty range changes nothing', async () => {
    const version = pick((await hub.call('GET', pathOf('asia'))).json, 'Unit.HeadRevisionNum');
    const range = `merge_source=${ids.get('eu') ?? ''}&merge_base=HeadRevisionNum&merge_end=4`;
    const reply = await hub.call('PATCH', `${pathOf('asia')}?${range}`, null);
    expect(reply.json).toMatchObject({ HeadRevisionNum: version });
  });

  test.for<readonly [string, readonly [string, string]]>([
    ['MutationNum > 0', ['v2', 'true']],
    ['MutationNum < 5', ['v1', 'true']],
    ["FunctionName = 'set-env'", ['v2', 'false']],
    ['MutationNum > 5', ['v1', 'false']],
  ])('takes the changes whose mutation fulfils %s', async ([where, [algorithm, breaker]]) => {
    const call = {
      FunctionName: 'set-env',
      Arguments: [{ Value: 'trade' }, { Value: 'TRADING_ALGORITHM=v2' }],
    };
    await hub.call('POST', `/function/invoke?where=UnitID = '${ids.get('eu') ?? ''}'`, {
      FunctionInvocations: [call],
    });
    const range = `merge_source=${ids.get('eu') ?? ''}&merge_base=3&merge_end=HeadRevisionNum`;
    await hub.call('PATCH', `${pathOf('asia')}?${range}&where_mutation=${encodeURIComponent(where)}`, null);
    expect(await dataOf(pathOf('asia'))).toBe(expected('asia', algorithm, breaker));
    const filter = await hub.call('POST', `/space/${await makeSpace(hub, 'filters')}/filter`, {
      Slug: 'f',
      From: 'Mutation',
      Where: where,
    });
    const saved = `filter_mutation=${pickText(filter.json, 'FilterID')}`;
    await hub.call('PATCH', `${pathOf('us')}?${range}&${saved}`, null);
    expect(await dataOf(pathOf('us'))).toBe(expected('us', algorithm, breaker));
  });

  test('can be rehearsed, and done to many at once', async () => {
    const version = hub.store.version();
    const rehearsed = await promote('asia', 'eu', '&dry_run=true');
    expect(pickText(rehearsed.json, 'Data')).toBe(base64(expected('asia', 'v1', 'true')));
    expect(hub.store.version()).toBe(version);
    const range = `merge_source=${ids.get('eu') ?? ''}&merge_base=Before:HeadRevisionNum&merge_end=HeadRevisionNum`;
    const where = `UpstreamUnitID = '${baseUnit}'`;
    expect((await hub.call('PATCH', `/unit?where=${where}&${range}`, null)).status).toBe(200);
    for (const region of REGIONS) expect(await dataOf(pathOf(region))).toBe(expected(region, 'v1', 'true'));
  });
});

test('a range of the own history can be undone while later changes stay', async () => {
  const range = 'merge_source=Self&merge_base=2&merge_end=Before:2';
  await hub.call('PATCH', `${pathOf('us')}?${range}`, { LastChangeDescription: 'no namespace' });
  expect(await dataOf(pathOf('us'))).toBe(
    expected('us', 'v1', 'false').replace('ns-us', 'confighubplaceholder'),
  );
});

test('what is undone is no local change any more', async () => {
  await change(pathOf('us'), 'value: v1', 'value: mine', '');
  await change(pathOf('us'), 'image: trade:1.0', 'image: trade:own', '');
  await hub.call('PATCH', `${pathOf('us')}?merge_source=Self&merge_base=4&merge_end=3`, null);
  await change(basePath, 'value: v1', 'value: v2', '');
  await pushUpgrade();
  expect(await dataOf(pathOf('us'))).toBe(expected('us', 'v2', 'false').replace('trade:1.0', 'trade:own'));
});

test('what a restore brings back is as local as it was', async () => {
  await change(pathOf('us'), 'value: v1', 'value: mine', '');
  await hub.call('PATCH', `${pathOf('us')}?restore=-1`, null);
  expect(await record(pathOf('us'))).toMatchObject({ [`${ENV}TRADING_ALGORITHM.value`]: '5 upstream v1' });
  await change(basePath, 'value: v1', 'value: v2', '');
  await pushUpgrade();
  expect(await dataOf(pathOf('us'))).toBe(expected('us', 'v2', 'false'));
});
