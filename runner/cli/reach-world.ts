/**
 * Finds the world that a reader means, for commands that look into one: the shell of `mtx-doc sandbox` that they type in, a
 * sandbox's state folder, their own cluster and hub. Nobody's ambient kubeconfig is ever taken.
 */
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { markerVariable } from '../execution/environment.ts';
import { makeFolders, removeFolders, type ChainFolders } from '../execution/folders.ts';
import { DatabaseInUse } from '../sandbox/open.ts';
import type { Clients } from '../world/ask.ts';
import { findKubectl } from '../world/find-kubectl.ts';
import { writeClients } from '../world/furnish.ts';
import { WorldNotReady } from '../world/not-ready.ts';
import { openWorld } from '../world/open-world.ts';
import type { World } from '../world/world.ts';
import { clientsOf } from './clients-of.ts';
import type { CommandInput } from './command.ts';
import type { Host } from './host.ts';
import { EMBEDDED, readWorldOptions } from './read-world-options.ts';
import { UsageError } from './usage-error.ts';

/** A world to ask, for as long as `use` takes. */
export interface Reached {
  readonly clients: Clients;
  /** For people: `the cluster of the context kind-mtx and the hub https://…`. */
  readonly name: string;
  readonly hub: boolean;
  readonly cluster: boolean;
}

type Use<T> = (reached: Reached) => Promise<T>;

/** True in a shell of `mtx-doc sandbox`: the clients on PATH lead to its world. */
export function isInSandbox({ env }: Host): boolean {
  return [markerVariable, 'KUBECONFIG', 'CONFIGHUB_URL'].every((name) => (env[name] ?? '') !== '');
}

/** True where the options name a world, or the reader types in a sandbox. */
export function namesWorld(input: CommandInput, host: Host): boolean {
  return ['state', 'cluster', 'hub'].some((name) => input.text(name) !== undefined) || isInSandbox(host);
}

/** Opens it, lets `use` ask it, and closes it. Throws WorldNotReady and UsageError. */
export async function reachWorld<T>(input: CommandInput, host: Host, use: Use<T>): Promise<T> {
  const [state, cluster, hub] = ['state', 'cluster', 'hub'].map((name) => input.text(name));
  if (state !== undefined && (cluster ?? hub) !== undefined)
    throw new UsageError('--state is a world of its own', 'leave out --cluster and --hub');
  if (state === undefined && (cluster ?? hub) === undefined && isInSandbox(host))
    return await use({ clients: ambientClients(host), name: 'this sandbox', hub: true, cluster: true });
  const folder = state === undefined ? undefined : findState(state, host);
  const session = makeFolders(host.env['TMPDIR'] || tmpdir(), host.cwd);
  try {
    return await (folder === undefined
      ? useOpened(input, host, session, use)
      : useState(input, host, folder, session, use));
  } finally {
    await removeFolders(session);
  }
}

function ambientClients({ env }: Host): Clients {
  const set = Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return { env: Object.fromEntries(set) as Record<string, string> };
}

function findState(given: string, host: Host): string {
  const folder = resolve(host.cwd, given);
  if (existsSync(join(folder, 'hub.sqlite'))) return folder;
  throw new UsageError(`${given} is no state of a sandbox`, 'give the folder of `mtx-doc sandbox --state`');
}

/** The reader's own cluster and hub, or a fresh embedded world where they name none. */
async function useOpened<T>(input: CommandInput, host: Host, session: ChainFolders, use: Use<T>): Promise<T> {
  const [cluster, hub] = [input.text('cluster'), input.text('hub')];
  const isFresh = cluster === undefined && hub === undefined;
  const world = await openWorld(readWorldOptions(input, host, tell(host)), session);
  try {
    const names = [
      ...(cluster === undefined ? [] : [`the cluster ${world.info.clusterName ?? cluster}`]),
      ...(hub === undefined ? [] : [`the hub ${world.info.hubName ?? hub}`]),
    ];
    return await use({
      clients: clientsOf(world, session, host),
      name: isFresh ? 'a new embedded world' : names.join(' and '),
      hub: isFresh || hub !== undefined,
      cluster: isFresh || cluster !== undefined,
    });
  } finally {
    await world.close();
  }
}

/** A sandbox's state, opened, or joined where a session has it open. */
async function useState<T>(
  input: CommandInput,
  host: Host,
  state: string,
  session: ChainFolders,
  use: Use<T>,
): Promise<T> {
  const home = join(state, 'home');
  const options = readWorldOptions(input, host, tell(host), { ...EMBEDDED, state });
  const both = { hub: true, cluster: true };
  let world: World;
  try {
    world = await openWorld(options, { ...session, home });
  } catch (error) {
    if (!(error instanceof WorldNotReady && error.cause instanceof DatabaseInUse)) throw error;
    const kubectl = await findKubectl(options);
    const path = [await writeClients(options, session, kubectl.path)];
    const env = { KUBECONFIG: join(home, '.kube', 'config'), CONFIGHUB_URL: readHubUrl(home) };
    const clients = clientsOf({ env, path }, { home }, host);
    return await use({ clients, name: `the running sandbox of ${state}`, ...both });
  }
  try {
    const clients = clientsOf(world, { home }, host);
    return await use({ clients, name: `the sandbox of ${state}`, ...both });
  } finally {
    await world.close();
  }
}

function readHubUrl(home: string): string {
  const context: unknown = JSON.parse(readFileSync(join(home, '.confighub', 'context.json'), 'utf8'));
  return String(Object(context).confighub_url);
}

function tell(host: Host): (line: string) => void {
  return (line) => host.stderr.write(`${line}\n`);
}
