/** Node ports of Services: asked for or allocated, one owner each. */
import type { Ids } from '../../store/ids.ts';
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readNumber, readObjects, readText } from '../objects/fields.ts';
import { invalidValue } from '../validation/problems.ts';

const first = 30_000;
const count = 2768;
const last = first + count - 1;

/** Whether Services of this type have node ports. */
export function hasNodePorts(type: string): boolean {
  return type === 'NodePort' || type === 'LoadBalancer';
}

/** Gives each port of `spec` one of the nodes' ports; the problem of the first that cannot be had. `held` is the spec before. */
export function allocateNodePorts(
  ids: Ids,
  spec: JsonObject,
  taken: readonly JsonObject[],
  held: JsonObject | undefined,
): FieldProblem[] {
  if (!hasNodePorts(readText(spec, 'type'))) return [];
  const used = new Set(taken.flatMap((service) => nodePortsOf(service['spec'])));
  const own = new Set(nodePortsOf(held));
  const ports = readObjects(spec, 'ports');
  const byPort = new Map<number, number>();
  for (const [index, port] of ports.entries()) {
    const number = readNumber(port, 'port') ?? 0;
    const chosen = nodePortOf(port) || byPort.get(number) || askedFor(ports, number) || free(ids, used, own);
    const isMine = held === undefined ? byPort.get(number) === chosen : own.has(chosen);
    const why = isMine ? undefined : whyNot(chosen, used);
    if (why !== undefined) return [invalidValue(`spec.ports[${index}].nodePort`, chosen, why)];
    port['nodePort'] = chosen;
    byPort.set(number, chosen);
    used.add(chosen);
    own.add(chosen);
  }
  return [];
}

function nodePortOf(port: JsonObject): number {
  return readNumber(port, 'nodePort') ?? 0;
}

function nodePortsOf(spec: JsonObject[string]): number[] {
  return readObjects(spec, 'ports')
    .map(nodePortOf)
    .filter((number) => number !== 0);
}

/** The same port over another protocol may have said which. */
function askedFor(ports: readonly JsonObject[], number: number): number {
  return (
    ports.map((port) => (port['port'] === number ? nodePortOf(port) : 0)).find((port) => port !== 0) ?? 0
  );
}

function free(ids: Ids, used: ReadonlySet<number>, own: ReadonlySet<number>): number {
  let candidate = first + ids.integer(count);
  while (used.has(candidate) || own.has(candidate)) candidate = first + ((candidate - first + 1) % count);
  return candidate;
}

function whyNot(port: number, used: ReadonlySet<number>): string | undefined {
  if (port < first || port > last) {
    return `provided port is not in the valid range. The range of valid ports is ${first}-${last}`;
  }
  return used.has(port) ? 'provided port is already allocated' : undefined;
}
