/** Pods and containers: what goes right, and each classic mistake with the kubelet's own words. */
import { expect, test } from 'vitest';
import type { ContainerStart, JsonObject } from '../../../runner/sandbox/kube/kube.ts';
import { conditionOf, name, openWorld, pods, services, state, type World } from '../../helper/controllers.ts';

const bare = (container: JsonObject, spec: JsonObject = {}): JsonObject => ({
  restartPolicy: 'Always',
  containers: [{ name: 'main', ...container }],
  ...spec,
});

const reasonOf = (world: World): string | undefined => {
  const { waiting, terminated } = state(world.pod('p')) as Record<string, { reason?: string } | undefined>;
  return waiting?.reason ?? terminated?.reason;
};

const isReady = (world: World) => (): boolean => conditionOf(world.pod('p'), 'Ready')?.['status'] === 'True';

const traderx = (tag: string): string => `ghcr.io/finos/traderx/reference-data:${tag}`;
const probe = (path: string, port: number | string): JsonObject => ({
  httpGet: { path, port, scheme: 'HTTP' },
  periodSeconds: 5,
  failureThreshold: 2,
  successThreshold: 1,
});

test('a readiness probe on the right port and path makes the pod ready', () => {
  const world = openWorld();
  world.make(pods, {
    metadata: { name: 'p' },
    spec: bare({ image: traderx('v1'), readinessProbe: probe('/health', 18_085) }),
  });
  expect(world.clock.until(isReady(world), 20_000)).toBe(true);
  expect(world.events('Pod/p').at(-1)).toBe(
    'Unhealthy: Readiness probe failed: Get "http://10.244.0.5:18085/health": dial tcp 10.244.0.5:18085: connect: connection refused',
  );
});

const WRONG_PROBES: readonly [string, JsonObject, string][] = [
  [
    'port',
    probe('/health', 8081),
    'Readiness probe failed: Get "http://10.244.0.5:8081/health": dial tcp 10.244.0.5:8081: connect: connection refused',
  ],
  ['path', probe('/healthz', 18_085), 'Readiness probe failed: HTTP probe failed with statuscode: 404'],
  [
    'name of a port',
    probe('/health', 'web'),
    'Readiness probe errored and resulted in unknown state: strconv.Atoi: parsing "web": invalid syntax',
  ],
  [
    'TCP port',
    { tcpSocket: { port: 1 } },
    'Readiness probe failed: dial tcp 10.244.0.5:1: connect: connection refused',
  ],
];

test.each(WRONG_PROBES)(
  'a readiness probe on a wrong %s never becomes ready',
  (_, readinessProbe, message) => {
    const world = openWorld();
    world.make(pods, { metadata: { name: 'p' }, spec: bare({ image: traderx('v1'), readinessProbe }) });
    world.clock.advance(60_000);
    expect(world.events('Pod/p')).toContain(`Unhealthy: ${message}`);
    expect(world.pod('p')?.status?.['phase']).toBe('Running');
    expect(conditionOf(world.pod('p'), 'Ready')).toMatchObject({
      status: 'False',
      reason: 'ContainersNotReady',
      message: 'containers with unready status: [main]',
    });
  },
);

test('a failing liveness probe restarts the container', () => {
  const world = openWorld();
  world.make(pods, {
    metadata: { name: 'p' },
    spec: bare({ image: traderx('v1'), livenessProbe: probe('/nope', 18_085) }),
  });
  world.clock.advance(12_000);
  expect(world.events('Pod/p')).toContain('Killing: Container main failed liveness probe, will be restarted');
  const statuses = world.pod('p')?.status?.['containerStatuses'] as JsonObject[] | undefined;
  expect(statuses?.[0]).toMatchObject({ restartCount: 1, lastState: { terminated: { exitCode: 143 } } });
});

