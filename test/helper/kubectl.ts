/** Real kubectl against a server of the test's own, over HTTPS with the server's own certificate. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createCertificate } from '../../runner/sandbox/http/certificate.ts';
import { adminToken, openKubeServer, type KubeServer } from './kube-server.ts';

/** The path of a program: what the variable names, else the first on PATH. */
export function findProgram(name: string, variable: string): string | undefined {
  const named = process.env[variable];
  if (named !== undefined && named !== '') return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

export const kubectl: string | undefined = findProgram('kubectl', 'MTX_KUBECTL');

export interface Client {
  readonly server: KubeServer;
  /** For clients that read a kubeconfig. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** HOME of the client. */
  readonly folder: string;
  /** The words of a command line; standard output and error, and the exit code, as one text. */
  run(command: string | readonly string[], input?: string): Promise<string>;
  /** Starts kubectl, which runs until it is ended. */
  start(command: string): ChildProcess;
  close(): Promise<void>;
}

/** Opens a server, and `program` as a client of it. */
export async function openClient(program: string | undefined = kubectl): Promise<Client> {
  const tls = createCertificate();
  const server = await openKubeServer({ tls });
  const folder = mkdtempSync(join(tmpdir(), 'mtx-client-'));
  const authority = Buffer.from(tls.certificate).toString('base64');
  const cluster = { server: server.url, 'certificate-authority-data': authority };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user: { token: adminToken } }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'c',
  };
  writeFileSync(join(folder, 'config'), JSON.stringify(config));
  const env = { PATH: process.env['PATH'], HOME: folder, KUBECONFIG: join(folder, 'config') };
  const binary = program ?? '';
  return {
    server,
    env,
    folder,
    run: (command, input = '') =>
      new Promise((resolve) => {
        const words = typeof command === 'string' ? command.split(' ') : command;
        const child = execFile(binary, words, { env, timeout: 25_000 }, (error, out, err) =>
          resolve(`${out}${err}${error === null ? '' : `exit ${String(error.code)}\n`}`),
        );
        child.stdin?.end(input);
      }),
    start: (command) => spawn(binary, command.split(' '), { env, stdio: ['ignore', 'pipe', 'pipe'] }),
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
