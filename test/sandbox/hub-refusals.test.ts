import { BULK_REFUSALS } from './data/hub-bulk-refusals.ts';
import { REFUSALS } from './data/hub-refusals.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BodyTooLarge } from '../../runner/sandbox/http/http.ts';
import {
  makeSpace,
  makeTarget,
  makeUnit,
  makeWorker,
  openTestHub,
  pick,
  pickText,
  send,
} from '../support/hub.ts';
import type { TestHub } from '../support/hub.ts';

const NOBODY = '99999999-9999-4999-8999-999999999999';

let hub: TestHub;
/** `{space}` and the like in a target or a body stand for these. */
const ids = new Map<string, string>();

beforeAll(async () => {
  hub = openTestHub();
  const space = await makeSpace(hub, 'demo');
  const other = await makeSpace(hub, 'other');
  const worker = await makeWorker(hub, space, 'w');
  const target = await makeTarget(hub, space, 't', worker.id);
  const unit = await makeUnit(hub, space, 'rd', 'a: 1\n', { TargetID: target });
  const bare = await makeUnit(hub, space, 'bare');
  for (const [name, id] of Object.entries({
    space,
    other,
    worker: worker.id,
    target,
    unit,
    bare,
    nobody: NOBODY,
  }))
    ids.set(name, id);
});

afterAll(() => hub.close());

function fill(text: string): string {
  return text.replaceAll(/\{([a-z]+)\}/g, (whole, name: string) => ids.get(name) ?? whole);
}

describe('a refused request says why and changes nothing', () => {
  test.for(REFUSALS)('%s %s %j', async ([method, target, body, status, message]) => {
    const version = hub.store.version();
    const sent = body === undefined ? undefined : (JSON.parse(fill(JSON.stringify(body))) as unknown);
    const reply = await hub.call(method, fill(target), sent);
    expect(reply.json).toEqual({ Code: String(status), Message: fill(message) });
    expect(reply.status).toBe(status);
    expect(reply.headers['x-request-id']).toMatch(/^req-\d+$/);
    expect(hub.store.version()).toBe(version);
  });
});

test.for(BULK_REFUSALS)(
  '%s %s %s %j is refused even if nothing is selected',
  async ([method, path, query, body, message]) => {
    const sent = body === undefined ? undefined : (JSON.parse(fill(JSON.stringify(body))) as unknown);
    for (const where of ["Slug = 'zzz'", "Slug IN ('rd', 't', 'w', 'demo')"]) {
      const version = hub.store.version();
      const target = `${path}?where=${encodeURIComponent(where)}&${query}`;
      const reply = await hub.call(method, fill(target), sent);
      expect(reply).toMatchObject({ json: { Message: expect.stringContaining(fill(message)) } });
      expect([400, 404]).toContain(reply.status);
      expect(hub.store.version()).toBe(version);
    }
  },
);

test('what only the hub sets is ignored in a patch, and so changes no version', async () => {
  const path = fill('/space/{space}/unit/{bare}');
  const before = (await hub.call('GET', path)).json;
  for (const body of [null, {}, { HeadRevisionNum: 77 }, { SpaceID: ids.get('other') }, { UnitID: NOBODY }])
    expect(await hub.call('PATCH', path, body)).toMatchObject({ status: 200, json: pick(before, 'Unit') });
  expect((await hub.call('GET', path)).json).toEqual(before);
});

test('without credentials nothing is shown', async () => {
  expect((await hub.call('GET', '/space', undefined, {})).status).toBe(401);
  expect((await hub.call('GET', '/info', undefined, {})).status).toBe(200);
});

test('a body over the limit is a 413 with the error shape', async () => {
  const request = {
    method: 'POST',
    path: '/api/space',
    query: new URLSearchParams(),
    signal: new AbortController().signal,
  };
  const headers = { authorization: 'Bearer x' };
  const response = await hub.handler({
    ...request,
    headers,
    body: () => Promise.reject(new BodyTooLarge(10)),
  });
  expect(response).toMatchObject({
    status: 413,
    body: '{"Code":"413","Message":"the request body is larger than 10 bytes"}',
  });
});

test.for(['true', '1', 'T', 'True'])(
  'dry_run=%s of a patch shows the change and stores nothing',
  async (flag) => {
    const version = hub.store.version();
    const target = fill(`/space/{space}/unit/{bare}?dry_run=${flag}`);
    expect(await hub.call('PATCH', target, { Labels: { a: '1' } })).toMatchObject({
      status: 200,
      json: { Labels: { a: '1' } },
    });
    expect(hub.store.version()).toBe(version);
  },
);

test("zero values in a request are nobody's values", async () => {
  const zero = '00000000-0000-0000-0000-000000000000';
  const time = '0001-01-01T00:00:00Z';
  const reply = await hub.call('POST', '/space/{space}/unit'.replace('{space}', ids.get('space') ?? ''), {
    Slug: 'zero',
    UnitID: zero,
    OrganizationID: zero,
    SpaceID: zero,
    TargetID: zero,
    CreatedAt: time,
    UpdatedAt: time,
    Version: 0,
    MutationSources: null,
    HeadRevisionNum: 77,
    ApplyGates: { x: true },
  });
  expect(reply).toMatchObject({
    status: 200,
    json: {
      HeadRevisionNum: 1,
      TargetID: null,
      ApplyGates: {},
      MutationSources: [],
      SpaceID: ids.get('space'),
    },
  });
  expect(pickText(reply.json, 'UnitID')).not.toBe(zero);
  expect(pickText(reply.json, 'CreatedAt')).toBe('2026-01-01T00:00:00.000Z');
});

test('every route answers JSON in the error shape whatever it is sent', async () => {
  const bodies = ['', 'null', '[]', '"x"', '7', '{', '{"Slug":{}}', '{"Labels":null,"Slug":null}', '\u0000'];
  const paths = [
    '/space',
    '/unit',
    '/target',
    '/bridge_worker',
    '/space/{space}/unit',
    '/space/{space}/unit/{unit}',
    '/space/{space}/target',
    '/unit/apply',
  ];
  for (const method of ['POST', 'PUT', 'PATCH', 'OPTIONS']) {
    for (const path of paths) {
      for (const body of bodies) {
        const response = await send(hub.handler, method, fill(path), body);
        expect([200, 400, 404, 405]).toContain(response.status);
        expect(() => JSON.parse(response.body as string) as unknown).not.toThrow();
      }
    }
  }
});

test("data nested beyond all measure is the sender's fault", async () => {
  const data = Buffer.from(`a: ${'['.repeat(100_000)}${']'.repeat(100_000)}`).toString('base64');
  const reply = await hub.call('POST', `/space/${ids.get('space') ?? ''}/unit`, { Slug: 'deep', Data: data });
  expect(reply.status).toBe(400);
});
