/** Bodies and paths that no honest client sends: each gets an error of its own, and the server goes on. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openKubeServer, type Call, type KubeServer } from '../../helper/kube-server.ts';

let server: KubeServer;
beforeAll(async () => {
  server = await openKubeServer({ bodyLimit: 100_000 });
});
afterAll(() => server.close());

const maps = '/api/v1/namespaces/default/configmaps';
const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;

const cases: readonly [string, string, Call, number][] = [
  ['a body over the limit', `POST ${maps}`, { body: `{"a":"${'x'.repeat(200_000)}"}` }, 413],
  ['half a body', `POST ${maps}`, { body: '{"a":' }, 400],
  ['a list', `POST ${maps}`, { body: '[]' }, 400],
  ['null', `POST ${maps}`, { body: 'null' }, 400],
  ['nothing', `POST ${maps}`, { body: '' }, 400],
  ['a deep body', `POST ${maps}`, { body: deep }, 400],
  ['an unknown media type', `POST ${maps}`, { body: 'x', headers: { 'content-type': 'text/html' } }, 415],
  ['broken protobuf', `POST ${maps}`, { body: new Uint8Array([0x6b, 0x38, 0x73, 0, 0xff, 0xff]) }, 400],
  ['metadata that is a list', `POST ${maps}`, { body: '{"metadata":[]}' }, 400],
  ['a name that climbs', `POST ${maps}`, { body: { metadata: { name: '../x' } } }, 422],
  [
    '__proto__ as a field',
    `POST ${maps}?fieldValidation=Strict`,
    { body: '{"__proto__":{"x":1},"metadata":{"name":"p"}}' },
    400,
  ],
  ['a path that climbs', 'GET /api/v1/namespaces/default/configmaps/..%2fsecrets', {}, 404],
  ['an encoded slash', 'GET /api/v1/namespaces/default/configmaps/a%2Fb', {}, 404],
  ['a broken escape', 'GET /api/v1/namespaces/default/configmaps/%zz', {}, 404],
  ['a patch of an unknown kind', `PATCH ${maps}/kube-root-ca.crt`, { body: '{}' }, 415],
  [
    'a patch that is text',
    `PATCH ${maps}/kube-root-ca.crt`,
    { body: '"x"', headers: { 'content-type': 'application/merge-patch+json' } },
    400,
  ],
  ['a continue token of nonsense', `GET ${maps}?continue=%00`, {}, 400],
];

test.each(cases)('%s', async (_, request, call, status) => {
  const reply = await server.call(request, call);
  expect(reply.body).toMatchObject({ kind: 'Status', status: 'Failure', code: status });
  expect((await server.call('GET /healthz')).body).toEqual({ text: 'ok' });
});
