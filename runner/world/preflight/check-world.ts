/** Is this world ready? Asks hub and cluster through their clients, as a chapter will. */
import { ask, type Clients } from '../ask.ts';
import { findLeftovers, type Where } from '../cleanup/find-leftovers.ts';
import { WorldNotReady } from '../not-ready.ts';
import type { Check } from './check.ts';

/** What the lessons do in a cluster. */
const RIGHTS = [
  ['create', 'namespaces'],
  ['delete', 'namespaces'],
  ['create', 'deployments.apps'],
  ['create', 'secrets'],
  ['create', 'clusterrolebindings.rbac.authorization.k8s.io'],
] as const;

export interface WorldToCheck extends Where {
  readonly prefix: string;
  /** What to type to remove the leftovers of the prefix. */
  readonly cleanup: string;
}

/** All checks of hub and cluster, the cluster's first. */
export async function checkWorld(clients: Clients, world: WorldToCheck): Promise<readonly Check[]> {
  const [cluster, hub] = await Promise.all([
    world.cluster ? checkCluster(clients) : [],
    world.hub ? checkHub(clients) : [],
  ]);
  const checks = [...cluster, ...hub];
  // Where somebody does not answer, leftovers cannot be looked for, and the reason stands there already.
  if (checks.some(({ status }) => status === 'failed')) return checks;
  return [...checks, await checkLeftovers(clients, world)];
}

async function checkCluster(clients: Clients): Promise<readonly Check[]> {
  const answer = await ask(clients, 'kubectl', ['version', '-o', 'json', '--request-timeout=10s']);
  const [client, server] = ['clientVersion', 'serverVersion'].map((name) => readVersion(answer.out, name));
  if (client === undefined) {
    const remedy = 'Install kubectl, or name one with --kubectl.';
    return [{ name: 'kubectl', status: 'failed', detail: answer.complaint, remedy }];
  }
  if (server === undefined) {
    return [
      { name: 'kubectl', status: 'ok', detail: client.text },
      {
        name: 'cluster',
        status: 'failed',
        detail: `does not answer: ${answer.complaint}`,
        remedy: 'Start the cluster, and check that `kubectl version` works.',
      },
    ];
  }
  return [
    skewOf(client, server),
    { name: 'cluster', status: 'ok', detail: server.text },
    await checkRights(clients),
  ];
}

interface Version {
  readonly text: string;
  readonly minor: number;
}

function readVersion(json: string, name: string): Version | undefined {
  const at = json.indexOf(`"${name}"`);
  const match = at < 0 ? null : /"gitVersion":\s*"(v\d+\.(\d+)[^"]*)"/.exec(json.slice(at));
  return match?.[1] === undefined ? undefined : { text: match[1], minor: Number(match[2]) };
}

function skewOf(client: Version, server: Version): Check {
  const found = { name: 'kubectl', detail: client.text };
  if (Math.abs(client.minor - server.minor) <= 1) return { ...found, status: 'ok' };
  return {
    name: 'kubectl',
    status: 'warning',
    detail: `${client.text} for a cluster of ${server.text}`,
    remedy: `Use a kubectl of 1.${server.minor} with --kubectl: more than one minor version apart is not supported.`,
  };
}

async function checkRights(clients: Clients): Promise<Check> {
  const answers = await Promise.all(
    RIGHTS.map(async ([verb, kind]) => {
      const { ok } = await ask(clients, 'kubectl', ['auth', 'can-i', verb, kind, '--all-namespaces']);
      return ok ? [] : [`${verb} ${kind.split('.')[0] ?? kind}`];
    }),
  );
  const missing = answers.flat();
  if (missing.length === 0) return { name: 'rights', status: 'ok', detail: 'all that the lessons need' };
  return {
    name: 'rights',
    status: 'failed',
    detail: `you may not ${missing.join(', ')}`,
    remedy: 'Ask for the role cluster-admin in this cluster, or take a cluster of your own (kind, k3d).',
  };
}

async function checkHub(clients: Clients): Promise<readonly Check[]> {
  const remedy = 'Check the URL, and log in with `cub auth login`.';
  const info = await ask(clients, 'cub', ['info']);
  if (!info.ok) return [{ name: 'hub', status: 'failed', detail: info.complaint, remedy }];
  const url = /Server URL:\s*(\S+)/.exec(info.out)?.[1] ?? 'answers';
  const spaces = await ask(clients, 'cub', ['space', 'list', '--names']);
  return [
    { name: 'hub', status: 'ok', detail: url },
    spaces.ok
      ? { name: 'session', status: 'ok', detail: 'valid' }
      : { name: 'session', status: 'failed', detail: spaces.complaint, remedy },
    await checkContract(clients),
  ];
}

/** An unknown command prints help and exits with 0, so the flag's own help decides. */
async function checkContract(clients: Clients): Promise<Check> {
  const { out } = await ask(clients, 'cub', ['unit', 'update', '--help']);
  if (/--changeset\b/.test(out)) return { name: 'cub', status: 'ok', detail: 'contract of October 2025' };
  return {
    name: 'cub',
    status: 'warning',
    detail: 'contract of August 2025',
    remedy: 'Use a later cub for changesets, tags and filters (lessons 5 to 7), or leave --cub out.',
  };
}

async function checkLeftovers(clients: Clients, world: WorldToCheck): Promise<Check> {
  const { prefix } = world;
  try {
    const { spaces, cluster } = await findLeftovers(clients, prefix, world);
    const found = [
      ...spaces.map((slug) => `space ${slug}`),
      ...cluster.map(({ kind, name }) => `${kind} ${name}`),
    ];
    if (found.length === 0)
      return { name: 'leftovers', status: 'ok', detail: `none of the prefix ${prefix}` };
    return {
      name: 'leftovers',
      status: 'failed',
      detail: `of the prefix ${prefix}: ${found.join(', ')}`,
      remedy: `Run \`${world.cleanup}\`, or take another prefix with MTX_PREFIX.`,
    };
  } catch (error) {
    if (!(error instanceof WorldNotReady)) throw error;
    return { name: 'leftovers', status: 'failed', detail: error.message, remedy: error.remedy };
  }
}
