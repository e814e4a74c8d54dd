/**
 * `npm run bench:hub`: what the hub costs with 10,000 units in 200 spaces, over HTTP as clients see it and in the server
 * alone, and how long snapshots and opening take. Prints numbers and judges none: machines differ.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { serve } from '../../runner/sandbox/http/serve.ts';
import { keepHeapSmall } from '../../runner/sandbox/heap.ts';
import { openHub } from '../../runner/sandbox/hub/open.ts';
import { openSandbox } from '../../runner/sandbox/open.ts';
import { systemClock } from '../../runner/sandbox/store/clock.ts';
import { seededIds } from '../../runner/sandbox/store/ids.ts';
import { openStore } from '../../runner/sandbox/store/open.ts';
import { base64, pickText, send } from '../support/hub.ts';

const SPACES = 200;
const UNITS = 10_000;
const CUB = fileURLToPath(new URL('../../runner/sandbox/cub/bin.js', import.meta.url));

keepHeapSmall();
const store = openStore({ logLength: 100 });
let url = '';
const hub = openHub({ store, clock: systemClock, ids: seededIds('bench'), url: () => url });
const listening = await serve(hub.handler);
({ url } = listening);

await measure('create 200 spaces and 10,000 units', fill);
console.log(`memory: ${memory()}`);
const where = encodeURIComponent("Labels.Tier = 'web' AND Space.Slug = 'space-7'");
await repeat('list by a label and a space, in the server', () => ask('GET', `/unit?where=${where}`));
await repeat('list by a label, 2,500 units, in the server', () =>
  ask('GET', `/unit?where=${encodeURIComponent("Labels.Tier = 'web'")}`),
);
const first = await idOf('GET', "/space?where=Slug%3D'space-8'", '0.Space.SpaceID');
await repeat('list one space by a label, in the server', () =>
  ask('GET', `/space/${first}/unit?where=${encodeURIComponent("Labels.Tier = 'web'")}`),
);
const thousand = encodeURIComponent("Labels.Batch = 'b3'");
await repeat(
  'bulk update of 1,000 units: labels',
  () => ask('PATCH', `/unit?where=${thousand}`, { Labels: { Seen: 'yes' } }),
  3,
);
let round = 0;
await repeat(
  'bulk update of 1,000 units: data',
  () => ask('PATCH', `/unit?where=${thousand}`, { Data: base64(manifest((round += 1))) }),
  3,
);
console.log(`memory, with 3,000 revisions more: ${memory()}`);
await benchFunctions();
console.log(`memory, with 20,000 revisions more: ${memory()}`);
await runCub();
await benchSnapshots();
await listening.close();
hub.close();
store.close();
await benchSandbox();

async function fill(): Promise<void> {
  for (let number = 0; number < SPACES; number += 1) {
    const slug = `space-${number}`;
    const space = await idOf('POST', '/space', 'SpaceID', { Slug: slug, Labels: { Environment: 'dev' } });
    for (let index = number; index < UNITS; index += SPACES) {
      const batch = `b${Math.floor(index / 1000)}`;
      const labels = { Tier: ['web', 'db', 'cache', 'job'][((index / SPACES) % 4) | 0], Batch: batch };
      await ask('POST', `/space/${space}/unit`, {
        Slug: `unit-${index}`,
        Labels: labels,
        Data: base64(manifest(0)),
      });
    }
  }
}

function manifest(round: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
  namespace: default
spec:
  replicas: ${round}
  selector:
    matchLabels:
      app: app
  template:
    metadata:
      labels:
        app: app
    spec:
      containers:
        - name: app
          image: ghcr.io/example/app:1.0.${round}
          ports:
            - containerPort: 8080
          resources:
            limits:
              memory: 128Mi
`;
}

/** The answer's text: reading it is the client's work, which is not measured here. */
async function ask(method: string, target: string, body?: unknown): Promise<string> {
  const response = await send(hub.handler, method, target, body);
  if (response.status >= 300 || typeof response.body !== 'string')
    throw new Error(`${method} ${target}: ${response.status}`);
  if (response.body === '[]') throw new Error(`${method} ${target} selects nothing`);
  return response.body;
}

async function idOf(method: string, target: string, path: string, body?: unknown): Promise<string> {
  return pickText(JSON.parse(await ask(method, target, body)), path);
}

async function measure(name: string, work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  const took = performance.now() - started;
  console.log(`${name}: ${took.toFixed(1)} ms`);
  return took;
}

