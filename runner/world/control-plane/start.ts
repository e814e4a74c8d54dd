/** Starts the control plane: etcd and the API server first, everything else once the API answers. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ControlPlaneAccess } from '../../sandbox/sandbox.ts';
import { WorldNotReady } from '../not-ready.ts';
import type { WorldOptions } from '../world.ts';
import {
  ACCOUNT_KEY,
  CERTIFICATE,
  COMPONENTS,
  KUBECONFIG,
  KWOK_CONFIG,
  TOKENS,
  type ComponentName,
  type Setting,
} from './components.ts';
import { findFreePorts } from './free-ports.ts';
import { isReady } from './is-ready.ts';
import { readTail } from './read-tail.ts';
import { runGuarded, type Guarded } from './run-guarded.ts';

const READY_WITHIN_MS = 60_000;
const POLL_MS = 50;
const FIRST: readonly ComponentName[] = ['etcd', 'kube-apiserver'];

export interface ControlPlane {
  readonly access: ControlPlaneAccess;
  /** Ends every process; their data go with the world's folder. */
  close(): Promise<void>;
}

export interface ControlPlaneOptions {
  /** Where the programs are. */
  readonly binaries: string;
  /** The world's own folder. */
  readonly folder: string;
  readonly kwokConfig: string;
  readonly env: WorldOptions['env'];
}

/** Resolves when the API answers. Rejects with WorldNotReady, and nothing runs any more then. */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const folder = join(options.folder, 'control-plane');
  await mkdir(folder, { mode: 0o700 });
  const setting: Setting = { folder, ports: await findFreePorts(['etcd', 'peer', 'api']) };
  const adminToken = randomBytes(16).toString('hex');
  await writeFiles(setting, adminToken, options.kwokConfig);
  const running: { readonly name: ComponentName; readonly guarded: Guarded }[] = [];
  const start = (wanted: (name: ComponentName) => boolean): void => {
    for (const { name, arguments: list } of COMPONENTS.filter((component) => wanted(component.name))) {
      const log = join(folder, `${name}.log`);
      const path = join(options.binaries, name);
      const env = { PATH: options.env['PATH'], HOME: folder };
      running.push({ name, guarded: runGuarded({ path, args: list(setting), env, cwd: folder, log }) });
    }
  };
  const close = async (): Promise<void> => {
    await Promise.all(running.toReversed().map(({ guarded }) => guarded.stop()));
  };
  try {
    start((name) => FIRST.includes(name));
    const url = `https://127.0.0.1:${setting.ports.api}`;
    await waitForApi(url, join(folder, CERTIFICATE), adminToken, folder, running);
    start((name) => !FIRST.includes(name));
    const certificateAuthority = await readFile(join(folder, CERTIFICATE), 'utf8');
    return { access: { url, certificateAuthority, adminToken }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function writeFiles({ folder, ports }: Setting, adminToken: string, kwokConfig: string): Promise<void> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const secret = { mode: 0o600 };
  await writeFile(join(folder, ACCOUNT_KEY), privateKey.export({ type: 'pkcs1', format: 'pem' }), secret);
  await writeFile(join(folder, TOKENS), `${adminToken},kubernetes-admin,,"system:masters"\n`, secret);
  await writeFile(join(folder, KWOK_CONFIG), kwokConfig);
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'c',
        cluster: {
          server: `https://127.0.0.1:${ports.api}`,
          'certificate-authority': join(folder, CERTIFICATE),
        },
      },
    ],
    users: [{ name: 'u', user: { token: adminToken } }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'c',
  };
  await writeFile(join(folder, KUBECONFIG), JSON.stringify(kubeconfig), secret);
}

async function waitForApi(
  url: string,
  certificate: string,
  token: string,
  folder: string,
  running: readonly { readonly name: ComponentName; readonly guarded: Guarded }[],
): Promise<void> {
  let dead: ComponentName | undefined;
  for (const { name, guarded } of running) void guarded.ended.then(() => (dead ??= name));
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await isReady(url, certificate, token))) {
    if (dead !== undefined || Date.now() > deadline) {
      const name = dead ?? 'kube-apiserver';
      const what = dead === undefined ? `was not ready within ${READY_WITHIN_MS / 1000} s` : 'ended';
      throw new WorldNotReady(
        `${name} ${what}: ${await readTail(join(folder, `${name}.log`))}`,
        'Try again; if it stays so, use the emulator (leave out --cluster).',
      );
    }
    await new Promise((resolve) => {
      setTimeout(resolve, POLL_MS);
    });
  }
}
