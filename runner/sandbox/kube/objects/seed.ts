/** What a fresh cluster holds before anyone has created anything, and what each new namespace gets. */
import roles from '../data/roles.json' with { type: 'json' };
import type { JsonObject, KubeObject, ResourceName } from '../kube.ts';
import type { Core } from './core.ts';
import { asObject } from './fields.ts';
import { configMaps, findKind, kindOf, namespaces, serviceAccounts } from './resources.ts';
import { createObject } from './write-object.ts';

const manager = 'kube-apiserver';
const nodeNames = ['node-1'];

export interface SeedOptions {
  /** The version that nodes report. */
  readonly version: string;
  /** PEM text for kube-root-ca.crt. */
  readonly authority: string;
}

/** Fills an empty cluster; changes nothing in one that has been seeded. */
export function seedCluster(core: Core, options: SeedOptions): void {
  if (core.objects.get(namespaces, undefined, 'default') !== undefined) return;
  for (const name of ['default', 'kube-node-lease', 'kube-public', 'kube-system']) {
    create(core, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    fillNamespace(core, name, options.authority);
  }
  for (const role of roles as JsonObject[]) create(core, role);
  for (const name of nodeNames) create(core, nodeOf(core, name, options.version));
  create(core, kubernetesService);
}

/** The default ServiceAccount and the authority's ConfigMap of a namespace. */
export function fillNamespace(core: Core, namespace: string, authority: string): void {
  if (core.objects.get(serviceAccounts, namespace, 'default') === undefined) {
    create(core, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } });
  }
  if (core.objects.get(configMaps, namespace, 'kube-root-ca.crt') === undefined) {
    const annotations = {
      'kubernetes.io/description':
        'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.',
    };
    const metadata = { name: 'kube-root-ca.crt', namespace, annotations };
    create(core, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'ca.crt': authority } });
  }
}

/** Fills each namespace that appears from now on. Returns the function that ends it. */
export function fillNewNamespaces(core: Core, authority: string): () => void {
  return core.objects.watch(({ type, object }) => {
    const isNew = type === 'ADDED' && object.kind === 'Namespace';
    if (isNew && core.objects.get(namespaces, undefined, object.metadata.name) !== undefined) {
      fillNamespace(core, object.metadata.name, authority);
    }
  });
}

function create(core: Core, json: JsonObject): KubeObject {
  const object = asObject(structuredClone(json));
  const entry = findKind(kindOf(object));
  if (entry === undefined) throw new Error(`the seed holds a ${object.kind}, which is not served`);
  const resource: ResourceName = { group: entry.group, version: entry.version, resource: entry.resource };
  return createObject(core, resource, object, { manager });
}

const kubernetesService: JsonObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: 'kubernetes',
    namespace: 'default',
    labels: { component: 'apiserver', provider: 'kubernetes' },
  },
  spec: {
    clusterIP: '10.96.0.1',
    ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
  },
};

function nodeOf(core: Core, name: string, version: string): JsonObject {
  const amounts = { cpu: '32', memory: '256Gi', pods: '110' };
  const time = new Date(core.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');
  const labels = {
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
  };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels },
    spec: { podCIDR: '10.244.0.0/24', podCIDRs: ['10.244.0.0/24'] },
    status: {
      addresses: [
        { type: 'InternalIP', address: '127.0.0.1' },
        { type: 'Hostname', address: name },
      ],
      allocatable: amounts,
      capacity: amounts,
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          reason: 'KubeletReady',
          message: 'kubelet is posting ready status',
          lastHeartbeatTime: time,
          lastTransitionTime: time,
        },
      ],
      nodeInfo: {
        architecture: 'amd64',
        bootID: '',
        containerRuntimeVersion: 'simulated://1',
        kernelVersion: 'simulated',
        kubeProxyVersion: '',
        kubeletVersion: version,
        machineID: '',
        operatingSystem: 'linux',
        osImage: 'simulated node',
        systemUUID: '',
      },
    },
  };
}
