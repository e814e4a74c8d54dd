/** Helm against the emulator: a release is installed, upgraded, rolled back and removed, and waits tell the truth. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KubeObject, ResourceName } from '../../../runner/sandbox/kube/kube.ts';
import { deployments, name, pods } from '../../helper/controllers.ts';
import { type Client, findProgram, openClient } from '../../helper/kubectl.ts';

const helm = findProgram('helm', 'MTX_HELM');
const configMaps = name('', 'configmaps');
const suite = 'helm (skipped where neither MTX_HELM nor PATH has one)';

const chart = `apiVersion: v2
name: web
version: 0.1.0
appVersion: "1.27"
`;

const values = `replicas: 1
tag: "1.27"
greeting: hello
`;

const templates = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  replicas: {{ .Values.replicas }}
  selector: { matchLabels: { app: {{ .Release.Name }} } }
  template:
    metadata: { labels: { app: {{ .Release.Name }} } }
    spec:
      containers:
        - name: web
          image: nginx:{{ .Values.tag }}
          ports: [{ containerPort: 80 }]
          readinessProbe: { httpGet: { path: /, port: 80 } }
---
apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
spec:
  selector: { app: {{ .Release.Name }} }
  ports: [{ port: 80 }]
---
{{- if .Values.greeting }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
data:
  greeting: {{ .Values.greeting }}
  seen: {{ (lookup "v1" "Namespace" "" "default").metadata.name }}
{{- end }}
---
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .Release.Name }}-check
  annotations:
    helm.sh/hook: post-install
    helm.sh/hook-delete-policy: hook-succeeded
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: check, image: busybox, command: ["true"] }]
`;

describe.skipIf(helm === undefined)(suite, () => {
  let client: Client;

  beforeAll(async () => {
    client = await openClient(helm);
    const folder = join(client.folder, 'web');
    mkdirSync(join(folder, 'templates'), { recursive: true });
    writeFileSync(join(folder, 'Chart.yaml'), chart);
    writeFileSync(join(folder, 'values.yaml'), values);
    writeFileSync(join(folder, 'templates', 'all.yaml'), templates);
  });

  afterAll(async () => await client.close());

  const run = (command: string): Promise<string> =>
    client.run(command.replace('CHART', join(client.folder, 'web')));

  const read = (resource: ResourceName): KubeObject | undefined =>
    client.server.kube.cluster.get(resource, 'default', 'shop');

  const list = (resource: ResourceName): KubeObject[] => client.server.kube.cluster.list(resource, 'default');

  test('install waits until all is ready, and runs its hook', async () => {
    expect(await run('install shop CHART --wait --timeout 20s')).toMatch(/STATUS: deployed\nREVISION: 1\n/v);
    expect(read(deployments)).toMatchObject({ status: { readyReplicas: 1 } });
    expect(read(configMaps)).toMatchObject({
      metadata: { labels: { 'app.kubernetes.io/managed-by': 'Helm' } },
      data: { greeting: 'hello', seen: 'default' },
    });
    expect(list(name('batch', 'jobs'))).toEqual([]);
    expect(await run('install shop CHART')).toMatch(/cannot re-?use a name that is still in use/v);
  });

  test('upgrade changes what is there, and removes what the chart has no more', async () => {
    const upgrade = 'upgrade shop CHART --wait --timeout 20s --set';
    expect(await run(`${upgrade} replicas=2,tag=1.28,greeting=`)).toMatch(/STATUS: deployed\nREVISION: 2\n/v);
    expect(read(deployments)).toMatchObject({
      spec: { template: { spec: { containers: [{ image: 'nginx:1.28' }] } } },
      status: { readyReplicas: 2, updatedReplicas: 2 },
    });
    expect(read(configMaps)).toBeUndefined();
  });

  test('an upgrade that cannot become ready fails when its time is up', async () => {
    const output = await run('upgrade shop CHART --wait --timeout 3s --set tag=none');
    expect(output).toMatch(/UPGRADE FAILED: [^]*exit 1/v);
    expect(await run('status shop')).toContain('STATUS: failed');
  });

  test('rollback brings a revision back', async () => {
    expect(await run('rollback shop 1 --wait --timeout 20s')).toBe(
      'Rollback was a success! Happy Helming!\n',
    );
    expect(read(deployments)).toMatchObject({
      spec: { replicas: 1, template: { spec: { containers: [{ image: 'nginx:1.27' }] } } },
      status: { readyReplicas: 1 },
    });
    expect(read(configMaps)).toMatchObject({ data: { greeting: 'hello' } });
    const history = await run('history shop');
    expect(history.split('\n').map((line) => line.split('\t')[2]?.trim())).toEqual([
      'STATUS',
      'superseded',
      'superseded',
      'failed',
      'deployed',
      undefined,
    ]);
  });

  test('uninstall leaves nothing', async () => {
    expect(await run('uninstall shop --wait --timeout 20s')).toBe('release "shop" uninstalled\n');
    expect(read(deployments)).toBeUndefined();
    expect(list(pods)).toEqual([]);
    expect(list(name('', 'secrets'))).toEqual([]);
    expect(await run('uninstall shop')).toContain('release: not found');
  });
});
