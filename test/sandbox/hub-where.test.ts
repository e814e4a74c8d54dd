import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSpace, makeTarget, makeUnit, makeWorker, openTestHub, pickText } from '../support/hub.ts';
import { searchFor } from '../../runner/sandbox/hub/where/search.ts';
import type { TestHub } from '../support/hub.ts';

let hub: TestHub;
/** The path of `api`. */
let history: string;

/** Three units: `api` (base), `api-eu` (its clone, one revision behind), `web` (a target, no labels). */
beforeAll(async () => {
  hub = openTestHub();
  const base = await makeSpace(hub, 'base', { Labels: { tier: 'gold' } });
  const eu = await makeSpace(hub, 'eu');
  const api = await makeUnit(hub, base, 'api', 'a: 1\n', {
    Labels: { region: 'us', 'app.kubernetes.io/name': 'api' },
  });
  await hub.call('POST', `/space/${eu}/unit?upstream_space_id=${base}&upstream_unit_id=${api}`, {
    Slug: 'api-eu',
    Labels: { region: 'eu' },
  });
  hub.clock.advance(86_400_000);
  await hub.call('PATCH', `/space/${base}/unit/${api}`, {
    Data: 'YTogMgo=',
    LastChangeDescription: "it's 100%",
  });
  const worker = await makeWorker(hub, base, 'w');
  const web = await makeUnit(hub, base, 'web', 'b: 1\n', {
    TargetID: await makeTarget(hub, base, 'prod', worker.id),
  });
  await hub.call('POST', `/space/${base}/unit/${web}/refresh`);
  await hub.call('POST', `/space/${base}/unit/${web}/apply`);
  history = `/space/${base}/unit/${api}`;
  await hub.call('POST', `/space/${base}/unit/${api}/approve`);
});

afterAll(() => hub.close());

async function select(where: string): Promise<string> {
  const reply = await hub.call('GET', `/unit?where=${encodeURIComponent(where)}`);
  if (reply.status !== 200) return `${reply.status} ${pickText(reply.json, 'Message')}`;
  return (reply.json as { Unit: { Slug: string } }[]).map(({ Unit }) => Unit.Slug).join(' ');
}

test.for<readonly [string, string, number]>([
  ['mutation', "Revision.Source = 'Patch'", 1],
  ['mutation', "Link.Slug = 'x'", 0],
  ['mutation', 'Trigger.Slug IS NULL', 2],
  ['mutation', "Invocation.FunctionName = 'x'", 0],
  ['revision', "User.Username = 'me@local'", 2],
  ['revision', "User.Username ~ '^you'", 0],
])('in a history, %s by %s', async ([what, where, count]) => {
  const reply = await hub.call('GET', `${history}/${what}?where=${encodeURIComponent(where)}`);
  expect(reply).toMatchObject({ status: 200, json: { length: count } });
});

