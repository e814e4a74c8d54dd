/** Ports of a Service. */
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readNumber, readPath, readText } from '../objects/fields.ts';
import { checkFormat, checkQualifiedName, formats } from './names.ts';
import { checkPort, checkPortNumber } from './ports.ts';
import { duplicate, forbiddenField, required, unsupported } from './problems.ts';

const protocols = ['SCTP', 'TCP', 'UDP'];

/** The problems of each port. */
export function checkServicePorts(ports: readonly JsonObject[]): FieldProblem[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const field = `spec.ports[${index}]`;
    const name = readText(port, 'name');
    const isTaken = name !== '' && names.has(name);
    names.add(name);
    const protocol = readText(port, 'protocol');
    const application = readPath(port, 'appProtocol');
    return [
      ...(name === '' && ports.length > 1 ? [required(`${field}.name`)] : []),
      ...(name === '' ? [] : checkFormat(`${field}.name`, name, formats.label)),
      ...(isTaken ? [duplicate(`${field}.name`, name)] : []),
      ...checkPortNumber(`${field}.port`, readNumber(port, 'port') ?? 0),
      ...(protocols.includes(protocol) ? [] : [unsupported(`${field}.protocol`, protocol, protocols)]),
      ...checkPort(`${field}.targetPort`, readPath(port, 'targetPort')),
      ...(typeof application === 'string' ? checkQualifiedName(`${field}.appProtocol`, application) : []),
    ];
  });
}

/** Ports on nodes where the type has none, and ports that are there twice. */
export function comparePorts(type: string, ports: readonly JsonObject[]): FieldProblem[] {
  return [
    ...(type === 'ClusterIP' ? ports.flatMap(refuseNodePort) : []),
    ...checkNodePorts(ports),
    ...checkDuplicates(ports),
  ];
}

function refuseNodePort(port: JsonObject, index: number): FieldProblem[] {
  if ((readNumber(port, 'nodePort') ?? 0) === 0) return [];
  return [forbiddenField(`spec.ports[${index}].nodePort`, "may not be used when `type` is 'ClusterIP'")];
}

function checkNodePorts(ports: readonly JsonObject[]): FieldProblem[] {
  const seen = new Set<string>();
  return ports.flatMap((port, index) => {
    const number = readNumber(port, 'nodePort') ?? 0;
    const key = `${readText(port, 'protocol')}/${number}`;
    const isTaken = number !== 0 && seen.has(key);
    seen.add(key);
    return isTaken ? [duplicate(`spec.ports[${index}].nodePort`, number)] : [];
  });
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
