/** Is this machine ready? Asks the system, not the network. */
import { statfs } from 'node:fs/promises';
import type { Check } from './check.ts';

const OLDEST_BASH = [4, 4] as const;
/** A chain's folders, the copy of k8s/ and its output; a fetched kubectl takes 60 MB. */
const LEAST_FREE_MB = 200;
const PATIENCE_MS = 10_000;

/** Node, bash, disk and ports, in this order. */
export async function checkMachine(temp: string): Promise<readonly Check[]> {
  const node = { name: 'Node', status: 'ok', detail: process.versions.node } as const;
  return [node, ...(await Promise.all([checkBash(), checkDisk(temp), checkPorts()]))];
}

/**
 * What of it a run asks at its start: no process is started for it where bash cannot be too old, since a Linux that runs
 * this Node has a bash of 4.4 or later.
 */
export async function checkMachineQuickly(temp: string): Promise<readonly Check[]> {
  const bash = process.platform === 'linux' ? [] : [checkBash()];
  return await Promise.all([checkDisk(temp), ...bash]);
}

async function checkBash(): Promise<Check> {
  const remedy = 'Install bash 4.4 or later and put it first on PATH (macOS: `brew install bash`).';
  const script = 'echo "${BASH_VERSINFO[0]} ${BASH_VERSINFO[1]}"';
  const { execFile } = await import('node:child_process');
  const text = await new Promise<string | undefined>((resolve) => {
    execFile('bash', ['--norc', '-c', script], { timeout: PATIENCE_MS }, (error, out) =>
      resolve(error === null ? out : undefined),
    );
  });
  if (text === undefined) return { name: 'bash', status: 'failed', detail: 'not found on PATH', remedy };
  const [major = 0, minor = 0] = text.trim().split(' ').map(Number);
  const isOld = major < OLDEST_BASH[0] || (major === OLDEST_BASH[0] && minor < OLDEST_BASH[1]);
  const found = { name: 'bash', detail: `${major}.${minor}` };
  return isOld ? { ...found, status: 'failed', remedy } : { ...found, status: 'ok' };
}

async function checkDisk(temp: string): Promise<Check> {
  try {
    const { bavail, bsize } = await statfs(temp);
    const free = Math.floor((bavail * bsize) / 1024 ** 2);
    const found = { name: 'disk', detail: `${free} MB free in ${temp}` };
    if (free >= LEAST_FREE_MB) return { ...found, status: 'ok' };
    const remedy = `Free ${LEAST_FREE_MB} MB there, or set TMPDIR to a folder with more room.`;
    return { ...found, status: 'failed', remedy };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      name: 'disk',
      status: 'failed',
      detail: reason,
      remedy: 'Set TMPDIR to a folder that is there.',
    };
  }
}

/** The world listens on ports that the system picks. */
async function checkPorts(): Promise<Check> {
  const { createServer } = await import('node:net');
  return await new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) =>
      resolve({
        name: 'ports',
        status: 'failed',
        detail: `nothing can listen on 127.0.0.1: ${error.message}`,
        remedy: 'Allow programs to listen on the loopback interface.',
      }),
    );
    server.listen(0, '127.0.0.1', () =>
      server.close(() => resolve({ name: 'ports', status: 'ok', detail: 'free on 127.0.0.1' })),
    );
  });
}
