/** The kubelets of all nodes: one worker per pod that was scheduled to a node, and the logs of its containers. */
import type { Nodes } from '../../kube.ts';
import type { Context, Controller, Key } from '../controller.ts';
import { text } from '../fields.ts';
import { getByKey, keyOf } from '../objects.ts';
import { NODES, PODS, isResource } from '../resources.ts';
import { Network } from './node.ts';
import { PodWorker, logKey } from './pod-worker.ts';

export interface Kubelet {
  readonly controller: Controller;
  readonly node: Omit<Nodes, 'close'>;
  close(): void;
}

/** Makes the kubelets of the sandbox's nodes. */
export function openKubelet(context: Context): Kubelet {
  const { cluster } = context;
  const network = new Network(context);
  const workers = new Map<Key, PodWorker>();
  const controller: Controller = {
    name: 'kubelet',
    initial: () => cluster.list(PODS).map((pod) => keyOf(pod)),
    keys: ({ resource, object }) => (isResource(resource, PODS) ? [keyOf(object)] : []),
    sync: (key) => {
      const pod = getByKey(cluster, PODS, key);
      const known = workers.get(key);
      if (known !== undefined && known.uid !== pod?.metadata.uid) {
        known.close();
        workers.delete(key);
      }
      const nodeName = text(pod?.spec?.['nodeName']);
      if (pod === undefined || nodeName === undefined) return;
      if (cluster.get(NODES, undefined, nodeName) === undefined) return;
      const phase = text(pod.status?.['phase']);
      const isOver = phase === 'Succeeded' || phase === 'Failed';
      if (isOver && !workers.has(key)) return;
      const worker = workers.get(key) ?? new PodWorker(context, network.node(nodeName), pod);
      workers.set(key, worker);
      worker.update(pod);
    },
  };
  return {
    controller,
    node: answersOf(network, workers),
    close: () => {
      for (const worker of workers.values()) worker.close();
      workers.clear();
    },
  };
}

/** What the API server asks a node about its pods. */
function answersOf(network: Network, workers: ReadonlyMap<Key, PodWorker>): Omit<Nodes, 'close'> {
  return {
    logs: (namespace, pod, container, previous) =>
      network.logs.read(logKey(namespace, pod, container), previous),
    followLogs: (namespace, pod, container, line, ended) =>
      network.logs.follow(logKey(namespace, pod, container), { line, ended }),
    request: (namespace, pod, port, path) =>
      workers
        .get(`${namespace}/${pod}`)
        ?.processes()
        .map(({ process }) => process.request(port, path))
        .find((answer) => answer !== undefined),
    exec: (namespace, pod, container, command) =>
      workers
        .get(`${namespace}/${pod}`)
        ?.processes()
        .find((running) => running.container === container)
        ?.process.exec(command),
  };
}
