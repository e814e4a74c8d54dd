/** NetworkPolicies and Ingresses (pkg/apis/networking/validation). */
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readList, readNumber, readObject, readObjects, readPath, readText } from '../objects/fields.ts';
import { isObject } from '../schema/json-value.ts';
import { checkLabelSelector } from './label-selector.ts';
import { checkFormat, formats } from './names.ts';
import { checkPortName, checkPortNumber } from './ports.ts';
import { forbiddenField, invalidValue, required, unsupported } from './problems.ts';

const protocols = ['TCP', 'UDP', 'SCTP'];
const pathTypes = ['Exact', 'ImplementationSpecific', 'Prefix'];
const range = /^(?:\d{1,3}\.){3}\d{1,3}\/\d{1,2}$|^[0-9a-f:]+\/\d{1,3}$/i;

/** The problems of a NetworkPolicy. */
export function checkNetworkPolicy(object: JsonObject): FieldProblem[] {
  const spec = readObject(object, 'spec');
  return [
    ...checkLabelSelector('spec.podSelector', readObject(spec, 'podSelector')),
    ...checkRules(spec, 'ingress', 'from'),
    ...checkRules(spec, 'egress', 'to'),
    ...readList(spec, 'policyTypes').flatMap((type, index) =>
      type === 'Ingress' || type === 'Egress'
        ? []
        : [unsupported(`spec.policyTypes[${index}]`, type, ['Ingress', 'Egress'])],
    ),
  ];
}

function checkRules(spec: JsonObject, direction: string, side: string): FieldProblem[] {
  return readObjects(spec, direction).flatMap((rule, index) => {
    const at = `spec.${direction}[${index}]`;
    return [
      ...readObjects(rule, 'ports').flatMap((port, number) => checkPort(`${at}.ports[${number}]`, port)),
      ...readObjects(rule, side).flatMap((peer, number) => checkPeer(`${at}.${side}[${number}]`, peer)),
    ];
  });
}

function checkPort(field: string, port: JsonObject): FieldProblem[] {
  const protocol = readText(port, 'protocol');
  const number = readPath(port, 'port');
  const at = `${field}.port`;
  return [
    ...(protocols.includes(protocol) ? [] : [unsupported(`${field}.protocol`, protocol, protocols)]),
    ...(typeof number === 'number' ? checkPortNumber(at, number) : []),
    ...(typeof number === 'string' ? checkPortName(at, number) : []),
  ];
}

function checkPeer(field: string, peer: JsonObject): FieldProblem[] {
  const selectors = ['podSelector', 'namespaceSelector'].filter((name) => isObject(peer[name]));
  const block = peer['ipBlock'];
  const cidr = readText(peer, 'ipBlock', 'cidr');
  const words = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';
  return [
    ...selectors.flatMap((name) => checkLabelSelector(`${field}.${name}`, readObject(peer, name))),
    ...(isObject(block) && cidr === '' ? [required(`${field}.ipBlock.cidr`)] : []),
    ...(cidr !== '' && !range.test(cidr) ? [invalidValue(`${field}.ipBlock.cidr`, cidr, words)] : []),
    ...(selectors.length === 0 && !isObject(block) ? [required(field, 'must specify a peer')] : []),
    ...(selectors.length > 0 && isObject(block)
      ? [forbiddenField(field, 'may not specify both ipBlock and another peer')]
      : []),
  ];
}

/** The problems of an Ingress. */
export function checkIngress(object: JsonObject): FieldProblem[] {
  const spec = readObject(object, 'spec');
  const rules = readObjects(spec, 'rules');
  const fallback = spec['defaultBackend'];
  const nothing = 'either `defaultBackend` or `rules` must be specified';
  return [
    ...(rules.length === 0 && !isObject(fallback) ? [invalidValue('spec', null, nothing)] : []),
    ...(isObject(fallback) ? checkBackend('spec.defaultBackend', fallback) : []),
    ...rules.flatMap((rule, index) => checkRule(`spec.rules[${index}]`, rule)),
  ];
}

function checkRule(field: string, rule: JsonObject): FieldProblem[] {
  const host = readText(rule, 'host');
  const paths = readObjects(rule, 'http', 'paths');
  const isEmpty = isObject(rule['http']) && paths.length === 0;
  return [
    ...(host === '' || host.startsWith('*.') ? [] : checkFormat(`${field}.host`, host, formats.subdomain)),
    ...(isEmpty ? [required(`${field}.http.paths`)] : []),
    ...paths.flatMap((path, index) => checkPath(`${field}.http.paths[${index}]`, path)),
  ];
}

function checkPath(field: string, path: JsonObject): FieldProblem[] {
  const type = readText(path, 'pathType');
  const text = readText(path, 'path');
  const isFree = type === 'ImplementationSpecific' && text === '';
  const found: FieldProblem[] = [];
  if (readPath(path, 'pathType') === undefined)
    found.push(required(`${field}.pathType`, 'pathType must be specified'));
  else if (!pathTypes.includes(type)) found.push(unsupported(`${field}.pathType`, type, pathTypes));
  else if (!isFree && !text.startsWith('/'))
    found.push(invalidValue(`${field}.path`, text, 'must be an absolute path'));
  return [...found, ...checkBackend(`${field}.backend`, readObject(path, 'backend'))];
}

function checkBackend(field: string, backend: JsonObject): FieldProblem[] {
  const at = `${field}.service`;
  if (isObject(backend['resource'])) return [];
  if (!isObject(backend['service'])) return [required(field, 'resource or service backend is required')];
  const service = readObject(backend, 'service');
  const name = readText(service, 'name');
  const portName = readText(service, 'port', 'name');
  const number = readNumber(service, 'port', 'number') ?? 0;
  return [
    ...(name === '' ? [required(`${at}.name`)] : checkFormat(`${at}.name`, name, formats.serviceName)),
    ...(portName !== '' && number !== 0
      ? [invalidValue(`${at}.port`, '', 'cannot set both port name & port number')]
      : []),
    ...(portName === '' && number === 0 ? [required(field, 'port name or number is required')] : []),
    ...(number === 0 ? [] : checkPortNumber(`${at}.port.number`, number)),
  ];
}
