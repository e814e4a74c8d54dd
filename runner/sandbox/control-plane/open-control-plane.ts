/**
 * A real control plane as the sandbox's cluster: gives it a node, waits until it can run pods, and runs the worker for the
 * pods that ask for it. The servers themselves are started and stopped by whoever opened the sandbox.
 */
import type { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { describeNode } from '../kube/objects/describe-node.ts';
import { WORKER_IMAGE, type ClusterServer, type Own } from '../server-part.ts';
import type { ControlPlaneAccess, Holding } from '../sandbox.ts';
import { createWorkerProgram } from '../worker/program.ts';
import { runWorkerPods } from './worker-pods.ts';

const NODE = 1;
const READY_WITHIN_MS = 20_000;
const POLL_MS = 50;

/** Resolves when a pod could be scheduled and started. Rejects when that takes longer than 20 s. */
export async function openControlPlane(
  access: ControlPlaneAccess,
  speed: number,
  own: Own,
): Promise<ClusterServer> {
  const { CoreV1Api, RbacAuthorizationV1Api, VersionApi } = await import('@kubernetes/client-node');
  const config = await configure(access);
  const core = config.makeApiClient(CoreV1Api);
  const rbac = config.makeApiClient(RbacAuthorizationV1Api);
  const { gitVersion } = await config.makeApiClient(VersionApi).getCode();
  await core.createNode({ body: JSON.parse(JSON.stringify(describeNode(NODE, gitVersion, new Date()))) });
  await waitUntilReady(core);
  const secrets = new Set<string>();
  const { url, certificateAuthority, adminToken } = access;
  const api = { url, certificateAuthority };
  const programs = { [WORKER_IMAGE]: createWorkerProgram({ apiServer: () => api, speed }) };
  own(await runWorkerPods({ config, api: core, programs, secret: (token) => secrets.add(token) }));
  return {
    api,
    adminToken,
    secrets,
    notes: [],
    inventory: async () => {
      const [namespaces, roles, bindings] = await Promise.all([
        core.listNamespace(),
        rbac.listClusterRole(),
        rbac.listClusterRoleBinding(),
      ]);
      const name =
        (kind: string) =>
        ({ metadata }: { metadata?: { name?: string } }): Holding => ({
          name: `${kind} ${metadata?.name ?? ''}`,
          content: '',
        });
      return [
        ...namespaces.items.map(name('namespace')),
        ...roles.items.map(name('clusterrole')),
        ...bindings.items.map(name('clusterrolebinding')),
      ];
    },
  };
}

async function configure({ url, certificateAuthority, adminToken }: ControlPlaneAccess): Promise<KubeConfig> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [{ name: 'c', server: url, caData: Buffer.from(certificateAuthority).toString('base64') }],
    users: [{ name: 'u', token: adminToken }],
    contexts: [{ name: 'c', cluster: 'c', user: 'u' }],
    currentContext: 'c',
  });
  return config;
}

/** Ready is: the node is, without taints, and the default namespace has its account, without which no pod is admitted. */
async function waitUntilReady(core: CoreV1Api): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const [node, accounts] = await Promise.all([
      core.readNode({ name: `node-${NODE}` }),
      core.listNamespacedServiceAccount({ namespace: 'default' }),
    ]);
    const isReady = node.status?.conditions?.some(
      ({ type, status }) => type === 'Ready' && status === 'True',
    );
    const isOpen = (node.spec?.taints ?? []).length === 0;
    if (isReady === true && isOpen && accounts.items.length > 0) return;
    if (Date.now() > deadline)
      throw new Error(`the control plane's node was not ready within ${READY_WITHIN_MS / 1000} s`);
    await new Promise((resolve) => {
      setTimeout(resolve, POLL_MS);
    });
  }
}
