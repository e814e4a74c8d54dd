/** Services (ValidateService, ValidateServiceUpdate). */
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readMap, readNumber, readObject, readObjects, readText, readTexts } from '../objects/fields.ts';
import { checkNetwork, checkReachable } from './addresses.ts';
import { checkClusterIps, isHeadless, refuseClusterIps } from './cluster-ips.ts';
import { checkFormat, checkLabels, formats } from './names.ts';
import { forbiddenField, invalidValue, required, unsupported } from './problems.ts';
import { checkServicePorts, comparePorts } from './service-ports.ts';

const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const affinities = ['ClientIP', 'None'];
const trafficPolicies = ['Cluster', 'Local'];
const distributions = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];
const longestAffinity = 86_400;
const onlyBalanced = "may only be used when `type` is 'LoadBalancer'";

/** The problems of a Service, in the server's order. */
export function checkService(object: JsonObject): FieldProblem[] {
  const spec = readObject(object, 'spec');
  const type = readText(spec, 'type');
  const ports = readObjects(spec, 'ports');
  const needsPorts = type !== 'ExternalName' && !isHeadless(spec);
  return [
    ...(needsPorts && ports.length === 0 ? [required('spec.ports')] : []),
    ...checkTypeFields(type, spec),
    ...checkServicePorts(ports),
    ...checkLabels('spec.selector', readMap(spec, 'selector')),
    ...checkAffinity(spec),
    ...checkClusterIps(spec),
    ...readTexts(spec, 'externalIPs').flatMap((address, index) =>
      checkReachable(`spec.externalIPs[${index}]`, address),
    ),
    ...(types.includes(type) ? [] : [unsupported('spec.type', type, types)]),
    ...comparePorts(type, ports),
    ...checkBalancer(type, spec),
    ...checkTraffic(type, spec),
  ];
}

function checkTypeFields(type: string, spec: JsonObject): FieldProblem[] {
  if (type === 'ExternalName') {
    const name = readText(spec, 'externalName').replace(/\.$/, '');
    return [
      ...refuseClusterIps(spec),
      ...(name === ''
        ? [required('spec.externalName')]
        : checkFormat('spec.externalName', name, formats.subdomain)),
    ];
  }
  const needsAddress = type === 'NodePort' || type === 'LoadBalancer';
  const words = `may not be set to 'None' for ${type} services`;
  return needsAddress && isHeadless(spec) ? [invalidValue('spec.clusterIPs[0]', 'None', words)] : [];
}

function checkAffinity(spec: JsonObject): FieldProblem[] {
  const affinity = readText(spec, 'sessionAffinity');
  if (!affinities.includes(affinity)) return [unsupported('spec.sessionAffinity', affinity, affinities)];
  const path = ['sessionAffinityConfig', 'clientIP', 'timeoutSeconds'];
  const timeout = readNumber(spec, ...path) ?? 1;
  const isFine = affinity === 'None' || (timeout > 0 && timeout <= longestAffinity);
  const words = `must be greater than 0 and less than ${longestAffinity}`;
  return isFine ? [] : [invalidValue(`spec.${path.join('.')}`, timeout, words)];
}

/** What only load balancers have. */
function checkBalancer(type: string, spec: JsonObject): FieldProblem[] {
  const ranges = readTexts(spec, 'loadBalancerSourceRanges');
  const field = 'spec.LoadBalancerSourceRanges';
  const isForeign = type !== 'LoadBalancer';
  const refused = ['allocateLoadBalancerNodePorts', 'loadBalancerClass'].filter(
    (name) => isForeign && spec[name] !== undefined,
  );
  return [
    ...(isForeign && ranges.length > 0 ? [forbiddenField(field, onlyBalanced)] : []),
    ...ranges.flatMap((range, index) => checkNetwork(`${field}[${index}]`, range.trim())),
    ...refused.map((name) => forbiddenField(`spec.${name}`, onlyBalanced)),
  ];
}

function checkTraffic(type: string, spec: JsonObject): FieldProblem[] {
  const external = readText(spec, 'externalTrafficPolicy');
  const isExternal =
    type === 'NodePort' || type === 'LoadBalancer' || readTexts(spec, 'externalIPs').length > 0;
  const isLocal = type === 'LoadBalancer' && external === 'Local';
  const healthPort = readNumber(spec, 'healthCheckNodePort') ?? 0;
  const foreign = 'may only be set for externally-accessible services';
  const local = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
  return [
    ...(isExternal ? checkChoice('externalTrafficPolicy', spec, trafficPolicies) : []),
    ...(!isExternal && external !== ''
      ? [invalidValue('spec.externalTrafficPolicy', external, foreign)]
      : []),
    ...(healthPort !== 0 && !isLocal ? [invalidValue('spec.healthCheckNodePort', healthPort, local)] : []),
    ...checkChoice('internalTrafficPolicy', spec, trafficPolicies),
    ...checkChoice('trafficDistribution', spec, distributions),
  ];
}

function checkChoice(name: string, spec: JsonObject, choices: readonly string[]): FieldProblem[] {
  const chosen = readText(spec, name);
  return chosen === '' || choices.includes(chosen) ? [] : [unsupported(`spec.${name}`, chosen, choices)];
}

/** An address that was given stays. */
export function checkServiceUpdate(before: JsonObject, after: JsonObject): FieldProblem[] {
  const isExternal = [before, after].some((service) => readText(service, 'spec', 'type') === 'ExternalName');
  const [held] = readTexts(before, 'spec', 'clusterIPs');
  const wanted = readTexts(after, 'spec', 'clusterIPs');
  if (isExternal || held === undefined || held === wanted[0]) return [];
  return [invalidValue('spec.clusterIPs[0]', wanted, 'may not change once set')];
}
