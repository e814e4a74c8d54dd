/** Asks whether a background block is ready, the way its `ready=` says. */
import { connect } from 'node:net';
import type { Readiness } from '../chapter/chapter.ts';

const askMs = 2000;

/** One question; never throws. `readOutput` gives what the block has printed so far. */
export async function isReady(ready: Readiness, readOutput: () => string): Promise<boolean> {
  switch (ready.kind) {
    case 'tcp':
      return acceptsConnection(ready.port);
    case 'http':
      return answers(ready.url);
    case 'output':
      return new RegExp(ready.pattern, 'm').test(readOutput());
  }
}

/** The port that `ready=` asks, if something answers there; ask before the start: later nobody knows who answers. */
export async function findTakenPort(ready: Readiness): Promise<number | undefined> {
  if (ready.kind === 'output') return undefined;
  const { host, port } = ready.kind === 'tcp' ? { host: undefined, port: ready.port } : findPlace(ready.url);
  return (await acceptsConnection(port, host)) ? port : undefined;
}

function findPlace(url: string): { readonly host: string; readonly port: number } {
  const { protocol, hostname, port } = new URL(url);
  const standard = protocol === 'https:' ? 443 : 80;
  return { host: hostname.replaceAll(/[[\]]/g, ''), port: port === '' ? standard : Number(port) };
}

function acceptsConnection(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: askMs });
    const finish = (ready: boolean) => (): void => {
      socket.destroy();
      resolve(ready);
    };
    socket.once('connect', finish(true)).once('error', finish(false)).once('timeout', finish(false));
  });
}

/** Any answer below 500 counts: a server that says "not found" is there. */
async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(askMs) });
    await response.body?.cancel();
    return response.status < 500;
  } catch {
    return false;
  }
}
