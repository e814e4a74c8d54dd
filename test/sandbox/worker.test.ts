/** The embedded worker against the emulator: what it leaves in the cluster, and how it tells what it could not do. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { openSandbox } from '../../runner/sandbox/open.ts';
import type { Sandbox } from '../../runner/sandbox/sandbox.ts';
import { openKubernetes } from '../../runner/sandbox/worker/kubernetes.ts';
import { perform } from '../../runner/sandbox/worker/operations.ts';
import { readObjects } from '../../runner/sandbox/worker/read-objects.ts';
import type { Action, ActionResult, Kubernetes, Manifest } from '../../runner/sandbox/worker/worker.ts';

interface Config {
  readonly clusters: readonly { readonly cluster: Readonly<Record<string, string>> }[];
  readonly users: readonly { readonly user: { readonly token: string } }[];
}

let sandbox: Sandbox;
let kubernetes: Kubernetes;
beforeAll(async () => {
  sandbox = await openSandbox({ seed: 'worker', kubernetesVersion: 'v1.34.4', speed: 0.1 });
  const { clusters, users } = parse(sandbox.kubeconfig) as Config;
  const { server = '', 'certificate-authority-data': authority = '' } = clusters[0]?.cluster ?? {};
  const certificateAuthority = Buffer.from(authority, 'base64').toString();
  kubernetes = await openKubernetes({ url: server, certificateAuthority }, users[0]?.user.token ?? '');
});
afterAll(() => sandbox.close());

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const text = (data: string | undefined): string => Buffer.from(data ?? '', 'base64').toString();

/** What the worker tells of one operation, the last step last. */
async function run(action: Action, data: string, liveState = ''): Promise<ActionResult[]> {
  const told: ActionResult[] = [];
  const operation = {
    QueuedOperationID: 'q',
    UnitID: 'u',
    SpaceID: 's',
    ToolchainType: 'Kubernetes/YAML',
    ProviderType: 'Kubernetes',
    Data: base64(data),
    LiveState: base64(liveState),
    TargetParams: base64('{"WaitTimeout":"0m20s"}'),
    RevisionNum: 1,
  };
  const report = (result: ActionResult): Promise<void> => Promise.resolve(void told.push(result));
  const { signal } = new AbortController();
  await perform(action, operation, { kubernetes, report, signal, speed: 0.1, log: () => undefined });
  return told;
}

async function end(action: Action, data: string, liveState = ''): Promise<ActionResult | undefined> {
  return (await run(action, data, liveState)).at(-1);
}