describe('selects', () => {
  test.for<readonly [string, string]>([
    ['', 'api api-eu web'],
    ["Slug = 'api'", 'api'],
    ["HeadRevision.Source = 'Patch'", 'api'],
    ["HeadRevision.Source ~ '^C'", 'api-eu web'],
    ['HeadRevision.RevisionNum > 1', 'api'],
    ['LiveRevision.RevisionNum > 0', ''],
    ['HeadMutation.MutationNum = 1', 'api-eu web'],
    ["LatestUnitEvent.Action = 'Apply'", 'web'],
    ["LatestUnitEvent.Action ~ '^App' AND LatestUnitEvent.Status = 'Pending'", 'web'],
    ["LastAppliedRevision.Source = 'Create'", 'web'],
    ["UnitID = 'zz'", '400 operand of UnitID must be a UUID, found `zz`'],
    ["TargetID IN ('zz')", '400 operand of TargetID must be a UUID, found `zz`'],
    ["ApprovedBy ? 'zz'", '400 operand of ApprovedBy must be a UUID, found `zz`'],
    ["Slug='api'", 'api'],
    ["\t Slug  !=\t'api' ", 'api-eu web'],
    ["Slug < 'api-eu'", 'api'],
    ["Slug >= 'api-eu'", 'api-eu web'],
    ["Slug LIKE 'api%'", 'api api-eu'],
    ["Slug LIKE 'API%'", ''],
    ["Slug LIKE 'a*'", ''],
    ["Slug ILIKE 'API%'", 'api api-eu'],
    ["Slug ~~ '_eb'", 'web'],
    ["Slug !~~ 'api%'", 'web'],
    ["Slug ~ '^api$'", 'api'],
    ["Slug ~ 'p'", 'api api-eu'],
    ["Slug ~* 'WEB'", 'web'],
    ["Slug !~ 'eu|web'", 'api'],
    ["Slug !~* 'EU|WEB'", 'api'],
    ["Slug IN ('api', 'web')", 'api web'],
    ["Slug NOT IN ('api','web')", 'api-eu'],
    ['HeadRevisionNum > 1', 'api'],
    ['HeadRevisionNum IN (1, 7)', 'api-eu web'],
    ['HeadRevisionNum = 0001', 'api-eu web'],
    ["Labels.region = 'us'", 'api'],
    ["Labels.region != 'us'", 'api-eu'],
    ["Labels.region !~ 'us'", 'api-eu'],
    ["Labels.app.kubernetes.io/name = 'api'", 'api'],
    ['Labels.region IS NULL', 'web'],
    ['TargetID IS NOT NULL', 'web'],
    ["Space.Slug = 'eu'", 'api-eu'],
    ["Space.Labels.tier = 'gold' AND Slug ~ 'b$'", 'web'],
    ["Space.Labels.tier ~ 'go'", 'api web'],
    ["Target.Slug = 'prod'", 'web'],
    ["UpstreamUnit.Slug ~ 'ap'", 'api-eu'],
    ['UpstreamRevisionNum < UpstreamUnit.HeadRevisionNum', 'api-eu'],
    ['Unit.UpstreamRevisionNum < UpstreamUnit.HeadRevisionNum', 'api-eu'],
    ['LiveRevisionNum < HeadRevisionNum', 'api api-eu web'],
    ['LEN(ApprovedBy) > 0', 'api'],
    ['LEN(ApplyGates) > 0', ''],
    ['LEN(Slug) = 6', 'api-eu'],
    ['LEN(Labels) = 2', 'api'],
    ["CreatedAt >= '2026-01-02'", 'web'],
    ["CreatedAt < '2026-01-01T12'", 'api api-eu'],
    ["CreatedAt > '2026'", 'web'],
    ["CreatedAt >= '2026-01-02T01:00:00+01:00'", 'web'],
    ['ApplyGates.t/no-placeholders = true', ''],
    ["LastChangeDescription LIKE '%100%'", 'api'],
  ])('%s', async ([where, expected]) => {
    expect(await select(where)).toBe(expected);
  });

  test('an approver by id', async () => {
    const me = pickText((await hub.call('GET', '/me')).json, 'UserID');
    expect(await select(`ApprovedBy ? '${me.toUpperCase()}'`)).toBe('api');
  });
});

