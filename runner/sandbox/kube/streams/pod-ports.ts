/** The ports of one pod: who answers there, and how a container runtime refuses where nobody listens. */
import type { ApiServer } from '../api/server.ts';
import { derivedDigest } from '../catalogue/find-image.ts';
import type { JsonObject } from '../kube.ts';
import { readText } from '../objects/fields.ts';

/** A pod's ports, as a runtime's port forwarding reaches them. */
export interface PodPorts {
  /** Why nothing can be forwarded to `port`; undefined where something listens. */
  refuse(port: number): string | undefined;
  /** What answers now; undefined where nothing does any more. */
  request(port: number, path: string): { readonly status: number; readonly body: string } | undefined;
}

/** The ports of `pod`. Texts are those of the kubelet (cri/streaming/portforward) and of containerd. */
export function openPodPorts(server: ApiServer, pod: JsonObject): PodPorts {
  const namespace = readText(pod, 'metadata', 'namespace');
  const name = readText(pod, 'metadata', 'name');
  const sandbox = derivedDigest(`sandbox ${readText(pod, 'metadata', 'uid')}`);
  const network = `/var/run/netns/cni-${sandbox.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/v, '$1-$2-$3-$4-$5')}`;
  const request: PodPorts['request'] = (port, path) => server.nodes().request(namespace, name, port, path);
  return {
    request,
    refuse: (port) => {
      if (request(port, '/') !== undefined) return undefined;
      const tried = `failed to connect to localhost:${port} inside namespace "${sandbox}", IPv4: dial tcp4 127.0.0.1:${port}: connect: connection refused IPv6 dial tcp6 [::1]:${port}: connect: connection refused `;
      return `error forwarding port ${port} to pod ${sandbox}, uid : failed to execute portforward in network namespace "${network}": ${tried}`;
    },
  };
}