const configMap = (name: string, more = '', namespace = 'default'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n${more}`;
const named = (name: string, kind = 'ConfigMap', namespace = 'default'): Manifest => ({
  apiVersion: 'v1',
  kind,
  metadata: kind === 'Namespace' ? { name } : { name, namespace },
});

describe('apply', () => {
  test('writes nothing of a unit of which one object is refused', async () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: {name: half}\nspec: {selector: {a: b}, ports: [{port: 99999}]}\n';
    const last = await end('Apply', `${configMap('half')}---\n${service}`);
    expect(last).toMatchObject({ Status: 'Failed', Result: 'ApplyFailed' });
    expect(last?.Message).toMatch(
      /^Failed to apply resources: Service\/default\/half dry-run failed \(Invalid\): /,
    );
    expect(await kubernetes.get(named('half'))).toBeUndefined();
  });

  test('makes a namespace before it tries what lives in it, wherever they stand in the unit', async () => {
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: late}\n';
    const last = await end('Apply', `${configMap('in-late', '', 'late')}---\n${namespace}`);
    expect(last?.Message).toMatch(/^Applied 2 resources successfully at /);
    expect(text(last?.LiveState)).toMatch(/kind: ConfigMap[^]*---\n[^]*kind: Namespace/);
  });

  test.each<[string, string, string]>([
    [
      'a namespace that is not there',
      configMap('x', '', 'nope'),
      'ConfigMap/nope/x not found: namespaces "nope" not found',
    ],
    [
      'an unknown kind',
      'apiVersion: v1\nkind: Nope\nmetadata: {name: x}\n',
      'Nope/x dry-run failed: no matches for kind "Nope" in version "v1"',
    ],
    [
      'an unknown group',
      'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: ww, namespace: ns}\n',
      'Widget/ns/ww dry-run failed: no matches for kind "Widget" in version "example.com/v1"',
    ],
    [
      'capital letters in a name',
      configMap('Bad_Name'),
      "ConfigMap/default/Bad_Name dry-run failed (Invalid): ConfigMap \"Bad_Name\" is invalid: metadata.name: Invalid value: \"Bad_Name\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
    [
      'an item of a list without a name',
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap}\n',
      'ConfigMap/default/ dry-run failed: resource name may not be empty',
    ],
  ])('tells %s in the words of the original', async (_what, data, message) => {
    const last = await end('Apply', data);
    expect([last?.Result, last?.Message]).toEqual(['ApplyFailed', `Failed to apply resources: ${message}`]);
  });

  test('finds an object whose name has capital letters', async () => {
    const role = (name: string): string =>
      `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: ${name}}\nrules: []\n`;
    const last = await end('Apply', role('Traders'));
    expect(last?.Message).toMatch(/^Applied 1 resources successfully at /);
    expect(text(last?.LiveState)).toContain('name: Traders');
  });

  test('opens lists', async () => {
    const items = ['l1', 'l2'].map(
      (name) => `- {apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}}}\n`,
    );
    const last = await end('Apply', `apiVersion: v1\nkind: List\nitems:\n${items.join('')}`);
    expect(last?.Message).toMatch(/^Applied 2 resources successfully at /);
    expect(await kubernetes.get(named('l2'))).toBeDefined();
  });

  test('has nothing to do with what is no object yet', async () => {
    const last = await end(
      'Apply',
      'kind: ConfigMap\nmetadata: {name: a}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: a}\n',
    );
    expect(last?.Message).toMatch(/^Applied 0 resources successfully at /);
  });

  test('starts nothing with data that it cannot read', async () => {
    const told = await run('Apply', 'a: 1\n');
    expect(told.map(({ Message }) => Message)).toEqual([
      `failed to parse YAML resources: Object 'Kind' is missing in '{"a":1}'`,
    ]);
  });
});

test('destroy takes all away, what others need last', async () => {
  const data = `apiVersion: v1\nkind: Namespace\nmetadata: {name: going}\n---\n${configMap('in-going', '', 'going')}`;
  await end('Apply', data);
  const last = await end('Destroy', data);
  expect(last).toMatchObject({ Status: 'Completed', Result: 'DestroyCompleted' });
  expect(await kubernetes.get(named('going', 'Namespace'))).toBeUndefined();
});

test.each<[string, Action, string, string, string]>([
  [
    'an object that never becomes ready',
    'Apply',
    'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: never}\nspec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}\n',
    'ApplyWaitFailed',
    "Failed to wait for resources: timeout waiting for: [PersistentVolumeClaim/default/never status: 'InProgress']",
  ],
  [
    'an object that does not go',
    'Destroy',
    `${configMap('goes')}---\n${configMap('held')}`,
    'DestroyWaitFailed',
    'Failed to wait for resource termination: ConfigMap/default/held termination timeout: context deadline exceeded',
  ],
  [
    'a type that is not there',
    'Destroy',
    'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w, namespace: ns}\n',
    'DestroyFailed',
    'Failed to delete resources: delete failed, errors: Widget/ns/w query failed: unable to retrieve the complete list of server APIs: example.com/v1: no matches for example.com/v1, Resource=;',
  ],
])('tells of %s in the words of the original', async (_what, action, data, result, message) => {
  await run('Apply', `${configMap('held', '  finalizers: [demo.io/keep]\n')}---\n${configMap('goes')}`);
  const last = await end(action, data);
  expect([last?.Result, last?.Message]).toEqual([result, message]);
});

describe('refresh', () => {
  const unit = configMap('drift', 'data:\n  a: "1"\n');
  let liveState: string;
  beforeAll(async () => (liveState = text((await end('Apply', unit))?.LiveState)));

  test('finds nothing where nothing was changed', async () => {
    expect(await end('Refresh', unit, liveState)).toEqual({
      Status: 'Completed',
      Result: 'RefreshAndNoDrift',
      Message: 'Live state matches - no drift detected',
    });
  });

  test('finds what somebody added, and brings it into the unit', async () => {
    const changed = { ...named('drift'), data: { a: '1', extra: 'x' } };
    await kubernetes.apply(changed, { dryRun: false });
    const last = await end('Refresh', unit, liveState);
    expect(last).toMatchObject({ Status: 'Completed', Result: 'RefreshAndDrifted' });
    expect(text(last?.Data)).toBe(`${unit}  extra: x\n`);
    expect((await end('Refresh', text(last?.Data), text(last?.LiveState)))?.Result).toBe('RefreshAndNoDrift');
  });

  test('finds a changed number of replicas that the unit leaves to others', async () => {
    const deployment =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: default\nspec:\n' +
      '  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n' +
      '    spec:\n      containers:\n      - name: web\n        image: nginx\n';
    const before = text((await end('Apply', deployment))?.LiveState);
    const [manifest] = readObjects(deployment);
    if (manifest === undefined) throw new Error('no manifest');
    const spec = { ...(manifest['spec'] as object), replicas: 3 };
    await kubernetes.apply({ ...manifest, spec }, { dryRun: false });
    const last = await end('Refresh', deployment, before);
    expect(last?.Result).toBe('RefreshAndDrifted');
    expect(text(last?.Data)).toMatch(/^ {2}replicas: 3$/m);
    expect(text(last?.Data)).not.toMatch(/progressDeadlineSeconds|status/);
  });
});
