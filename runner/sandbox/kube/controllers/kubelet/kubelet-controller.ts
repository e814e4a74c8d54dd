/** The kubelet: one worker per pod that was scheduled to the node, and the logs of its containers. */
import type { Nodes } from '../../kube.ts';
import type { Context, Controller, Key } from '../controller.ts';
import { text } from '../fields.ts';
import { getByKey, keyOf } from '../objects.ts';
import { PODS, isResource } from '../resources.ts';
import { Node } from './node.ts';
import { PodWorker, logKey } from './pod-worker.ts';

export interface Kubelet {
  readonly controller: Controller;
  readonly node: Omit<Nodes, 'close'>;
  close(): void;
}

/** Makes the kubelet of the sandbox's node. */
export function openKubelet(context: Context): Kubelet {
  const { cluster } = context;
  const node = new Node(context);
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
      if (pod === undefined || text(pod.spec?.['nodeName']) !== node.name) return;
      const phase = text(pod.status?.['phase']);
      const isOver = phase === 'Succeeded' || phase === 'Failed';
      if (isOver && !workers.has(key)) return;
      const worker = workers.get(key) ?? new PodWorker(context, node, pod);
      workers.set(key, worker);
      worker.update(pod);
    },
  };
  return {
    controller,
    node: {
      logs: (namespace, pod, container, previous) =>
        node.logs.read(logKey(namespace, pod, container), previous),
      followLogs: (namespace, pod, container, line, ended) =>
        node.logs.follow(logKey(namespace, pod, container), { line, ended }),
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
    },
    close: () => {
      for (const worker of workers.values()) worker.close();
      workers.clear();
    },
  };
}
