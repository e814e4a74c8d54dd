/** Addresses and families of Services: given or allocated, unique, kept for the life of the Service. */
import type { Ids } from '../../store/ids.ts';
import { invalid, type FieldProblem } from '../errors.ts';
import type { Json, JsonObject, KubeObject } from '../kube.ts';
import type { Core } from '../objects/core.ts';
import {
  asJson,
  childObject,
  readMap,
  readNumber,
  readObjects,
  readText,
  readTexts,
} from '../objects/fields.ts';
import { services } from '../objects/resources.ts';
import { sameJson } from '../schema/json-value.ts';
import { parseAddress } from '../validation/addresses.ts';
import { checkClusterIps, familyOf } from '../validation/cluster-ips.ts';
import { invalidValue } from '../validation/problems.ts';
import { allocateNodePorts, hasNodePorts } from './node-ports.ts';

const kind = { group: '', version: 'v1', kind: 'Service' };
const prefix = '10.96.';

/** Fills `clusterIP`, the families and node ports, after defaulting. Throws ApiError 422 where what is asked for cannot be had. */
export function allocateAddresses(core: Core, object: KubeObject, before?: KubeObject): void {
  const spec = childObject(asJson(object), 'spec');
  if (readText(spec, 'type') === 'ExternalName') return;
  const refuse = (problems: readonly FieldProblem[]): void => {
    if (problems.length > 0) throw invalid(kind, object.metadata.name, problems);
  };
  const { uid, namespace = '', name } = object.metadata;
  const ids = core.ids.for(`address ${namespace}/${name}`);
  const others = core.objects.list(services).filter((held) => held.metadata.uid !== uid);
  refuse(chooseFamilies(spec));
  const taken = others.map((held) => asJson(held));
  const held = readText(before === undefined ? undefined : asJson(before), 'spec', 'clusterIP');
  if (readText(spec, 'clusterIP') === '') spec['clusterIP'] = freeAddress(ids, taken);
  else if (readText(spec, 'clusterIP') !== held && held === '') refuse(checkFree(spec, taken));
  spec['clusterIPs'] ??= [readText(spec, 'clusterIP')];
  const own = before === undefined ? undefined : childObject(asJson(before), 'spec');
  refuse(allocateNodePorts(ids, spec, taken, own));
}

/** The cluster has IPv4 alone; only a headless Service without a selector may name both families. */
function chooseFamilies(spec: JsonObject): FieldProblem[] {
  const isFree =
    readText(spec, 'clusterIP') === 'None' && Object.keys(readMap(spec, 'selector')).length === 0;
  spec['ipFamilyPolicy'] ??= isFree ? 'RequireDualStack' : 'SingleStack';
  const problems = checkClusterIps(spec);
  if (problems.length > 0) return problems;
  const [address = ''] = readTexts(spec, 'clusterIPs');
  const given = readTexts(spec, 'ipFamilies');
  if (given.length === 0 && familyOf(address) === 'IPv6') {
    return [invalidValue('spec.clusterIPs[0]', [address], 'IPv6 is not configured on this cluster')];
  }
  const policy = readText(spec, 'ipFamilyPolicy');
  spec['ipFamilies'] ??= isFree && policy !== 'SingleStack' ? ['IPv4', 'IPv6'] : ['IPv4'];
  if (isFree) return [];
  const words = 'this cluster is not configured for dual-stack services';
  return [
    ...(policy === 'RequireDualStack' ? [invalidValue('spec.ipFamilyPolicy', policy, words)] : []),
    ...given.flatMap((family, index) =>
      family === 'IPv4'
        ? []
        : [invalidValue(`spec.ipFamilies[${index}]`, family, 'not configured on this cluster')],
    ),
  ];
}

function checkFree(spec: JsonObject, taken: readonly JsonObject[]): FieldProblem[] {
  const address = readText(spec, 'clusterIP');
  if (address === 'None') return [];
  const refuse = (why: string): FieldProblem[] => [
    invalidValue('spec.clusterIPs', [address], `failed to allocate IP ${address}: ${why}`),
  ];
  const numbers = parseAddress(address) ?? [];
  const isInside = numbers.slice(0, 2).join('.') === prefix.slice(0, -1);
  const place = numbers.slice(2).join('.');
  if (!isInside || place === '0.0' || place === '255.255') {
    return refuse('the provided network does not match the current range');
  }
  const isTaken = taken.some((service) => readText(service, 'spec', 'clusterIP') === address);
  return isTaken ? refuse('provided IP is already allocated') : [];
}

/** An update that leaves out what was allocated keeps it. */
export function keepAddresses(core: Core, before: KubeObject, after: KubeObject): void {
  const held = childObject(asJson(before), 'spec');
  const spec = childObject(asJson(after), 'spec');
  dropForeignFields(held, spec);
  if (readText(spec, 'type') !== 'ExternalName' && readText(held, 'type') !== 'ExternalName') {
    followAddress(held, spec);
    for (const field of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy']) {
      const value = held[field];
      if (value !== undefined && (spec[field] ?? '') === '') spec[field] = structuredClone(value);
    }
    keepPorts(held, spec);
  }
  allocateAddresses(core, after, before);
}

/** Who changes `clusterIP` alone means the list too (NormalizeClusterIPs). */
function followAddress(held: JsonObject, spec: JsonObject): void {
  const address = readText(spec, 'clusterIP');
  if (address === readText(held, 'clusterIP') || !sameJson(held['clusterIPs'], spec['clusterIPs'])) return;
  if (address === '') delete spec['clusterIPs'];
  else spec['clusterIPs'] = [address];
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
    ...(hasNodePorts(after) ? [] : ['externalTrafficPolicy']),
  ];
  for (const field of foreign.filter(unchanged)) delete spec[field];
  const nodePorts = (of: JsonObject): Json[] => readObjects(of, 'ports').map((port) => port['nodePort'] ?? 0);
  if (hasNodePorts(after) || !sameJson(nodePorts(held), nodePorts(spec))) return;
  for (const port of readObjects(spec, 'ports')) delete port['nodePort'];
}

function keepPorts(held: JsonObject, spec: JsonObject): void {
  if (!hasNodePorts(readText(spec, 'type'))) return;
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

function freeAddress(ids: Ids, taken: readonly JsonObject[]): string {
  const used = new Set(taken.map((service) => readText(service, 'spec', 'clusterIP')));
  for (;;) {
    const address = `${prefix}${ids.integer(255)}.${10 + ids.integer(240)}`;
    if (!used.has(address)) return address;
  }
}
