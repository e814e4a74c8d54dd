/** Containers: names, images, ports, mounts, probes and resources. */
import { parseQuantity } from '../defaults/quantity.ts';
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readNumber, readObject, readObjects, readPath, readText } from '../objects/fields.ts';
import { isObject } from '../schema/json-value.ts';
import { checkEnvironment } from './environment.ts';
import { checkFormat, formats } from './names.ts';
import { checkPortName, checkPortNumber } from './ports.ts';
import { duplicate, invalidValue, missing, required, unsupported } from './problems.ts';

const pullPolicies = ['Always', 'IfNotPresent', 'Never'];
const protocols = ['SCTP', 'TCP', 'UDP'];
const handlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'];

/** The problems of all containers of a spec. */
export function checkContainers(
  field: string,
  spec: JsonObject,
  volumes: ReadonlySet<string>,
): FieldProblem[] {
  const containers = readObjects(spec, 'containers');
  const names = new Set<string>();
  const check = (at: string, container: JsonObject): FieldProblem[] => {
    const name = readText(container, 'name');
    const taken = names.has(name) ? [duplicate(`${at}.name`, name)] : [];
    names.add(name);
    return [...checkNames(at, container), ...taken, ...checkContainer(at, container, volumes)];
  };
  return [
    ...(containers.length === 0 ? [required(`${field}.containers`)] : []),
    ...containers.flatMap((container, index) => check(`${field}.containers[${index}]`, container)),
    ...readObjects(spec, 'initContainers').flatMap((container, index) =>
      check(`${field}.initContainers[${index}]`, container),
    ),
  ];
}

function checkNames(field: string, container: JsonObject): FieldProblem[] {
  const name = readText(container, 'name');
  const image = readText(container, 'image');
  return [
    ...(name === '' ? [required(`${field}.name`)] : checkFormat(`${field}.name`, name, formats.label)),
    ...(image === '' ? [required(`${field}.image`)] : []),
  ];
}

function checkContainer(field: string, container: JsonObject, volumes: ReadonlySet<string>): FieldProblem[] {
  const policy = readText(container, 'imagePullPolicy');
  return [
    ...checkPorts(`${field}.ports`, readObjects(container, 'ports')),
    ...checkEnvironment(`${field}.env`, readObjects(container, 'env')),
    ...checkMounts(`${field}.volumeMounts`, readObjects(container, 'volumeMounts'), volumes),
    ...['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((probe) =>
      checkProbe(`${field}.${probe}`, readPath(container, probe)),
    ),
    ...(pullPolicies.includes(policy) ? [] : [unsupported(`${field}.imagePullPolicy`, policy, pullPolicies)]),
    ...checkResources(`${field}.resources`, readObject(container, 'resources')),
  ];
}

function checkPorts(field: string, ports: readonly JsonObject[]): FieldProblem[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const at = `${field}[${index}]`;
    const name = readText(port, 'name');
    const number = readNumber(port, 'containerPort') ?? 0;
    const protocol = readText(port, 'protocol');
    const isTaken = name !== '' && names.has(name);
    names.add(name);
    return [
      ...(name === '' ? [] : checkPortName(`${at}.name`, name)),
      ...(isTaken ? [duplicate(`${at}.name`, name)] : []),
      ...(number === 0 ? [required(`${at}.containerPort`)] : checkPortNumber(`${at}.containerPort`, number)),
      ...(protocols.includes(protocol) ? [] : [unsupported(`${at}.protocol`, protocol, protocols)]),
    ];
  });
}

function checkMounts(
  field: string,
  mounts: readonly JsonObject[],
  volumes: ReadonlySet<string>,
): FieldProblem[] {
  const paths = new Set<string>();
  return mounts.flatMap((mount, index) => {
    const at = `${field}[${index}]`;
    const name = readText(mount, 'name');
    const path = readText(mount, 'mountPath');
    const isTaken = paths.has(path);
    paths.add(path);
    return [
      ...(name === '' ? [required(`${at}.name`)] : []),
      ...(volumes.has(name) ? [] : [missing(`${at}.name`, name)]),
      ...(path === '' ? [required(`${at}.mountPath`)] : []),
      ...(isTaken ? [invalidValue(`${at}.mountPath`, path, 'must be unique')] : []),
    ];
  });
}

function checkProbe(field: string, probe: unknown): FieldProblem[] {
  if (!isObject(probe)) return [];
  if (!handlers.some((handler) => isObject(probe[handler]))) {
    return [required(field, 'must specify a handler type')];
  }
  return ['httpGet', 'tcpSocket'].flatMap((handler) => {
    const request = probe[handler];
    if (!isObject(request)) return [];
    const port = request['port'];
    const at = `${field}.${handler}.port`;
    return typeof port === 'string' ? checkPortName(at, port) : checkPortNumber(at, Number(port ?? 0));
  });
}

function checkResources(field: string, resources: JsonObject): FieldProblem[] {
  const limits = readObject(resources, 'limits');
  const requests = readObject(resources, 'requests');
  return Object.entries(requests).flatMap(([name, amount]) => {
    const limit = limits[name];
    if (typeof amount !== 'string' || typeof limit !== 'string') return [];
    const over = (parseQuantity(amount) ?? 0n) > (parseQuantity(limit) ?? 0n);
    const words = `must be less than or equal to ${name} limit of ${limit}`;
    return over ? [invalidValue(`${field}.requests`, amount, words)] : [];
  });
}
