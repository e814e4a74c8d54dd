/** @kubernetes/client-node against the emulator: the client of most programs in JavaScript, our worker among them. */
import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { readFileSync } from 'node:fs';
import {
  Attach,
  CoreV1Api,
  AppsV1Api,
  Exec,
  KubeConfig,
  KubernetesObjectApi,
  Log,
  makeInformer,
  PatchStrategy,
  PortForward,
  setHeaderOptions,
  type V1ConfigMap,
  type V1Status,
  Watch,
} from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Client, openClient } from '../../helper/kubectl.ts';

const namespace = 'default';
let client: Client;
let config: KubeConfig;
let core: CoreV1Api;

beforeAll(async () => {
  client = await openClient();
  config = new KubeConfig();
  config.loadFromString(readFileSync(client.env['KUBECONFIG'] ?? '', 'utf8'));
  core = config.makeApiClient(CoreV1Api);
  await makePod('web', 'nginx:1.27', []);
});

afterAll(async () => await client.close());

async function makePod(name: string, image: string, command: string[]): Promise<void> {
  const spec = { containers: [{ name: 'only', image, command }], restartPolicy: 'Never' };
  await core.createNamespacedPod({ namespace, body: { metadata: { name }, spec } });
  await vi.waitFor(async () => {
    const { status } = await core.readNamespacedPod({ namespace, name });
    expect(status?.containerStatuses?.[0]?.ready).toBe(true);
  }, 10_000);
}

function sink(): { readonly stream: Writable; readonly text: () => string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      chunks.push(chunk.toString());
      done();
    },
  });
  return { stream, text: () => chunks.join('') };
}

const configMap = (name: string, data: Record<string, string>): V1ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace, labels: { of: 'informer' } },
  data,
});

test('an informer hears what is there, what changes and what goes', async () => {
  const heard: string[] = [];
  await core.createNamespacedConfigMap({ namespace, body: configMap('one', { a: '1' }) });
  const list = (): ReturnType<CoreV1Api['listNamespacedConfigMap']> =>
    core.listNamespacedConfigMap({ namespace, labelSelector: 'of=informer' });
  const path = `/api/v1/namespaces/${namespace}/configmaps`;
  const informer = makeInformer<V1ConfigMap>(config, path, list, 'of=informer');
  for (const verb of ['add', 'update', 'delete'] as const)
    informer.on(verb, ({ metadata, data }) => heard.push(`${verb} ${metadata?.name} ${data?.['a']}`));
  await informer.start();
  await vi.waitFor(() => expect(heard).toEqual(['add one 1']));
  await core.createNamespacedConfigMap({ namespace, body: configMap('two', { a: '2' }) });
  await core.replaceNamespacedConfigMap({ namespace, name: 'one', body: configMap('one', { a: '3' }) });
  await core.deleteNamespacedConfigMap({ namespace, name: 'two' });
  await vi.waitFor(() => expect(heard.slice(1)).toEqual(['add two 2', 'update one 3', 'delete two 2']));
  expect(informer.list().map(({ metadata }) => metadata?.name)).toEqual(['one']);
  await informer.stop();
});

test('a watch hears what comes after its version', async () => {
  const heard: string[] = [];
  const { metadata } = await core.listNamespacedSecret({ namespace });
  const path = `/api/v1/namespaces/${namespace}/secrets`;
  const listen = (phase: string, secret: { metadata?: { name?: string } }): void =>
    void heard.push(`${phase} ${secret.metadata?.name}`);
  const query = { resourceVersion: metadata?.resourceVersion };
  const abort = await new Watch(config).watch(path, query, listen, () => undefined);
  await core.createNamespacedSecret({ namespace, body: { metadata: { name: 'key' } } });
  await core.deleteNamespacedSecret({ namespace, name: 'key' });
  await vi.waitFor(() => expect(heard).toEqual(['ADDED key', 'DELETED key']));
  abort.abort();
});

