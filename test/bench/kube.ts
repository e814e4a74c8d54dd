/**
 * `npm run bench:kube`: what the emulator costs beside what it may cost, as its clients see it, and the CPU time of its process,
 * which other work on the machine does not change. `--kubectl PATH` is the client, `--profile DIR` keeps a CPU profile of the
 * emulator. Prints numbers and judges none: machines differ.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { findKubectl } from '../../runner/world/find-kubectl.ts';
import { openClient, type Client } from './kube/client.ts';
import { joinEmulator, startEmulator, type Emulator } from './kube/start-emulator.ts';

const DEPLOYMENTS = 200;
const REPLICAS = 5;
const PODS = DEPLOYMENTS * REPLICAS;
const WATCHERS = 50;
const CHANGES = 200;
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';

const { values } = parseArgs({ options: { kubectl: { type: 'string' }, profile: { type: 'string' } } });
const folder = mkdtempSync(join(tmpdir(), 'mtx-bench-'));
try {
  const program = await joinEmulator(folder);
  await benchStart(program);
  const profile = values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`];
  const emulator = await startEmulator(program, profile);
  const client = openClient(emulator);
  try {
    await benchKubectl(emulator);
    await benchRollout(emulator, client);
    await benchLists(emulator, client);
    await benchWatches(emulator, client);
    await benchKubectl(emulator);
  } finally {
    client.close();
    await emulator.close();
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** The first start fills the compile cache and does not count. */
async function benchStart(program: string): Promise<void> {
  const started: Emulator[] = [];
  for (let round = 0; round <= 7; round += 1) {
    const emulator = await startEmulator(program);
    await emulator.close();
    if (round > 0) started.push(emulator);
  }
  const took = median(started.map(({ startedIn }) => startedIn));
  const cpu = median(started.map(({ startedWith }) => startedWith));
  print('a new process, from its start until it listens', `${took} ms`, '150 ms', cpu);
}

/** With the discovery cache that the first run fills, as in a reader's second command. */
async function benchKubectl(emulator: Emulator): Promise<void> {
  const { path } = await findKubectl({ env: process.env, progress: () => undefined, ...values });
  const home = mkdtempSync(join(folder, 'home-'));
  const config = join(home, 'config');
  writeFileSync(config, renderConfig(emulator));
  const env = { PATH: process.env['PATH'], HOME: home, KUBECONFIG: config };
  const run = promisify(execFile);
  await repeat('kubectl get pods, start to exit', '110 ms', emulator, () =>
    run(path, ['get', 'pods'], { env, maxBuffer: 1e8 }),
  );
}

function renderConfig({ url, authority, token }: Emulator): string {
  const cluster = { server: url, 'certificate-authority-data': Buffer.from(authority).toString('base64') };
  return JSON.stringify({
    clusters: [{ name: 'bench', cluster }],
    users: [{ name: 'bench', user: { token } }],
    contexts: [{ name: 'bench', context: { cluster: 'bench', user: 'bench' } }],
    'current-context': 'bench',
  });
}

async function benchRollout(emulator: Emulator, client: Client): Promise<void> {
  const before = await emulator.cost();
  const started = performance.now();
  const available = new Set<string>();
  let finish = (): void => undefined;
  const done = new Promise<void>((resolve) => (finish = resolve));
  const deployments = '/apis/apps/v1/namespaces/default/deployments';
  await client.watch(`${deployments}?watch=1`, (line) => {
    const { object } = JSON.parse(line) as { object: Workload };
    if (object.status?.availableReplicas === REPLICAS) available.add(object.metadata.name);
    if (available.size === DEPLOYMENTS) finish();
  });
  for (let index = 0; index < DEPLOYMENTS; index += 1)
    await client.send('POST', deployments, { body: renderDeployment(`web-${index}`) });
  await done;
  const took = (performance.now() - started) / 1000;
  const after = await emulator.cost();
  const name = `${PODS} pods over ${DEPLOYMENTS} deployments rolled out`;
  print(name, `${took.toFixed(1)} s`, '20 s', after.cpu - before.cpu);
  print('memory of the process then, at most', `${after.most.toFixed(0)} MB`, '400 MB');
}

interface Workload {
  readonly metadata: { readonly name: string };
  readonly status?: { readonly availableReplicas?: number };
}

function renderDeployment(name: string): unknown {
  const container = { name: 'web', image: 'nginx:1.27', ports: [{ containerPort: 80 }] };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: { app: name } },
    spec: {
      replicas: REPLICAS,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [container] } },
    },
  };
}

async function benchLists(emulator: Emulator, client: Client): Promise<void> {
  const pods = '/api/v1/namespaces/default/pods';
  await repeat(`list of ${PODS} pods`, '60 ms', emulator, () => client.send('GET', pods));
  await repeat(`list of ${PODS} pods as a table`, '60 ms', emulator, () =>
    client.send('GET', pods, { accept: TABLE }),
  );
}

/** Each watcher must hear of each change, once and in order. */
async function benchWatches(emulator: Emulator, client: Client): Promise<void> {
  const maps = '/api/v1/namespaces/default/configmaps';
  await client.send('POST', maps, { body: { metadata: { name: 'seen' }, data: { round: '0' } } });
  const heard = Array.from({ length: WATCHERS }, (): string[] => []);
  let finish = (): void => undefined;
  const done = new Promise<void>((resolve) => (finish = resolve));
  for (const rounds of heard)
    await client.watch(`${maps}?watch=1&fieldSelector=metadata.name=seen`, (line) => {
      rounds.push((JSON.parse(line) as { object: { data: { round: string } } }).object.data.round);
      if (heard.every(({ length }) => length > CHANGES)) finish();
    });
  const before = await emulator.cost();
  const started = performance.now();
  for (let round = 1; round <= CHANGES; round += 1)
    await client.send('PUT', `${maps}/seen`, {
      body: { metadata: { name: 'seen' }, data: { round: String(round) } },
    });
  const hung = AbortSignal.timeout(30_000);
  await Promise.race([done, new Promise((resolve) => hung.addEventListener('abort', resolve))]);
  const took = performance.now() - started;
  const expected = JSON.stringify(Array.from({ length: CHANGES + 1 }, (_, round) => String(round)));
  const whole = heard.filter((rounds) => JSON.stringify(rounds) === expected).length;
  const { cpu } = await emulator.cost();
  print(`watchers that heard all of ${CHANGES} changes in order`, `${whole}`, `${WATCHERS}`);
  print(
    `${CHANGES} changes, each sent to ${WATCHERS} watchers`,
    `${took.toFixed(0)} ms`,
    '-',
    cpu - before.cpu,
  );
}

/** The median of some rounds, after one to warm up. */
async function repeat(
  name: string,
  bar: string,
  emulator: Emulator,
  work: () => Promise<unknown>,
  rounds = 11,
): Promise<void> {
  await work();
  const before = await emulator.cost();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  const { cpu } = await emulator.cost();
  print(name, `${median(times).toFixed(0)} ms`, bar, (cpu - before.cpu) / rounds);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((left, right) => left - right)[numbers.length >> 1] ?? 0;
}

function print(name: string, value: string, bar: string, cpu?: number): void {
  const time = cpu === undefined ? '' : `   CPU of the emulator ${cpu.toFixed(1)} ms`;
  console.log(`${name.padEnd(56)} ${value.padStart(8)}   bar ${bar.padEnd(7)}${time}`);
}