test('the Service of the same name injects a port that the program then listens on', () => {
  const world = openWorld();
  world.make(services, {
    metadata: { name: 'reference-data' },
    spec: { clusterIP: '10.96.0.7', ports: [{ port: 80, targetPort: 18_085, protocol: 'TCP' }] },
  });
  const container = { image: traderx('v1'), readinessProbe: probe('/health', 18_085) };
  world.make(pods, { metadata: { name: 'p' }, spec: bare(container) });
  world.clock.advance(20_000);
  expect(isReady(world)()).toBe(false);
  expect(world.nodes.logs('default', 'p', 'main', false)?.at(-1)?.text).toBe(
    'Application is running on: http://[::1]:80',
  );
  world.cluster.delete(pods, 'default', 'p');
  world.clock.until(() => world.pod('p') === undefined, 5000);
  world.make(pods, { metadata: { name: 'p' }, spec: bare(container, { enableServiceLinks: false }) });
  expect(world.clock.until(isReady(world), 20_000)).toBe(true);
});

test('a wrong variable ends the program: Error, CrashLoopBackOff, the log before', () => {
  const world = openWorld();
  const env = [{ name: 'REFERENCE_DATA_SERVICE_PORT', value: 'http' }];
  const object = world.make(pods, { metadata: { name: 'p' }, spec: bare({ image: traderx('v1'), env }) });
  expect(world.clock.until(() => reasonOf(world) === 'Error', 10_000)).toBe(true);
  expect(world.clock.until(() => reasonOf(world) === 'CrashLoopBackOff', 10_000)).toBe(true);
  const title = `p_default(${object.metadata.uid})`;
  expect(state(world.pod('p'))['waiting']).toEqual({
    reason: 'CrashLoopBackOff',
    message: `back-off 10s restarting failed container=main pod=${title}`,
  });
  expect(world.events('Pod/p').at(-1)).toBe(
    `BackOff: Back-off restarting failed container main in pod ${title}`,
  );
  expect(world.nodes.logs('default', 'p', 'main', true)?.at(-1)?.text).toMatch(
    /^RangeError \[ERR_SOCKET_BAD_PORT\]/,
  );
  world.clock.advance(30_000);
  expect(state(world.pod('p'))['waiting']).toMatchObject({
    message: `back-off 20s restarting failed container=main pod=${title}`,
  });
});

const CONFIG_ERRORS: readonly [string, JsonObject, string][] = [
  ['ConfigMap', { envFrom: [{ configMapRef: { name: 'missing' } }] }, 'configmap "missing" not found'],
  [
    'Secret',
    { env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'missing', key: 'a' } } }] },
    'secret "missing" not found',
  ],
  [
    'key',
    { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'known', key: 'b' } } }] },
    "couldn't find key b in ConfigMap default/known",
  ],
];

test.each(CONFIG_ERRORS)('a missing %s: CreateContainerConfigError', (_, container, message) => {
  const world = openWorld();
  world.make(name('', 'configmaps'), { metadata: { name: 'known' }, data: { a: '1' } });
  world.make(pods, { metadata: { name: 'p' }, spec: bare({ image: 'nginx:1.27', ...container }) });
  expect(world.clock.until(() => reasonOf(world) === 'CreateContainerConfigError', 10_000)).toBe(true);
  expect(state(world.pod('p'))['waiting']).toMatchObject({ message });
  expect(world.events('Pod/p').at(-1)).toBe(`Failed: Error: ${message}`);
});

test('what was missing is found later: the pod goes on by itself', () => {
  const world = openWorld();
  const volumes = [{ name: 'config', configMap: { name: 'late' } }];
  world.make(pods, { metadata: { name: 'p' }, spec: bare({ image: 'nginx:1.27' }, { volumes }) });
  world.clock.advance(5000);
  expect(world.events('Pod/p').at(-1)).toBe(
    'FailedMount: MountVolume.SetUp failed for volume "config" : configmap "late" not found',
  );
  expect(reasonOf(world)).toBe('ContainerCreating');
  world.make(name('', 'configmaps'), { metadata: { name: 'late' }, data: {} });
  expect(world.clock.until(isReady(world), 20_000)).toBe(true);
});

