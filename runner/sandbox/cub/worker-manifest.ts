/**
 * The manifest that runs a worker in a cluster. It is written as text, keys sorted and four blanks deep like the
 * original's, so that no YAML library has to be loaded for it.
 */
import { printYaml } from './yaml-text.ts';

export interface WorkerManifest {
  readonly secret: string;
  readonly workerType: string;
  readonly namespace: string;
  /** Name of the Deployment and value of its label `app`. */
  readonly deployment: string;
  readonly hostNetwork: boolean;
  /** The Secret too. */
  readonly includeSecret: boolean;
  readonly env: Readonly<Record<string, string>>;
}

const ACCOUNT = 'confighub-worker';
const SECRET = 'confighub-worker-env';
const IMAGE = 'ghcr.io/confighubai/confighub-worker:latest';

/** The documents, separated by `---`, with a newline at the end. */
export function renderWorkerManifest(manifest: WorkerManifest): string {
  const { namespace } = manifest;
  const documents = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: ACCOUNT, namespace } },
    clusterRoleBinding(namespace),
    ...(manifest.includeSecret ? [secretOf(manifest)] : []),
    deploymentOf(manifest),
  ];
  return documents.map(printYaml).join('---\n');
}

/** The Secret alone. */
export function renderWorkerSecret(manifest: Pick<WorkerManifest, 'namespace' | 'secret'>): string {
  return printYaml(secretOf(manifest));
}

function clusterRoleBinding(namespace: string): object {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'confighub-worker-admin' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ kind: 'ServiceAccount', name: ACCOUNT, namespace }],
  };
}

function secretOf(manifest: Pick<WorkerManifest, 'namespace' | 'secret'>): object {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: SECRET, namespace: manifest.namespace },
    stringData: { CONFIGHUB_WORKER_SECRET: manifest.secret },
    type: 'Opaque',
  };
}

function deploymentOf(manifest: WorkerManifest): object {
  const labels = { app: manifest.deployment };
  const env = Object.keys(manifest.env)
    .toSorted()
    .map((name) => ({ name, value: manifest.env[name] ?? '' }));
  const container = {
    args: [manifest.workerType],
    env,
    envFrom: [{ secretRef: { name: SECRET } }],
    image: IMAGE,
    imagePullPolicy: 'Always',
    name: 'worker',
  };
  const network = manifest.hostNetwork ? { hostNetwork: true } : {};
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: manifest.deployment, namespace: manifest.namespace },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [container], ...network, serviceAccountName: ACCOUNT },
      },
    },
  };
}
