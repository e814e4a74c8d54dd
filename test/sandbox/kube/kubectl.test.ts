/** Real kubectl against the emulator, over HTTPS with its own certificate: what a chapter's reader would type and see. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, kubectl, openClient } from '../../helper/kubectl.ts';

const suite = 'kubectl (skipped where neither MTX_KUBECTL nor PATH has one)';

describe.skipIf(kubectl === undefined)(suite, () => {
  let client: Client;

  beforeAll(async () => {
    client = await openClient();
  });

  afterAll(async () => await client.close());

  const run: Client['run'] = (command, input) => client.run(command, input);

  const manifest = (replicas: string): string =>
    JSON.stringify({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        replicas: JSON.parse(replicas) as unknown,
        selector: { matchLabels: { app: 'web' } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] },
        },
      },
    });

  test('apply says created, unchanged and configured', async () => {
    expect(await run('apply -f -', manifest('1'))).toBe('deployment.apps/web created\n');
    expect(await run('apply -f -', manifest('1'))).toBe('deployment.apps/web unchanged\n');
    expect(await run('apply -f -', manifest('2'))).toBe('deployment.apps/web configured\n');
    expect(await run('get deployment web -o jsonpath={.spec.replicas}')).toBe('2');
  });

  test('typed clients create, with whatever encoding this kubectl sends', async () => {
    expect(await run('create namespace team')).toBe('namespace/team created\n');
    expect(await run('create secret generic s -n team --from-literal=a=b')).toBe('secret/s created\n');
    expect(await run('get secret s -n team -o jsonpath={.data.a}')).toBe('Yg==');
    expect(await run('auth can-i list pods --as=jane')).toBe('no\nexit 1\n');
    expect(await run('delete namespace team')).toContain('namespace "team" deleted');
    expect(await run('get namespace team')).toContain('namespaces "team" not found');
  });

  test('mistakes read as in a cluster', async () => {
    expect(await run('get foo')).toBe(`error: the server doesn't have a resource type "foo"\nexit 1\n`);
    expect(await run('create configmap x -n nope')).toContain('namespaces "nope" not found');
    expect(await run('apply -f -', manifest('-1'))).toContain(
      'The Deployment "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    );
    const unknown = JSON.stringify({ apiVersion: 'v1', kind: 'Foo', metadata: { name: 'x' } });
    expect(await run('apply -f -', unknown)).toContain('no matches for kind "Foo" in version "v1"');
  });

  test('a watch of kubectl ends when its object is gone', async () => {
    await run('create configmap watched');
    const waiting = run('wait --for=delete configmap/watched --timeout=20s');
    expect(await run('delete configmap watched')).toContain('configmap "watched" deleted');
    expect(await waiting).not.toContain('timed out');
  });
});