describe('refuses', () => {
  test.for<readonly [string, string]>([
    ['*', 'invalid attribute name at `*`'],
    ["'a' = Slug", "invalid attribute name at `'a' = Slug`"],
    ['Nope = 1', 'unrecognized attribute name `Nope`'],
    ['slug = 1', 'unrecognized attribute name `slug`'],
    ["Data = 'x'", 'unrecognized attribute name `Data`'],
    ['constructor = 1', 'unrecognized attribute name `constructor`'],
    ['toString.x = 1', 'unrecognized attribute name `toString.x`'],
    ["Slug = 'a' OR Slug = 'b'", 'unrecognized attribute name `OR`'],
    ["Slug = 'a' and Slug = 'b'", 'unrecognized attribute name `and`'],
    ["Slug = 'a' Slug = 'b'", "AND expected at `Slug = 'b'`"],
    ["Slug = 'a' AND", 'invalid attribute name at ``'],
    ['Slug', 'invalid operator at ``'],
    ["Slug like 'a'", "invalid operator at `like 'a'`"],
    ['Slug = "a"', 'no operand found at `"a"`'],
    ["Slug = 'a", "no operand found at `'a`"],
    ["Slug = 'a\\'", "no operand found at `'a\\'`"],
    ['HeadRevisionNum = -1', 'no operand found at `-1`'],
    ['HeadRevisionNum = 12345678901', 'no operand found at `12345678901`'],
    ['Slug IN ()', 'no operand found at `)`'],
    ["Slug IN ('a'", 'no operand found at ``'],
    ['Slug = 5', 'operand of Slug must be of type string, found integer'],
    ["HeadRevisionNum = 'a'", 'operand of HeadRevisionNum must be of type integer, found string'],
    ["HeadRevisionNum LIKE 'a'", "invalid operator at `LIKE 'a'`: not for integer attribute HeadRevisionNum"],
    ['LEN(HeadRevisionNum) = 1', 'LEN is not supported for attribute `HeadRevisionNum`'],
    ['LEN(Slug = 1', 'invalid attribute name at `LEN(Slug = 1`'],
    ["CreatedAt > 'yesterday'", 'operand of CreatedAt must be a time, found `yesterday`'],
    ["CreatedAt > '2026-13'", 'operand of CreatedAt must be a time, found `2026-13`'],
    ["Slug ~ '('", 'invalid regular expression `(`: this `(` is not closed'],
    ["(Slug = 'a')", "invalid attribute name at `(Slug = 'a')`"],
    [`Slug = '${'x'.repeat(256)}'`, 'string literal is longer than 255 characters'],
    [`Slug = 'x'${' '.repeat(4100)}`, 'where expression is longer than 4096 characters'],
  ])('%s', async ([where, message]) => {
    expect(await select(where)).toBe(`400 ${message}`);
  });
});

test('no input crashes the hub or reaches SQL as anything but a value', async () => {
  const before = JSON.stringify(await hub.call('GET', '/space'));
  const piece = fc.oneof(
    fc.constantFrom(
      'Slug',
      'Labels.',
      'Labels.a"b',
      'Space.',
      'UpstreamUnit.HeadRevisionNum',
      'LEN(',
      ')',
      'ApprovedBy',
    ),
    fc.constantFrom(
      '=',
      '!=',
      '~',
      '!~~',
      'IN',
      'NOT IN',
      '(',
      ',',
      'LIKE',
      'IS NULL',
      '?',
      'AND',
      ' ',
      '\t',
      ';',
      '--',
    ),
    fc.constantFrom(
      "'",
      "''",
      '"',
      "' OR 1=1 --",
      "'); DROP TABLE unit; --",
      "'a'",
      '1',
      'true',
      '\0',
      '%',
      '[',
      '*',
    ),
    fc.string({ maxLength: 8 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 14 }), async (pieces) => {
      const reply = await hub.call('GET', `/unit?where=${encodeURIComponent(pieces.join(' '))}`);
      expect([200, 400]).toContain(reply.status);
    }),
    { numRuns: 2000 },
  );
  expect(JSON.stringify(await hub.call('GET', '/space')).replace(/req-\d+/, '')).toBe(
    before.replace(/req-\d+/, ''),
  );
});

test('a quoted value stays a value', async () => {
  expect(await select("Labels.region = 'us) OR (1=1'")).toBe('');
  expect(await select("Slug LIKE '[a]pi'")).toBe('');
});

test('patterns agree with JavaScript, and take no exponential time', () => {
  const piece = fc.constantFrom(
    'a',
    'b',
    '.',
    '(a|b)',
    '[ab]',
    '[^a]',
    '(?:ab)*',
    'a{2}',
    'b{1,2}',
    'a+',
    'b?',
    '^',
    '$',
    '|',
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 6 }),
      fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 }),
      (pieces, text) => {
        const source = pieces.join('');
        expect(searchFor(source)(text)).toBe(new RegExp(source, 'u').test(text));
      },
    ),
    { numRuns: 2000 },
  );
  expect(searchFor('(a+)+$')(`${'a'.repeat(5000)}b`)).toBe(false);
  expect(() => searchFor('((a{255}){255}){255}')).toThrow('too large');
});