test('a root image under runAsNonRoot does not start', () => {
  const world = openWorld();
  const spec = bare({ image: 'nginx:1.27' }, { securityContext: { runAsNonRoot: true } });
  const object = world.make(pods, { metadata: { name: 'p' }, spec });
  world.clock.advance(5000);
  expect(state(world.pod('p'))['waiting']).toEqual({
    reason: 'CreateContainerConfigError',
    message: `container has runAsNonRoot and image will run as root (pod: "p_default(${object.metadata.uid})", container: main)`,
  });
});

test.each([
  ['Never', 'ErrImageNeverPull', 'Container image "nginx:1.27" is not present with pull policy of Never'],
])('pull policy %s of an absent image: %s', (imagePullPolicy, reason, message) => {
  const world = openWorld();
  world.make(pods, { metadata: { name: 'p' }, spec: bare({ image: 'nginx:1.27', imagePullPolicy }) });
  world.clock.advance(2000);
  expect(state(world.pod('p'))['waiting']).toEqual({ reason, message });
});

test('init containers run in order, then the pod completes', () => {
  const world = openWorld();
  const step = (title: string): JsonObject => ({
    name: title,
    image: 'busybox:1.37',
    command: ['sh', '-c', `echo ${title}; sleep 2`],
  });
  const spec = bare(
    { image: 'busybox:1.37', command: ['sh', '-c', 'echo main && exit 0'] },
    { restartPolicy: 'Never', initContainers: [step('one'), step('two')] },
  );
  world.make(pods, { metadata: { name: 'p' }, spec });
  world.clock.advance(1500);
  expect(conditionOf(world.pod('p'), 'Initialized')).toMatchObject({
    status: 'False',
    reason: 'ContainersNotInitialized',
    message: 'containers with incomplete status: [one two]',
  });
  expect(world.clock.until(() => world.pod('p')?.status?.['phase'] === 'Succeeded', 20_000)).toBe(true);
  const started = world.events('Pod/p').filter((event) => event.startsWith('Started'));
  expect(started).toEqual([
    'Started: Started container one',
    'Started: Started container two',
    'Started: Started container main',
  ]);
  expect(reasonOf(world)).toBe('Completed');
  expect(world.nodes.logs('default', 'p', 'two', false)).toMatchObject([{ text: 'two' }]);
});

test('a failed pod that must not restart is Failed with its exit code', () => {
  const world = openWorld();
  const container = { image: 'busybox:1.37', command: ['sh', '-c', 'exit 3'] };
  world.make(pods, { metadata: { name: 'p' }, spec: bare(container, { restartPolicy: 'Never' }) });
  world.clock.advance(10_000);
  expect(world.pod('p')?.status?.['phase']).toBe('Failed');
  expect(state(world.pod('p'))['terminated']).toMatchObject({ exitCode: 3, reason: 'Error' });
});

test('a command that the catalogue cannot run fails and says so', () => {
  const world = openWorld();
  world.make(pods, {
    metadata: { name: 'p' },
    spec: bare({ image: 'busybox:1.37', command: ['wget', 'http://reference-data'] }),
  });
  world.clock.advance(3000);
  expect(world.nodes.logs('default', 'p', 'main', false)).toMatchObject([
    { text: 'mtx-doc sandbox: the image catalogue cannot run "wget http://reference-data"' },
  ]);
});

test.each([
  [{ resources: { requests: { cpu: '99' } } }, {}, 'Insufficient cpu'],
  [{}, { nodeSelector: { disk: 'ssd' } }, "node(s) didn't match Pod's node affinity/selector"],
])('what no node can ever take: %j %j', (container, spec, reason) => {
  const world = openWorld();
  world.make(pods, { metadata: { name: 'p' }, spec: bare({ image: 'nginx:1.27', ...container }, spec) });
  world.clock.advance(100);
  expect(world.events('Pod/p')).toEqual([
    `FailedScheduling: 0/1 nodes are available: 1 ${reason}. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.`,
  ]);
});

