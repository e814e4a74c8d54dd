/** The simulated node, in the emulator and in a control plane whose nodes are simulated. */
import type { JsonObject, KubeObject } from '../kube.ts';

/** The ready node `node-NUMBER` of `version`, counted from 1, with room for the pods of any tutorial. */
export function describeNode(number: number, version: string, at: Date): JsonObject {
  const name = `node-${number}`;
  const podCIDR = `10.244.${number - 1}.0/24`;
  const amounts = { cpu: '32', memory: '256Gi', pods: '110' };
  const time = at.toISOString().replace(/\.\d+Z$/, 'Z');
  const labels = {
    'beta.kubernetes.io/arch': 'amd64',
    'beta.kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
  };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels, annotations: { 'node.alpha.kubernetes.io/ttl': '0' } },
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

/** The lease by which a node says that it lives. */
export function describeNodeLease({ name, uid }: KubeObject['metadata'], at: Date): JsonObject {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      name,
      namespace: 'kube-node-lease',
      ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name, uid }],
    },
    spec: {
      holderIdentity: name,
      leaseDurationSeconds: 40,
      renewTime: at.toISOString().replace('Z', '000Z'),
    },
  };
}
