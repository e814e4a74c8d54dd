import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { base64, makeSpace, makeUnit, openTestHub, pick, pickText } from '../support/hub.ts';
import type { Reply, TestHub } from '../support/hub.ts';
import { NEEDS } from './data/hub-needs.ts';

const NOBODY = '00000000-0000-0000-0000-000000000000';

let hub: TestHub;
let region: string;
let infra: string;

beforeEach(async () => {
  hub = openTestHub();
  region = await makeSpace(hub, 'us');
  infra = await makeSpace(hub, 'infra');
});

afterEach(() => hub.close());

const manifest = (kind: string, name: string, more = ''): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${more}`;
const placed = (name: string): string => manifest('ConfigMap', name, '  namespace: confighubplaceholder\n');

const link = (from: string, to: string, fields: object = {}): Promise<Reply> =>
  hub.call('POST', `/space/${region}/link`, { FromUnitID: from, ToUnitID: to, ToSpaceID: infra, ...fields });

const put = (space: string, unit: string, data: string): Promise<Reply> =>
  hub.call('PATCH', `/space/${space}/unit/${unit}`, { Data: base64(data) });

async function dataOf(unit: string, space = region): Promise<string> {
  const { json } = await hub.call('GET', `/space/${space}/unit/${unit}`);
  return Buffer.from(pickText(json, 'Unit.Data'), 'base64').toString();
}

async function mutations(unit: string): Promise<string[]> {
  const { json } = await hub.call('GET', `/space/${region}/unit/${unit}/mutation?include=RevisionID,LinkID`);
  return (json as object[]).map((item) =>
    ['Link.Slug', 'Mutation.ProvidedResource.ResourceName', 'Mutation.ProvidedPath', 'Revision.Source']
      .map((path) => (pick(item, path) as string | undefined) ?? '')
      .join('|'),
  );
}

describe('a link fills what its provider has', () => {
  test.for(NEEDS)('%s', async ([, needs, provides, result]) => {
    const from = await makeUnit(hub, region, 'from', needs);
    await link(from, await makeUnit(hub, infra, 'to', provides), { Slug: 'l' });
    expect(await dataOf(from)).toBe(result);
  });
});

test('the mutation names link and provider, and nobody as its author', async () => {
  const from = await makeUnit(hub, region, 'from', placed('a'));
  const reply = await link(from, await makeUnit(hub, infra, 'ns', manifest('Namespace', 'ns-us')));
  expect(pickText(reply.json, 'Slug')).toMatch(/^link-/);
  expect(await mutations(from)).toEqual([
    '|||Create',
    `${pickText(reply.json, 'Slug')}|/ns-us|metadata.name|Resolve`,
  ]);
  const { json } = await hub.call('GET', `/space/${region}/unit/${from}/revision`);
  expect(pick(json, '1.Revision.UserID')).toBe(NOBODY);
});

describe('a unit follows', () => {
  let from: string;
  let provider: string;

  beforeEach(async () => {
    from = await makeUnit(hub, region, 'from', placed('a'));
    provider = await makeUnit(hub, infra, 'ns', manifest('Namespace', 'one'));
    await link(from, provider, { Slug: 'l' });
  });

  test('its provider, but not over a value that somebody set', async () => {
    await put(infra, provider, manifest('Namespace', 'two'));
    expect(await dataOf(from)).toContain('namespace: two\n');
    await put(region, from, manifest('ConfigMap', 'a', '  namespace: mine\n'));
    await put(infra, provider, manifest('Namespace', 'three'));
    expect(await dataOf(from)).toContain('namespace: mine\n');
  });

  test('new placeholders of its own', async () => {
    await put(region, from, `${placed('a')}---\n${placed('b')}`);
    expect(await dataOf(from)).not.toContain('placeholder');
    await hub.call('PATCH', `/space/${region}/unit/${from}?restore=1`, null);
    expect(await dataOf(from)).toContain('namespace: one\n');
  });

  test('also beside a document that is no resource', async () => {
    const { status } = await put(
      region,
      from,
      `${placed('a').replace('confighubplaceholder', 'one')}---\nx: 1\n`,
    );
    expect(status).toBe(200);
    await put(infra, provider, manifest('Namespace', 'two'));
    expect(await dataOf(from)).toContain('namespace: two\n');
  });

  test('no longer after the link is gone; the value stays', async () => {
    const [first] = (await hub.call('GET', `/space/${region}/link`)).json as object[];
    await hub.call('DELETE', `/space/${region}/link/${pickText(first, 'Link.LinkID')}`);
    await put(infra, provider, manifest('Namespace', 'two'));
    expect(await dataOf(from)).toContain('namespace: one\n');
  });

  test('a provider that is itself still open only when it is not', async () => {
    const open = await makeUnit(hub, infra, 'open', manifest('Namespace', 'confighubplaceholder'));
    const other = await makeUnit(hub, region, 'other', placed('b'));
    await link(other, open, { Slug: 'm' });
    expect(await dataOf(other)).toContain('placeholder');
    await put(infra, open, manifest('Namespace', 'late'));
    expect(await dataOf(other)).toContain('namespace: late\n');
  });
});

test('units that link in a circle come to rest', async () => {
  const a = await makeUnit(hub, region, 'a', `${placed('a')}---\n${manifest('Namespace', 'ns-a')}`);
  const b = await makeUnit(hub, region, 'b', `${manifest('Namespace', 'ns-b')}---\n${placed('b')}`);
  await link(a, b, { Slug: 'ab', ToSpaceID: region });
  await link(b, a, { Slug: 'ba', ToSpaceID: region });
  expect(await dataOf(a)).toContain('namespace: ns-b\n');
  expect(await dataOf(b)).toContain('namespace: ns-a\n');
});

test('resolving again changes nothing, whatever the data and the links', async () => {
  const name = fc.constantFrom('one', 'two', 'confighubplaceholder');
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 4 }), async (names) => {
      runs += 1;
      const providers = await Promise.all(
        names.map((each, index) => makeUnit(hub, infra, `p${runs}-${index}`, manifest('Namespace', each))),
      );
      const from = await makeUnit(hub, region, `u${runs}`, `${placed('a')}---\n${placed('b')}`);
      for (const provider of providers) await link(from, provider);
      const settled = await dataOf(from);
      const open = names.every((each) => each === 'confighubplaceholder');
      expect(settled.includes('confighubplaceholder')).toBe(open);
      const before = (await mutations(from)).length;
      for (const [index, provider] of providers.entries()) {
        const text = manifest('Namespace', names[index] ?? '');
        await put(infra, provider, `# touched\n${text}`);
      }
      await hub.call('PATCH', `/space/${region}/unit/${from}`, { Labels: { touched: 'yes' } });
      expect(await dataOf(from)).toBe(settled);
      expect(await mutations(from)).toHaveLength(before);
    }),
    { numRuns: 15 },
  );
});

