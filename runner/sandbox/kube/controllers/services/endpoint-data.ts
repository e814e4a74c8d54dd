/** Which pods stand behind a Service, with which ports: what Endpoints and EndpointSlices are both made of. */
import type { Cluster, JsonObject, KubeObject } from '../../kube.ts';
import { integer, record, records, text, textMap } from '../fields.ts';
import { isBeingDeleted, isReady } from '../objects.ts';
import { PODS } from '../resources.ts';
import { matchesLabels } from '../selectors.ts';

export interface BackEnd {
  readonly ip: string;
  /** By which the pod is known below the Service's own name. */
  readonly hostname: string | undefined;
  readonly nodeName: string | undefined;
  readonly target: JsonObject;
  readonly ready: boolean;
  /** Ready, though perhaps being deleted. */
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly ports: readonly JsonObject[];
}

/** The pods that a Service with a selector selects, by name. */
export function podsOf(cluster: Cluster, service: KubeObject): KubeObject[] {
  const selector = textMap(service.spec?.['selector']);
  return cluster
    .list(PODS, service.metadata.namespace)
    .filter((pod) => matchesLabels(selector, pod.metadata.labels));
}

/** Those of a Service's pods that it sends to. */
export function backEndsOf(service: KubeObject, pods: readonly KubeObject[]): BackEnd[] {
  const publish = service.spec?.['publishNotReadyAddresses'] === true;
  return pods.flatMap((pod) => {
    const ip = text(pod.status?.['podIP']);
    const phase = text(pod.status?.['phase']);
    if (ip === undefined || phase === 'Succeeded' || phase === 'Failed') return [];
    const terminating = isBeingDeleted(pod);
    const { namespace, name, uid } = pod.metadata;
    return [
      {
        ip,
        hostname:
          text(pod.spec?.['subdomain']) === service.metadata.name ? text(pod.spec?.['hostname']) : undefined,
        nodeName: text(pod.spec?.['nodeName']),
        target: { kind: 'Pod', namespace, name, uid },
        ready: publish || (isReady(pod) && !terminating),
        serving: publish || isReady(pod),
        terminating,
        ports: portsOf(service, pod),
      },
    ];
  });
}

/** The Service's ports as numbers of this pod; a named target port that the pod does not have is left out. */
function portsOf(service: KubeObject, pod: KubeObject): JsonObject[] {
  return records(service.spec?.['ports']).flatMap((port) => {
    const protocol = text(port['protocol']) ?? 'TCP';
    const target = port['targetPort'] ?? port['port'];
    const number = typeof target === 'string' ? namedPort(pod, target, protocol) : integer(target, 0);
    const name = text(port['name']);
    return number === undefined ? [] : [{ ...(name === undefined ? {} : { name }), port: number, protocol }];
  });
}

function namedPort(pod: KubeObject, name: string, protocol: string): number | undefined {
  const sidecars = records(pod.spec?.['initContainers']).filter(
    (container) => container['restartPolicy'] === 'Always',
  );
  const ports = [...records(pod.spec?.['containers']), ...sidecars].flatMap((container) =>
    records(record(container)['ports']),
  );
  const found = ports.find((port) => port['name'] === name && (text(port['protocol']) ?? 'TCP') === protocol);
  return found === undefined ? undefined : integer(found['containerPort'], 0);
}

/** Back ends with the same ports, together, in order of first appearance. */
export function groupByPorts(backEnds: readonly BackEnd[]): BackEnd[][] {
  const groups = new Map<string, BackEnd[]>();
  for (const backEnd of backEnds) {
    const key = JSON.stringify(backEnd.ports);
    groups.set(key, [...(groups.get(key) ?? []), backEnd]);
  }
  return [...groups.values()];
}
