/** The simulated node, in the emulator and in a control plane whose nodes are simulated. */
import type { JsonObject } from '../kube.ts';

/** A ready node of `version` that has room for the pods of any tutorial. */
export function describeNode(name: string, version: string, at: Date): JsonObject {
  const amounts = { cpu: '32', memory: '256Gi', pods: '110' };
  const time = at.toISOString().replace(/\.\d+Z$/, 'Z');
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
