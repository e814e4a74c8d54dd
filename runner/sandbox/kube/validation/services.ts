/** Services (ValidateService, ValidateServiceUpdate). */
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readNumber, readObject, readObjects, readPath, readText, readTexts } from '../objects/fields.ts';
import { checkFormat, formats } from './names.ts';
import { checkPortName, checkPortNumber } from './ports.ts';
import { duplicate, forbiddenField, invalidValue, required, unsupported } from './problems.ts';

const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const protocols = ['SCTP', 'TCP', 'UDP'];
const address = /^(\d{1,3}\.){3}\d{1,3}$|^[0-9a-f:]*:[0-9a-f:]*$/i;

/** The problems of a Service. */
export function checkService(object: JsonObject): FieldProblem[] {
  const spec = readObject(object, 'spec');
  const type = readText(spec, 'type');
  const ports = readObjects(spec, 'ports');
  const isHeadless = readText(spec, 'clusterIP') === 'None';
  const needsPorts = type !== 'ExternalName' && !isHeadless;
  return [
    ...(needsPorts && ports.length === 0 ? [required('spec.ports')] : []),
    ...checkPorts(ports),
    ...(types.includes(type) ? [] : [unsupported('spec.type', type, types)]),
    ...checkTypeFields(type, spec),
    ...(type === 'ClusterIP' ? ports.flatMap(refuseNodePort) : []),
    ...checkDuplicates(ports),
  ];
}

function checkTypeFields(type: string, spec: JsonObject): FieldProblem[] {
  const clusterIP = readText(spec, 'clusterIP');
  if (type !== 'ExternalName') {
    const words = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
    const isAddress = clusterIP === '' || clusterIP === 'None' || address.test(clusterIP);
    return isAddress ? [] : [invalidValue('spec.clusterIPs[0]', clusterIP, words)];
  }
  const name = readText(spec, 'externalName').replace(/\.$/, '');
  return name === ''
    ? [required('spec.externalName')]
    : checkFormat('spec.externalName', name, formats.subdomain);
}

function checkPorts(ports: readonly JsonObject[]): FieldProblem[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const field = `spec.ports[${index}]`;
    const name = readText(port, 'name');
    const isTaken = name !== '' && names.has(name);
    names.add(name);
    const protocol = readText(port, 'protocol');
    const target = readPath(port, 'targetPort') ?? 0;
    const at = `${field}.targetPort`;
    return [
      ...(name === '' && ports.length > 1 ? [required(`${field}.name`)] : []),
      ...(name === '' ? [] : checkFormat(`${field}.name`, name, formats.label)),
      ...(isTaken ? [duplicate(`${field}.name`, name)] : []),
      ...checkPortNumber(`${field}.port`, readNumber(port, 'port') ?? 0),
      ...(protocols.includes(protocol) ? [] : [unsupported(`${field}.protocol`, protocol, protocols)]),
      ...(typeof target === 'string' ? checkPortName(at, target) : checkPortNumber(at, Number(target))),
    ];
  });
}

function refuseNodePort(port: JsonObject, index: number): FieldProblem[] {
  if ((readNumber(port, 'nodePort') ?? 0) === 0) return [];
  return [forbiddenField(`spec.ports[${index}].nodePort`, "may not be used when `type` is 'ClusterIP'")];
}

/** The same port twice; the server prints the key that it compares. */
function checkDuplicates(ports: readonly JsonObject[]): FieldProblem[] {
  const seen = new Set<string>();
  return ports.flatMap((port, index) => {
    const key = {
      Name: '',
      Protocol: readText(port, 'protocol'),
      AppProtocol: null,
      Port: readNumber(port, 'port') ?? 0,
      TargetPort: 0,
      NodePort: 0,
    };
    const text = JSON.stringify(key);
    const isTaken = seen.has(text);
    seen.add(text);
    return isTaken ? [duplicate(`spec.ports[${index}]`, key)] : [];
  });
}

/** An address that was given stays. */
export function checkServiceUpdate(before: JsonObject, after: JsonObject): FieldProblem[] {
  const held = readText(before, 'spec', 'clusterIP');
  const wanted = readText(after, 'spec', 'clusterIP');
  const isExternal = [before, after].some((service) => readText(service, 'spec', 'type') === 'ExternalName');
  if (held === '' || held === wanted || isExternal) return [];
  const shown =
    wanted === readTexts(before, 'spec', 'clusterIPs')[0] ? readTexts(after, 'spec', 'clusterIPs') : [wanted];
  return [invalidValue('spec.clusterIPs[0]', shown, 'may not change once set')];
}
