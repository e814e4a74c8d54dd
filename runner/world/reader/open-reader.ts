/** What of a world is the reader's own. Both parts are asked before anything of ours starts. */
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { WorldOptions } from '../world.ts';
import { openContext, type ReaderCluster } from './open-context.ts';
import { readClusterName, readHubUrl } from './names.ts';
import { openHub, type ReaderHub } from './open-hub.ts';

/** Absent is what the sandbox has to give. */
export interface Reader {
  readonly cluster?: ReaderCluster;
  readonly hub?: ReaderHub;
}

/** Throws WorldNotReady. */
export async function openReader(options: WorldOptions, kubectl: string): Promise<Reader> {
  const [name, url] = [readClusterName(options.cluster), readHubUrl(options.hub)];
  const cluster = name === undefined ? undefined : await openContext(name, kubectl, options);
  const hub = url === undefined ? undefined : await openHub(url, options.env);
  return { ...(cluster === undefined ? {} : { cluster }), ...(hub === undefined ? {} : { hub }) };
}

/** Why a sealed kubeconfig no longer leads to the cluster that was allowed: a chapter may have rewritten it. */
export async function verifyCluster(kubeconfig: string, cluster: ReaderCluster): Promise<string | undefined> {
  const text = await readFile(kubeconfig, 'utf8').catch(() => '');
  // Compared as data: `kubectl config set-context --namespace` is a chapter's right.
  const [now, then] = [addresses(text), addresses(cluster.kubeconfig)];
  if (now === then) return undefined;
  return `the kubeconfig no longer leads to the context ${cluster.name} alone: an earlier chapter changed it`;
}

/** Current context and all servers of a kubeconfig. */
function addresses(kubeconfig: string): string {
  const config: unknown = parse(kubeconfig);
  const { 'current-context': current, clusters } = Object(config) as Readonly<Record<string, unknown>>;
  const servers = (Array.isArray(clusters) ? clusters : []).map((one: { cluster?: { server?: unknown } }) =>
    String(one.cluster?.server),
  );
  return JSON.stringify([current, servers]);
}
