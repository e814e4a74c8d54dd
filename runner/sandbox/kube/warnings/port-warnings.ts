/** Ports that containers of one pod share, which is allowed and rarely meant. */
import type { JsonObject } from '../kube.ts';
import { readNumber, readObjects, readText } from '../objects/fields.ts';
import type { Placed } from './warnings.ts';

/** The warnings of all ports of a pod. */
export function warnOfPorts(containers: readonly Placed[]): string[] {
  const ports = containers.flatMap(([path, container]) =>
    readObjects(container, 'ports').map((port, index): Placed => [`${path}.ports[${index}]`, port]),
  );
  return [...ports.flatMap((port, index) => comparePort(port, ports.slice(0, index))), ...warnOfNames(ports)];
}

function comparePort([path, port]: Placed, earlier: readonly Placed[]): string[] {
  return earlier.flatMap(([place, other]) => {
    const how = isSame(port, other, 'containerPort', 'protocol') ? describeClash(port, other) : undefined;
    return how === undefined ? [] : [`${path}: ${how} port definition with ${place}`];
  });
}

/** Two definitions of one port: how bad they are together. */
function describeClash(port: JsonObject, other: JsonObject): string | undefined {
  const hostPorts = [port, other].map((held) => readNumber(held, 'hostPort') ?? 0);
  const addresses = [port, other].map((held) => readText(held, 'hostIP'));
  const sameHostPort = hostPorts[0] === hostPorts[1];
  if (sameHostPort && addresses[0] === addresses[1]) return 'duplicate';
  if (hostPorts.includes(0)) return 'overlapping';
  return sameHostPort && addresses.includes('') ? 'dangerously ambiguous' : undefined;
}

function isSame(port: JsonObject, other: JsonObject, ...fields: readonly string[]): boolean {
  return fields.every((field) => port[field] === other[field]);
}

function warnOfNames(ports: readonly Placed[]): string[] {
  const first = new Map<string, string>();
  return ports.flatMap(([path, port]) => {
    const name = readText(port, 'name');
    const other = first.get(name);
    if (name !== '' && other === undefined) first.set(name, path);
    if (other === undefined) return [];
    const words = `services and probes that select ports by name will use ${other}`;
    return [`${path}: duplicate port name "${name}" with ${other}, ${words}`];
  });
}