describe('patches', () => {
  const apps = (): AppsV1Api => config.makeApiClient(AppsV1Api);
  const name = 'patched';

  beforeAll(async () => {
    const labels = { app: name };
    const containers = [
      { name: 'a', image: 'nginx:1.27' },
      { name: 'b', image: 'busybox', command: ['sleep', '1000'] },
    ];
    const template = { metadata: { labels }, spec: { containers } };
    const spec = { replicas: 0, selector: { matchLabels: labels }, template };
    await apps().createNamespacedDeployment({ namespace, body: { metadata: { name }, spec } });
  });

  test.each<[string, (typeof PatchStrategy)[keyof typeof PatchStrategy], object, string[]]>([
    [
      'JSON',
      PatchStrategy.JsonPatch,
      [{ op: 'remove', path: '/spec/template/spec/containers/1' }],
      ['a=nginx:1.27'],
    ],
    [
      'strategic merge',
      PatchStrategy.StrategicMergePatch,
      { spec: { template: { spec: { containers: [{ name: 'c', image: 'busybox' }] } } } },
      ['c=busybox', 'a=nginx:1.27'],
    ],
    [
      'merge',
      PatchStrategy.MergePatch,
      { spec: { template: { spec: { containers: [{ name: 'd', image: 'busybox' }] } } } },
      ['d=busybox'],
    ],
  ])('%s', async (_, strategy, body, containers) => {
    const options = setHeaderOptions('Content-Type', strategy);
    const { spec } = await apps().patchNamespacedDeployment({ namespace, name, body }, options);
    expect(spec?.template.spec?.containers.map((one) => `${one.name}=${one.image}`)).toEqual(containers);
  });

  test('server-side apply owns its fields and is refused those of others', async () => {
    const objects = KubernetesObjectApi.makeApiClient(config);
    const apply = (value: string, manager: string): Promise<V1ConfigMap> =>
      objects.patch(
        configMap('owned', { a: value }),
        undefined,
        undefined,
        manager,
        false,
        PatchStrategy.ServerSideApply,
      );
    expect((await apply('1', 'first')).metadata?.managedFields?.map(({ manager }) => manager)).toEqual([
      'first',
    ]);
    await expect(apply('2', 'second')).rejects.toMatchObject({
      code: 409,
      body: expect.stringContaining('conflict with \\"first\\": .data.a') as string,
    });
  });
});

test('logs come at once and follow, to the end', async () => {
  await makePod('talker', 'busybox', ['sh', '-c', 'echo first; sleep 100; echo second; sleep 20; echo last']);
  const { stream, text } = sink();
  await new Log(config).log(namespace, 'talker', 'only', stream, { follow: true });
  await once(stream, 'finish');
  expect(text()).toBe('first\nsecond\nlast\n');
  const tail = await core.readNamespacedPodLog({ namespace, name: 'talker', tailLines: 1 });
  expect(tail).toBe('last\n');
});

test('exec gives output and status', async () => {
  const { stream, text } = sink();
  const exec = (command: string[]): Promise<V1Status> =>
    new Promise((resolve, reject) => {
      new Exec(config)
        .exec(namespace, 'web', 'only', command, stream, stream, null, false, resolve)
        .catch(reject);
    });
  expect(await exec(['echo', 'hello'])).toMatchObject({ status: 'Success' });
  expect(text()).toBe('hello\n');
  expect(await exec(['sh', '-c', 'exit 3'])).toMatchObject({
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: '3' }] },
  });
});

test('attach hears the last line, and the end', async () => {
  await makePod('speaker', 'busybox', ['sh', '-c', 'sleep 100; echo bye; exit 2']);
  const { stream, text } = sink();
  const socket = await new Attach(config).attach(namespace, 'speaker', 'only', stream, null, null, false);
  await once(socket, 'close');
  expect(text()).toBe('bye\n');
});

describe('port-forward', () => {
  const forward = async (port: number): Promise<Record<'output' | 'errors', () => string>> => {
    const [output, errors, input] = [sink(), sink(), new PassThrough()];
    const forwarding = new PortForward(config);
    const socket = await forwarding.portForward(
      namespace,
      'web',
      [port],
      output.stream,
      errors.stream,
      input,
    );
    if (typeof socket === 'function') throw new Error('no socket');
    input.write('GET / HTTP/1.1\r\nHost: web\r\n\r\n');
    return { output: output.text, errors: errors.text };
  };

  test('reaches what listens', async () => {
    const { output, errors } = await forward(80);
    await vi.waitFor(() => expect(output()).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*Welcome to nginx/v));
    expect(errors()).toBe('');
  });

  test('tells that nothing does', async () => {
    const { output, errors } = await forward(81);
    await vi.waitFor(() => expect(errors()).toContain('dial tcp4 127.0.0.1:81: connect: connection refused'));
    expect(output()).toBe('');
  });
});
