/** Every route of the hub against requests that nobody should send: the right status, the error's shape, an unchanged store. */
import { request as rawRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve, type Listening } from '../../runner/sandbox/http/serve.ts';
import { ROUTES } from '../../runner/sandbox/hub/routes.ts';
import { makeSpace, makeTarget, makeUnit, makeWorker, openTestHub, type TestHub } from '../support/hub.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const BODIES: readonly (readonly [string, unknown])[] = [
  ['an unknown field', { __nope: 1 }],
  ['wrong types', { Slug: 5, Labels: 5, Data: 5, Version: 'x', Secret: {}, worker_id: 1 }],
  ['a list', [1]],
  ['a text', '"x"'],
  ['a number', '1'],
  ['half a document', '{"a":'],
  ['depth', '['.repeat(100_000)],
  ['a NUL in a name', '{"Slug":"\\u0000"}'],
  ['a prototype', '{"__proto__":{"Slug":"x"}}'],
];
const LIMIT = 100_000;

let hub: TestHub;
let server: Listening;
let ids: Readonly<Record<string, string>>;

beforeAll(async () => {
  hub = openTestHub();
  const space = await makeSpace(hub, 'demo');
  const worker = await makeWorker(hub, space, 'w');
  const target = await makeTarget(hub, space, 't', worker.id);
  const unit = await makeUnit(hub, space, 'u', 'a: 1\n', { TargetID: target });
  ids = { space, worker: worker.id, target, unit };
  server = await serve(hub.handler, { bodyLimit: LIMIT });
});

afterAll(async () => {
  await server.close();
  hub.close();
});

const fill = (path: string, id?: string): string =>
  path.replaceAll(/:([a-z_]+)/g, (_, name: string) => id ?? ids[name] ?? ids['unit'] ?? '');

async function refused(method: string, path: string, body?: unknown): Promise<number> {
  const version = hub.store.version();
  const { status, json } = await hub.call(method, `/${path}`, body);
  const said = `${method} ${path}: ${JSON.stringify(json).slice(0, 200)}`;
  expect(status, said).toBeGreaterThanOrEqual(400);
  expect([501, ...Array.from({ length: 100 }, (_, index) => 400 + index)], said).toContain(status);
  expect(json, said).toEqual({ Code: String(status), Message: expect.stringMatching(/./) });
  expect(hub.store.version(), said).toBe(version);
  return status;
}

test.for(ROUTES.map(({ method, path }) => [method, path] as const))(
  '%s %s refuses ids, bodies and methods that are not its own',
  async ([method, path]) => {
    const others = ['nope', '%', '00000000', `${ids['unit']}0`, "' OR 1=1 --"];
    for (const id of path.includes(':') ? others : [])
      await refused(method, fill(path, encodeURIComponent(id)));
    for (const [, body] of ['POST', 'PUT', 'PATCH'].includes(method) ? BODIES : [])
      await refused(method, fill(path), body);
    const known = ROUTES.filter((route) => fill(route.path) === fill(path)).map((route) => route.method);
    for (const other of METHODS.filter((name) => !known.includes(name)))
      expect(await refused(other, fill(path))).toBe(405);
  },
);

describe('over HTTP', () => {
  const headers = { authorization: 'Bearer x', 'content-type': 'application/json' };

  /** A request as bytes, for what `fetch` would not send. */
  function raw(path: string, extra: object, body: string | Uint8Array = ''): Promise<number> {
    return new Promise((resolve, reject) => {
      const sent = rawRequest(
        { port: server.port, host: '127.0.0.1', path, method: 'POST', headers: { ...headers, ...extra } },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  test.for<readonly [string, string, object, string | Uint8Array, number]>([
    ['a path that is no UTF-8', '/api/space/%ff%fe/unit', {}, '{}', 400],
    ['a path with a NUL', '/api/space/%00/unit', {}, '{"Slug":"x"}', 400],
    ['a body that is no UTF-8', '/api/space', {}, new Uint8Array([0x7b, 0xff, 0x7d]), 400],
    ['a body over the limit', '/api/space', {}, 'x'.repeat(LIMIT + 1), 413],
    [
      'a body over the limit, in chunks',
      '/api/space',
      { 'transfer-encoding': 'chunked' },
      'x'.repeat(LIMIT + 1),
      413,
    ],
  ])('%s', async ([, path, extra, body, status]) => {
    const version = hub.store.version();
    expect(await raw(path, extra, body)).toBe(status);
    expect(hub.store.version()).toBe(version);
  });

  test('500 requests at once are all answered, and each write is there', async () => {
    const call = async (number: number): Promise<readonly [number, unknown]> => {
      const kind = number % 4;
      const target = `${server.url}/api/space/${ids['space']}/unit`;
      const response =
        kind === 0
          ? await fetch(target, { headers })
          : await fetch(target, {
              method: 'POST',
              headers,
              body: JSON.stringify({ Slug: `p${kind === 1 ? 0 : number}` }),
            });
      return [response.status, await response.json()];
    };
    const answers = await Promise.all(Array.from({ length: 500 }, (_, number) => call(number)));
    const counts = new Map<number, number>();
    for (const [status] of answers) counts.set(status, (counts.get(status) ?? 0) + 1);
    // 125 lists, 250 names of their own, and one name that 125 want.
    expect(Object.fromEntries(counts)).toEqual({ 200: 376, 400: 124 });
    expect(hub.store.table('unit').count()).toBe(1 + 251);
  });
});
