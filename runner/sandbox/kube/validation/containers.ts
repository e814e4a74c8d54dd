/** Containers: names, images, ports and mounts; what else they have is checked in files of its own. */
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readNumber, readObject, readObjects, readPath, readText } from '../objects/fields.ts';
import { checkResources } from './container-resources.ts';
import { checkEnvironment, checkEnvironmentSources } from './environment.ts';
import { checkHooksAndProbes, refuseHooksAndProbes } from './handlers.ts';
import { checkFormat, formats } from './names.ts';
import { checkLocalPath } from './paths.ts';
import { checkPortName, checkPortNumber } from './ports.ts';
import { duplicate, invalidValue, missing, required, unsupported } from './problems.ts';
import { checkSecurityContext } from './security.ts';

const pullPolicies = ['Always', 'IfNotPresent', 'Never'];
const protocols = ['SCTP', 'TCP', 'UDP'];
const messagePolicies = ['File', 'FallbackToLogsOnError'];

/** The problems of all containers of a spec. */
export function checkContainers(
  field: string,
  spec: JsonObject,
  volumes: ReadonlySet<string>,
): FieldProblem[] {
  const containers = readObjects(spec, 'containers');
  const graceSeconds = readNumber(spec, 'terminationGracePeriodSeconds') ?? 0;
  const names = new Set<string>();
  const check = (at: string, container: JsonObject): FieldProblem[] => {
    const name = readText(container, 'name');
    const taken = names.has(name) ? [duplicate(`${at}.name`, name)] : [];
    names.add(name);
    return [...checkNames(at, container), ...checkContainer(at, container, volumes), ...taken];
  };
  return [
    ...(containers.length === 0 ? [required(`${field}.containers`)] : []),
    ...containers.flatMap((container, index) => {
      const at = `${field}.containers[${index}]`;
      return [...check(at, container), ...checkHooksAndProbes(at, container, graceSeconds)];
    }),
    ...checkHostPorts(`${field}.containers`, containers),
    ...readObjects(spec, 'initContainers').flatMap((container, index) => {
      const at = `${field}.initContainers[${index}]`;
      const isSidecar = container['restartPolicy'] === 'Always';
      return [
        ...check(at, container),
        ...checkHostPorts(`${field}.initContainers`, [container]),
        ...(isSidecar
          ? checkHooksAndProbes(at, container, graceSeconds)
          : refuseHooksAndProbes(at, container)),
      ];
    }),
  ];
}

/** A port of the node can be had once. */
function checkHostPorts(field: string, containers: readonly JsonObject[]): FieldProblem[] {
  const taken = new Set<string>();
  return containers.flatMap((container, index) =>
    readObjects(container, 'ports').flatMap((port, place) => {
      const hostPort = readNumber(port, 'hostPort') ?? 0;
      if (hostPort === 0) return [];
      const key = `${readText(port, 'protocol')}/${readText(port, 'hostIP')}/${hostPort}`;
      if (taken.has(key)) return [duplicate(`${field}[${index}].ports[${place}].hostPort`, key)];
      taken.add(key);
      return [];
    }),
  );
}

function checkNames(field: string, container: JsonObject): FieldProblem[] {
  const name = readText(container, 'name');
  const image = readText(container, 'image');
  const messages = readText(container, 'terminationMessagePolicy');
  return [
    ...(name === '' ? [required(`${field}.name`)] : checkFormat(`${field}.name`, name, formats.label)),
    ...(image === '' ? [required(`${field}.image`)] : []),
    ...(messagePolicies.includes(messages)
      ? []
      : [unsupported(`${field}.terminationMessagePolicy`, messages, messagePolicies)]),
  ];
}

function checkContainer(field: string, container: JsonObject, volumes: ReadonlySet<string>): FieldProblem[] {
  const policy = readText(container, 'imagePullPolicy');
  return [
    ...checkPorts(`${field}.ports`, readObjects(container, 'ports')),
    ...checkEnvironment(`${field}.env`, readObjects(container, 'env')),
    ...checkEnvironmentSources(`${field}.envFrom`, readObjects(container, 'envFrom')),
    ...checkMounts(`${field}.volumeMounts`, readObjects(container, 'volumeMounts'), volumes),
    ...(pullPolicies.includes(policy) ? [] : [unsupported(`${field}.imagePullPolicy`, policy, pullPolicies)]),
    ...checkResources(`${field}.resources`, readObject(container, 'resources')),
    ...checkSecurityContext(`${field}.securityContext`, readPath(container, 'securityContext')),
  ];
}

function checkPorts(field: string, ports: readonly JsonObject[]): FieldProblem[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const at = `${field}[${index}]`;
    const name = readText(port, 'name');
    const number = readNumber(port, 'containerPort') ?? 0;
    const protocol = readText(port, 'protocol');
    const hostPort = readNumber(port, 'hostPort') ?? 0;
    const isTaken = name !== '' && names.has(name);
    const badName = name === '' ? [] : checkPortName(`${at}.name`, name);
    if (badName.length === 0) names.add(name);
    return [
      ...badName,
      ...(isTaken ? [duplicate(`${at}.name`, name)] : []),
      ...(number === 0 ? [required(`${at}.containerPort`)] : checkPortNumber(`${at}.containerPort`, number)),
      ...(hostPort === 0 ? [] : checkPortNumber(`${at}.hostPort`, hostPort)),
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
      ...checkSubPaths(field, at, mount),
    ];
  });
}

/** The server names the list, not the mount, for a path that leads out. */
function checkSubPaths(field: string, at: string, mount: JsonObject): FieldProblem[] {
  const path = readText(mount, 'subPath');
  const expression = readText(mount, 'subPathExpr');
  const both = path !== '' && expression !== '';
  const words = 'subPathExpr and subPath are mutually exclusive';
  return [
    ...(path === '' ? [] : checkLocalPath(`${field}.subPath`, path)),
    ...(both ? [invalidValue(`${at}.subPathExpr`, expression, words)] : []),
    ...(expression === '' ? [] : checkLocalPath(`${field}.subPathExpr`, expression)),
  ];
}
