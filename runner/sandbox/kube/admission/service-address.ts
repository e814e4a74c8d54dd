/** Cluster IPs and node ports: allocated at create, unique, kept for the life of the Service. */
import type { JsonObject, KubeObject } from '../kube.ts';
import type { Core } from '../objects/core.ts';
import { asJson, childObject, readNumber, readObjects, readText } from '../objects/fields.ts';
import { services } from '../objects/resources.ts';

const firstNodePort = 30_000;
const nodePorts = 2768;

/** Fills `clusterIP`, the families and node ports, after defaulting and validation. */
export function allocateAddresses(core: Core, object: KubeObject): void {
  const spec = childObject(asJson(object), 'spec');
  const type = readText(spec, 'type');
  if (type === 'ExternalName') return;
  const taken = core.objects.list(services).map((held) => asJson(held));
  if (readText(spec, 'clusterIP') === '') spec['clusterIP'] = freeAddress(core, taken);
  spec['clusterIPs'] ??= [readText(spec, 'clusterIP')];
  spec['ipFamilies'] ??= ['IPv4'];
  spec['ipFamilyPolicy'] ??= 'SingleStack';
  if (type === 'NodePort' || type === 'LoadBalancer') allocatePorts(core, spec, taken);
}

/** An update that leaves out what was allocated keeps it. */
export function keepAddresses(core: Core, before: KubeObject, after: KubeObject): void {
  const held = childObject(asJson(before), 'spec');
  const spec = childObject(asJson(after), 'spec');
  if (readText(spec, 'type') !== 'ExternalName' && readText(held, 'type') !== 'ExternalName') {
    for (const field of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy']) {
      const value = held[field];
      if (value !== undefined && (spec[field] ?? '') === '') spec[field] = structuredClone(value);
    }
    keepPorts(held, spec);
  }
  allocateAddresses(core, after);
}

function keepPorts(held: JsonObject, spec: JsonObject): void {
  if (readText(spec, 'type') === 'ClusterIP') return;
  const known = new Map(
    readObjects(held, 'ports').map((port) => [portKey(port), readNumber(port, 'nodePort')]),
  );
  for (const port of readObjects(spec, 'ports')) {
    const nodePort = known.get(portKey(port));
    if ((readNumber(port, 'nodePort') ?? 0) === 0 && nodePort !== undefined) port['nodePort'] = nodePort;
  }
}

function portKey(port: JsonObject): string {
  return `${readText(port, 'protocol')}/${readNumber(port, 'port') ?? 0}`;
}

function freeAddress(core: Core, taken: readonly JsonObject[]): string {
  const used = new Set(taken.map((service) => readText(service, 'spec', 'clusterIP')));
  for (;;) {
    const address = `10.96.${core.ids.integer(255)}.${10 + core.ids.integer(240)}`;
    if (!used.has(address)) return address;
  }
}

function allocatePorts(core: Core, spec: JsonObject, taken: readonly JsonObject[]): void {
  const used = new Set(
    taken.flatMap((service) => readObjects(service, 'spec', 'ports').map((port) => port['nodePort'])),
  );
  for (const port of readObjects(spec, 'ports')) {
    if ((readNumber(port, 'nodePort') ?? 0) !== 0) continue;
    let candidate = firstNodePort + core.ids.integer(nodePorts);
    while (used.has(candidate)) candidate = firstNodePort + ((candidate - firstNodePort + 1) % nodePorts);
    port['nodePort'] = candidate;
    used.add(candidate);
  }
}