/** The median of some rounds, after one to warm up; and the CPU time of this process for a round, which other work on the machine moves less. */
async function repeat(name: string, work: () => unknown, rounds = 9): Promise<void> {
  const times: number[] = [];
  let before = process.cpuUsage();
  for (let round = 0; round <= rounds; round += 1) {
    if (round === 1) before = process.cpuUsage();
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  const { user, system } = process.cpuUsage(before);
  const sorted = times.slice(1).sort((left, right) => left - right);
  const [median, first, cpu] = [sorted[rounds >> 1] ?? 0, times[0] ?? 0, (user + system) / 1000 / rounds];
  console.log(`${name}: ${median.toFixed(1)} ms (first ${first.toFixed(1)}, CPU ${cpu.toFixed(1)})`);
}

/** Of this process: hub, SQLite and the bench itself, which holds one answer at a time. Nothing asks for a collection. */
function memory(): string {
  const { maxRSS } = process.resourceUsage();
  return `${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB resident, ${((maxRSS * 1024) / 1e6).toFixed(0)} MB at most so far`;
}

/** Functions on the same 1,000 units, each with another value in each round, so that each round writes. */
async function benchFunctions(): Promise<void> {
  let value = 100;
  const calls: readonly (readonly [string, () => readonly unknown[]])[] = [
    ['set-replicas', () => [(value += 1)]],
    ['set-env', () => ['app', `SEEN=${(value += 1)}`]],
    ['set-image', () => ['app', `ghcr.io/example/app:2.${(value += 1)}`]],
    ['set-int-path', () => ['apps/v1/Deployment', 'spec.minReadySeconds', (value += 1)]],
    [
      'set-string-path',
      () => ['apps/v1/Deployment', 'spec.template.spec.containers.?name=app.image', `a:${(value += 1)}`],
    ],
    ['get-replicas', () => []],
    ['get-image', () => ['app']],
    ['get-string-path', () => ['apps/v1/Deployment', 'spec.template.spec.containers.*.image']],
    ['yq', () => ['.spec.template.spec.containers[0].image']],
    ['no-placeholders', () => []],
    ['cel-validate', () => ['r.kind != "Deployment" || r.spec.replicas < 100000']],
  ];
  for (const [name, values] of calls)
    await repeat(
      `function on 1,000 units: ${name}`,
      () => {
        const Arguments = values().map((Value) => ({ Value }));
        return ask('POST', `/function/invoke?where=${thousand}`, {
          FunctionInvocations: [{ FunctionName: name, Arguments }],
        });
      },
      3,
    );
}

/** `cub unit list` as a process, start to exit, with the compile cache that its first run fills. */
async function runCub(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'mtx-bench-'));
  mkdirSync(join(home, '.confighub'));
  const session = {
    access_token: 'x',
    auth_type: 'AuthKit',
    user: { id: 'user_reader', email: 'reader@example.com' },
  };
  writeFileSync(join(home, '.confighub', 'session.json'), JSON.stringify(session));
  const env = { ...process.env, HOME: home, CONFIGHUB_URL: url, NODE_COMPILE_CACHE: join(home, 'cache') };
  const run = promisify(execFile);
  await repeat('cub unit list, one space, start to exit', () =>
    run(process.execPath, [CUB, 'unit', 'list', '--space', 'space-8'], { env }),
  );
  rmSync(home, { recursive: true });
}

async function benchSnapshots(): Promise<void> {
  let snapshot: Uint8Array = new Uint8Array();
  await measure('snapshot of the 10,000 units', () => (snapshot = store.snapshot()));
  console.log(`snapshot: ${(snapshot.length / 1e6).toFixed(1)} MB`);
  await measure('a store from that snapshot', () => openStore({ snapshot }).close());
}

async function benchSandbox(): Promise<void> {
  const options = { seed: 'bench', kubernetesVersion: 'v1.34.4', speed: 0.1 };
  const state = mkdtempSync(join(tmpdir(), 'mtx-bench-'));
  const sandbox = await openSandbox(options);
  const snapshot = sandbox.snapshot?.();
  await sandbox.close();
  for (const [name, more] of [
    ['a fresh sandbox, opened and closed', {}],
    ['a sandbox from a snapshot', snapshot === undefined ? {} : { snapshot }],
    ['a sandbox in a folder', { state }],
  ] as const)
    await repeat(name, async () => (await openSandbox({ ...options, ...more })).close());
  rmSync(state, { recursive: true });
}
