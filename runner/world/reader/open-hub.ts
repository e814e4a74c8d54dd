/** The reader's own ConfigHub: its URL, and the session of the `cub` that they have logged in with. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { WorldNotReady } from '../not-ready.ts';
import type { WorldOptions } from '../world.ts';

export interface ReaderHub {
  /** Without a trailing slash and without credentials. */
  readonly url: string;
  /** The files of `~/.confighub` that a sealed HOME needs, by name. */
  readonly files: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
}

const PATIENCE_MS = 10_000;
const SECRET_FIELDS = ['access_token', 'refresh_token', 'basic_auth_password'];

/** Throws WorldNotReady: no session, or nobody answers at `url`, an origin. */
export async function openHub(url: string, env: WorldOptions['env']): Promise<ReaderHub> {
  const folder = join(env['HOME'] ?? homedir(), '.confighub');
  const session = await readSession(folder);
  await requireAnswer(url, session);
  const functions = await readFile(join(folder, 'functions.json'), 'utf8').catch(() => undefined);
  const context = { confighub_url: url, organization_id: textOf(session, 'organization_id') };
  return {
    url,
    files: {
      'session.json': JSON.stringify(session),
      // The reader's own space stays at home: a chapter names its spaces.
      'context.json': JSON.stringify(context),
      ...(functions === undefined ? {} : { 'functions.json': functions }),
    },
    secrets: SECRET_FIELDS.map((name) => textOf(session, name)).filter((value) => value !== ''),
  };
}

type Session = Readonly<Record<string, unknown>>;

async function readSession(folder: string): Promise<Session> {
  const remedy = 'Log in with `cub auth login`.';
  const file = join(folder, 'session.json');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new WorldNotReady('there is no session of `cub`', remedy, { cause: error });
  });
  try {
    const session: unknown = JSON.parse(text);
    if (typeof session === 'object' && session !== null && textOf(session, 'access_token') !== '')
      return { ...session };
  } catch (error) {
    throw new WorldNotReady(`${file} is not JSON`, remedy, { cause: error });
  }
  throw new WorldNotReady(`${file} holds no access token`, remedy);
}

/** Asks for the spaces, as `cub` does first. */
async function requireAnswer(url: string, session: Session): Promise<void> {
  const token = textOf(session, 'access_token');
  const response = await fetch(`${url}/api/space`, {
    headers: textOf(session, 'auth_type') === 'Basic' ? {} : { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch((error: unknown) => {
    throw new WorldNotReady(`the hub ${url} does not answer`, 'Check the URL and the network.', {
      cause: error,
    });
  });
  if (response.ok || textOf(session, 'auth_type') === 'Basic') return;
  if (response.status === 401 || response.status === 403)
    throw new WorldNotReady(
      `the hub ${url} does not accept the session`,
      'Log in again with `cub auth login`.',
    );
  throw new WorldNotReady(
    `the hub ${url} answers with status ${response.status}`,
    'Check that the URL is that of a ConfigHub.',
  );
}

function textOf(value: object, name: string): string {
  const found: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
  return typeof found === 'string' ? found : '';
}
