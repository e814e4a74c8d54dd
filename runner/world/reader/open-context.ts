/**
 * The reader's own cluster: one context of their kubeconfig, by name. Its settings are copied into the sealed world alone,
 * without the other contexts, so that no command of a chapter can reach another cluster.
 */
import { execa } from 'execa';
import { parse } from 'yaml';
import { WorldNotReady } from '../not-ready.ts';
import type { WorldOptions } from '../world.ts';

export interface ReaderCluster {
  readonly name: string;
  /** A kubeconfig with this context alone, certificates and tokens included. */
  readonly kubeconfig: string;
  /** The address of the API server. */
  readonly server: string;
  /** What the server calls its version. */
  readonly version: string;
  readonly secrets: readonly string[];
}

/** Names of clusters that people make to throw away. */
const DISPOSABLE = /^(?:kind-.+|k3d-.+|minikube|docker-desktop)$/;
const PATIENCE_MS = 20_000;
const SECRET_FIELDS = ['token', 'password', 'client-key-data', 'access-token', 'id-token', 'refresh-token'];

/** Throws WorldNotReady: not allowed, not in the kubeconfig, does not answer. */
export async function openContext(
  name: string,
  kubectl: string,
  options: Pick<WorldOptions, 'allowContext' | 'env'>,
): Promise<ReaderCluster> {
  requireAllowed(name, options.allowContext);
  const { env } = options;
  const view = await readView(name, kubectl, env);
  const { cluster, user } = findParts(view, name);
  if (cluster === undefined) {
    throw new WorldNotReady(
      `there is no context \`${name}\` in the kubeconfig`,
      'See `kubectl config get-contexts`, and give one of those names.',
    );
  }
  return {
    name,
    kubeconfig: view,
    server: typeof cluster['server'] === 'string' ? cluster['server'] : '',
    version: await askServer(name, kubectl, env),
    secrets: user === undefined ? [] : findSecrets(user),
  };
}

function requireAllowed(name: string, allowed: string | undefined): void {
  if (DISPOSABLE.test(name) || name === allowed) return;
  throw new WorldNotReady(
    `the context \`${name}\` is not one of a cluster to throw away (kind-*, k3d-*, minikube, docker-desktop)`,
    `If chapters may change and delete things there, add --allow-context ${name}.`,
  );
}

async function readView(name: string, kubectl: string, env: WorldOptions['env']): Promise<string> {
  const words = ['config', 'view', '--raw', '--minify', '--flatten', '--context', name, '-o', 'yaml'];
  const result = await execa(kubectl, words, { reject: false, timeout: PATIENCE_MS, env, extendEnv: false });
  if (!result.failed) return result.stdout;
  throw new WorldNotReady(
    `the context \`${name}\` cannot be read: ${lastLine(result.stderr)}`,
    'See `kubectl config get-contexts`, and give one of those names.',
  );
}

async function askServer(name: string, kubectl: string, env: WorldOptions['env']): Promise<string> {
  const words = ['--context', name, 'get', '--raw', '/version', '--request-timeout=10s'];
  const result = await execa(kubectl, words, { reject: false, timeout: PATIENCE_MS, env, extendEnv: false });
  const version = /"gitVersion":\s*"([^"]+)"/.exec(result.stdout)?.[1];
  if (!result.failed && version !== undefined) return version;
  throw new WorldNotReady(
    `the cluster of the context \`${name}\` does not answer: ${lastLine(result.stderr)}`,
    `Start it, and check that \`kubectl --context ${name} version\` works.`,
  );
}

type Fields = Readonly<Record<string, unknown>>;

function findParts(kubeconfig: string, name: string): { cluster?: Fields; user?: Fields } {
  const config = fields(parse(kubeconfig));
  const pick = (list: unknown, wanted: unknown): Fields | undefined =>
    (Array.isArray(list) ? list : []).map(fields).find((one) => one['name'] === wanted);
  const context = fields(pick(config['contexts'], name)?.['context']);
  const cluster = pick(config['clusters'], context['cluster']);
  const user = pick(config['users'], context['user']);
  return {
    ...(cluster === undefined ? {} : { cluster: fields(cluster['cluster']) }),
    ...(user === undefined ? {} : { user: fields(user['user']) }),
  };
}

function findSecrets(value: unknown): readonly string[] {
  return Object.entries(fields(value)).flatMap(([key, inner]) => {
    if (typeof inner === 'string') return SECRET_FIELDS.includes(key) && inner !== '' ? [inner] : [];
    return findSecrets(inner);
  });
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
