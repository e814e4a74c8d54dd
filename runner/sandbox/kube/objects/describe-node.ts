/** The simulated node, in the emulator and in a control plane whose nodes are simulated. */
import type { JsonObject } from '../kube.ts';

/** The ready node `node-NUMBER` of `version`, counted from 1, with room for the pods of any tutorial. */
export function describeNode(number: number, version: string, at: Date): JsonObject {
  const name = `node-${number}`;
  const podCIDR = `10.244.${number - 1}.0/24`;
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