test('bulk links: from every selected unit to every selected unit', async () => {
  const from = await makeUnit(hub, region, 'one', placed('a'));
  await makeUnit(hub, region, 'two', placed('a'));
  await makeUnit(hub, infra, 'ns', manifest('Namespace', 'ns-us'));
  const query = new URLSearchParams({
    where_space: "Slug = 'us'",
    where_to_space: "Slug = 'infra'",
    where_from: "Slug LIKE '%'",
    where_to: "Slug = 'ns'",
  });
  const made = await hub.call('POST', `/link?${query.toString()}`, { Labels: { tier: 'x' } });
  expect(made.status).toBe(200);
  expect(await dataOf(from)).toContain('namespace: ns-us');
  const where = encodeURIComponent("FromUnit.Slug = 'one' AND Labels.tier = 'x'");
  const { json } = await hub.call('GET', `/link?include=FromUnitID,ToUnitID,ToSpaceID&where=${where}`);
  expect(json).toMatchObject([
    { FromUnit: { Slug: 'one' }, ToUnit: { Slug: 'ns' }, ToSpace: { Slug: 'infra' } },
  ]);
  const again = await hub.call('POST', `/link?${query.toString()}`, {});
  expect([again.status, (again.json as object[]).every((item) => 'Error' in item)]).toEqual([207, true]);
});

test('a unit takes its links along, at both ends', async () => {
  const from = await makeUnit(hub, region, 'from', placed('a'));
  const to = await makeUnit(hub, infra, 'ns', manifest('Namespace', 'ns-us'));
  await link(from, to);
  await hub.call('DELETE', `/space/${infra}/unit/${to}`);
  expect((await hub.call('GET', `/space/${region}/link`)).json).toEqual([]);
  expect(await dataOf(from)).toContain('namespace: ns-us');
});