test('more than the node has left: FailedScheduling, until room is made', () => {
  const world = openWorld();
  const resources = { requests: { cpu: '20' } };
  world.make(pods, { metadata: { name: 'first' }, spec: bare({ image: 'nginx:1.27', resources }) });
  world.make(pods, { metadata: { name: 'p' }, spec: bare({ image: 'nginx:1.27', resources }) });
  world.clock.advance(5000);
  const message =
    '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.';
  expect(world.events('Pod/p')).toEqual([`FailedScheduling: ${message}`]);
  expect(conditionOf(world.cluster.get(pods, 'default', 'p'), 'PodScheduled')).toMatchObject({
    status: 'False',
    reason: 'Unschedulable',
    message,
  });
  world.cluster.delete(pods, 'default', 'first');
  world.clock.advance(10_000);
  expect(conditionOf(world.cluster.get(pods, 'default', 'p'), 'Ready')?.['status']).toBe('True');
});

test('deletion is graceful: Killing, then the object goes; a sleeping shell takes its whole grace period', () => {
  const world = openWorld();
  world.make(pods, {
    metadata: { name: 'p' },
    spec: bare({ image: 'busybox:1.37', command: ['sleep', '3600'] }, { terminationGracePeriodSeconds: 10 }),
  });
  world.clock.advance(5000);
  let ended = false;
  world.nodes.followLogs(
    'default',
    'p',
    'main',
    () => undefined,
    () => {
      ended = true;
    },
  );
  world.cluster.delete(pods, 'default', 'p', { graceSeconds: 10 });
  world.clock.advance(9000);
  expect(world.events('Pod/p').at(-1)).toBe('Killing: Stopping container main');
  expect(world.pod('p')).toBeDefined();
  expect(ended).toBe(false);
  world.clock.advance(2000);
  expect(world.pod('p')).toBeUndefined();
  expect(ended).toBe(true);
});

test('a program of the sandbox runs for its image, with its environment and account', () => {
  const starts: ContainerStart[] = [];
  let stopped = 0;
  const world = openWorld({
    'ghcr.io/confighubai/confighub-worker': {
      start(container) {
        starts.push(container);
        container.log('connected');
        return {
          stop: () => {
            stopped += 1;
          },
        };
      },
    },
  });
  world.make(name('', 'serviceaccounts'), { metadata: { name: 'worker' } });
  world.make(name('', 'secrets'), {
    metadata: { name: 'env' },
    data: { CONFIGHUB_WORKER_SECRET: btoa('s3cret') },
  });
  world.make(pods, {
    metadata: { name: 'p' },
    spec: bare(
      {
        image: 'ghcr.io/confighubai/confighub-worker:latest',
        args: ['kubernetes', '$(CONFIGHUB_WORKER_ID)'],
        env: [{ name: 'CONFIGHUB_WORKER_ID', value: 'id' }],
        envFrom: [{ secretRef: { name: 'env' } }],
      },
      { serviceAccountName: 'worker' },
    ),
  });
  expect(world.clock.until(isReady(world), 10_000)).toBe(true);
  expect(starts[0]).toMatchObject({
    pod: { name: 'p', namespace: 'default', serviceAccount: 'worker' },
    args: ['kubernetes', 'id'],
    env: { CONFIGHUB_WORKER_ID: 'id', CONFIGHUB_WORKER_SECRET: 's3cret' },
    token: expect.stringMatching(/^\S+$/) as string,
  });
  expect(world.nodes.logs('default', 'p', 'main', false)).toMatchObject([{ text: 'connected' }]);
  starts[0]?.exited(1);
  expect(world.clock.until(() => starts.length === 2, 10_000)).toBe(true);
  world.cluster.delete(pods, 'default', 'p');
  world.clock.advance(1000);
  expect(stopped).toBe(1);
});

