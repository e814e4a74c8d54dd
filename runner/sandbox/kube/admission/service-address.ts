/** Cluster IPs and node ports: allocated at create, unique, kept for the life of the Service. */
import type { Json, JsonObject, KubeObject } from '../kube.ts';
import type { Core } from '../objects/core.ts';
import { asJson, childObject, readNumber, readObjects, readText } from '../objects/fields.ts';
import { services } from '../objects/resources.ts';
import { sameJson } from '../schema/json-value.ts';

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
  if (isExternal(type)) allocatePorts(core, spec, taken);
}

/** An update that leaves out what was allocated keeps it. */
export function keepAddresses(core: Core, before: KubeObject, after: KubeObject): void {
  const held = childObject(asJson(before), 'spec');
  const spec = childObject(asJson(after), 'spec');
  dropForeignFields(held, spec);
  if (readText(spec, 'type') !== 'ExternalName' && readText(held, 'type') !== 'ExternalName') {
    for (const field of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy']) {
      const value = held[field];
      if (value !== undefined && (spec[field] ?? '') === '') spec[field] = structuredClone(value);
    }
    keepPorts(held, spec);
  }
  allocateAddresses(core, after);
}

/** A new type takes with it what only the old one had, unless the writer changed that too (dropTypeDependentFields). */
function dropForeignFields(held: JsonObject, spec: JsonObject): void {
  const [before, after] = [readText(held, 'type'), readText(spec, 'type')];
  if (before === after) return;
  const unchanged = (field: string): boolean => sameJson(held[field], spec[field]);
  const foreign = [
    ...(after === 'ExternalName'
      ? ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy', 'internalTrafficPolicy']
      : []),
    ...(after === 'LoadBalancer' ? [] : ['allocateLoadBalancerNodePorts', 'loadBalancerClass']),
    ...(isExternal(after) ? [] : ['externalTrafficPolicy']),
  ];
  for (const field of foreign.filter(unchanged)) delete spec[field];
  const nodePorts = (of: JsonObject): Json[] => readObjects(of, 'ports').map((port) => port['nodePort'] ?? 0);
  if (isExternal(after) || !sameJson(nodePorts(held), nodePorts(spec))) return;
  for (const port of readObjects(spec, 'ports')) delete port['nodePort'];
}

/** Whether Services of this type have node ports. */
function isExternal(type: string): boolean {
  return type === 'NodePort' || type === 'LoadBalancer';
}

function keepPorts(held: JsonObject, spec: JsonObject): void {
  if (!isExternal(readText(spec, 'type'))) return;
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
