/** The one node of the sandbox: its object, the images on it, pod addresses and logs. */
import { IMAGES } from '../../catalogue/data/images.ts';
import { findImage, type FoundImage, type ImageLookup } from '../../catalogue/find-image.ts';
import type { JsonObject, KubeObject } from '../../kube.ts';
import type { Context } from '../controller.ts';
import { NODES, PODS } from '../resources.ts';
import { stamp } from '../times.ts';
import { text } from '../fields.ts';
import { Logs } from './logs.ts';

export const NODE_NAME = 'node-1';
const FIRST_POD_ADDRESS = 5;
const CAPACITY: JsonObject = {
  cpu: '8',
  memory: '16Gi',
  pods: '110',
  'ephemeral-storage': '100Gi',
};

export class Node {
  readonly name: string = NODE_NAME;
  readonly hostIP = '172.18.0.2';
  readonly logs: Logs = new Logs();
  readonly #images = new Set<string>();
  #addresses = FIRST_POD_ADDRESS;

  constructor(context: Context) {
    for (const pod of context.cluster.list(PODS)) {
      const [, , third = '0', fourth = '0'] = (text(pod.status?.['podIP']) ?? '').split('.');
      this.#addresses = Math.max(this.#addresses, Number(third) * 250 + Number(fourth) + 1);
    }
  }

  findImage(image: string): ImageLookup {
    return findImage(IMAGES, image);
  }

  hasImage({ reference }: FoundImage): boolean {
    return this.#images.has(reference.full);
  }

  keepImage({ reference }: FoundImage): void {
    this.#images.add(reference.full);
  }

  /** 10.244.0.5 and up; no address is given out twice. */
  nextPodIP(): string {
    const number = this.#addresses;
    this.#addresses += 1;
    return `10.244.${Math.floor(number / 250)}.${(number % 250) + (number >= 250 ? 1 : 0)}`;
  }
}

/** Registers the node, as a kubelet does when it starts. */
export function registerNode({ cluster, options }: Context, node: Node): void {
  if (cluster.get(NODES, undefined, node.name) !== undefined) return;
  const created = cluster.create(NODES, nodeObject(node), 'kubelet');
  const now = stamp(cluster.clock.now());
  const status = {
    capacity: CAPACITY,
    allocatable: CAPACITY,
    addresses: [
      { type: 'InternalIP', address: node.hostIP },
      { type: 'Hostname', address: node.name },
    ],
    conditions: NODE_CONDITIONS.map((condition) => ({
      ...condition,
      lastHeartbeatTime: now,
      lastTransitionTime: now,
    })),
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    nodeInfo: {
      machineID: '',
      systemUUID: '',
      bootID: '',
      kernelVersion: 'simulated',
      osImage: 'mtx-doc sandbox (simulated node)',
      containerRuntimeVersion: 'containerd://2.1.3',
      kubeletVersion: options.version,
      kubeProxyVersion: '',
      operatingSystem: 'linux',
      architecture: 'amd64',
    },
  };
  cluster.updateStatus(NODES, { ...created, status }, 'kubelet');
}

function nodeObject(node: Node): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: node.name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': node.name,
        'kubernetes.io/os': 'linux',
      },
    },
    spec: { podCIDR: '10.244.0.0/16', podCIDRs: ['10.244.0.0/16'] },
  };
}

const NODE_CONDITIONS: readonly JsonObject[] = [
  {
    type: 'MemoryPressure',
    status: 'False',
    reason: 'KubeletHasSufficientMemory',
    message: 'kubelet has sufficient memory available',
  },
  {
    type: 'DiskPressure',
    status: 'False',
    reason: 'KubeletHasNoDiskPressure',
    message: 'kubelet has no disk pressure',
  },
  {
    type: 'PIDPressure',
    status: 'False',
    reason: 'KubeletHasSufficientPID',
    message: 'kubelet has sufficient PID available',
  },
  { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' },
];