test('a startup probe holds the others back, and restarts what never starts', () => {
  const world = openWorld();
  const startupProbe = { ...probe('/nope', 18_085), failureThreshold: 3 };
  const container = { image: traderx('v1'), startupProbe, readinessProbe: probe('/health', 18_085) };
  world.make(pods, { metadata: { name: 'p' }, spec: bare(container) });
  world.clock.advance(14_000);
  expect(world.events('Pod/p').filter((event) => event.startsWith('Unhealthy: Readiness'))).toEqual([]);
  const statuses = world.pod('p')?.status?.['containerStatuses'] as JsonObject[] | undefined;
  expect(statuses?.[0]).toMatchObject({ started: false, ready: false });
  expect(world.events('Pod/p')).toContain('Killing: Container main failed startup probe, will be restarted');
});

test('a running pod answers requests and commands; what the catalogue does not know is undefined', () => {
  const world = openWorld();
  world.make(pods, { metadata: { name: 'p' }, spec: bare({ image: traderx('v1') }) });
  world.clock.advance(10_000);
  expect(world.nodes.request('default', 'p', 18_085, '/health?full=1')).toMatchObject({ status: 200 });
  expect(world.nodes.request('default', 'p', 18_085, '/nope')).toMatchObject({ status: 404 });
  expect(world.nodes.request('default', 'p', 80, '/')).toBeUndefined();
  expect(world.nodes.exec('default', 'p', 'main', ['echo', 'a', 'b'])).toEqual({ code: 0, output: 'a b\n' });
  expect(world.nodes.exec('default', 'p', 'main', ['node', '--version'])).toBeUndefined();
});

test('an exec probe follows the files that the container makes', () => {
  const world = openWorld();
  const readinessProbe = {
    exec: { command: ['cat', '/tmp/healthy'] },
    periodSeconds: 5,
    failureThreshold: 1,
  };
  const command = ['sh', '-c', 'touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600'];
  world.make(pods, {
    metadata: { name: 'p' },
    spec: bare({ image: 'busybox:1.37', command, readinessProbe }),
  });
  expect(world.clock.until(isReady(world), 10_000)).toBe(true);
  expect(world.clock.until(() => !isReady(world)(), 40_000)).toBe(true);
  expect(world.events('Pod/p').at(-1)).toBe(
    "Unhealthy: Readiness probe failed: cat: can't open '/tmp/healthy': No such file or directory\n",
  );
});

test('controllers that start anew leave running pods as they are, and still watch them', () => {
  const world = openWorld();
  const container = { image: traderx('v1'), readinessProbe: probe('/health', 18_085) };
  world.make(pods, { metadata: { name: 'p' }, spec: bare(container) });
  world.clock.until(isReady(world), 20_000);
  const before = world.pod('p');
  world.restart();
  world.clock.advance(30_000);
  expect(world.pod('p')).toEqual(before);
  expect(world.nodes.request('default', 'p', 18_085, '/health')).toMatchObject({ status: 200 });
  world.cluster.delete(pods, 'default', 'p');
  expect(world.clock.until(() => world.pod('p') === undefined, 5000)).toBe(true);
});

test('a sidecar starts first, runs beside the main container and is stopped after it', () => {
  const world = openWorld();
  const sidecar = { name: 'side', image: 'nginx:1.27', restartPolicy: 'Always' };
  const spec = bare(
    { image: 'busybox:1.37', command: ['sleep', '5'] },
    { restartPolicy: 'Never', initContainers: [sidecar] },
  );
  world.make(pods, { metadata: { name: 'p' }, spec });
  expect(world.clock.until(isReady(world), 10_000)).toBe(true);
  expect(world.clock.until(() => world.pod('p')?.status?.['phase'] === 'Succeeded', 20_000)).toBe(true);
  world.clock.advance(10_000);
  const told = world.events('Pod/p').filter((event) => /^(?:Started|Killing)/.test(event));
  expect(told).toEqual([
    'Started: Started container side',
    'Started: Started container main',
    'Killing: Stopping container side',
  ]);
});
