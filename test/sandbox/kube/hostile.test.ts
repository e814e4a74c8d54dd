/**
 * Bodies, paths and options that no honest client sends: each gets the error that a real API server was measured to give, and the
 * server goes on as before. What is only ours: limits on depth, and media types that the server does not speak.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openKubeServer, type KubeServer } from '../../helper/kube-server.ts';
import { bodies, others, paths } from '../data/hostile-requests.ts';

let server: KubeServer;
beforeAll(async () => {
  server = await openKubeServer({ bodyLimit: 200_000 });
});
afterAll(() => server.close());

describe.each([
  ['bodies', bodies],
  ['other formats', others],
  ['paths and options', paths],
] as const)('%s', (_, cases) => {
  test.each(cases)('%s', async (_name, request, call, status, message) => {
    const reply = await server.call(request, call);
    expect(reply.body).toMatchObject({ kind: 'Status', status: 'Failure', code: status });
    const { message: said } = reply.body;
    expect(typeof said === 'string' ? said.slice(0, message.length) : said).toBe(message);
    expect((await server.call('GET /healthz')).body).toEqual({ text: 'ok' });
  });
});
