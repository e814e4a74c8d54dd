/** What a fresh cluster holds before anyone has created anything. */
import roles from '../data/roles.json' with { type: 'json' };
import type { JsonObject, KubeObject, ResourceName } from '../kube.ts';
import type { Core } from './core.ts';
import { asObject } from './fields.ts';
import { findKind, kindOf, namespaces } from './resources.ts';
import { createObject } from './write-object.ts';

const manager = 'kube-apiserver';

/** Fills an empty cluster, whose nodes (`node-1` …) report `version`; changes nothing in one that has been seeded. */
export function seedCluster(core: Core, version: string, nodes = 1): void {
  if (core.objects.get(namespaces, undefined, 'default') !== undefined) return;
  for (const name of ['default', 'kube-node-lease', 'kube-public', 'kube-system']) {
    create(core, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  for (const role of roles as JsonObject[]) create(core, role);
  for (let number = 1; number <= nodes; number += 1) create(core, nodeOf(core, number, version));
  create(core, kubernetesService);
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
    ipFamilyPolicy: 'SingleStack',
    ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
  },
};

function nodeOf(core: Core, number: number, version: string): JsonObject {
  const name = `node-${number}`;
  const podCIDR = `10.244.${number - 1}.0/24`;
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
    spec: { podCIDR, podCIDRs: [podCIDR] },
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
