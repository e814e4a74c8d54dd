/**
 * The objects that a scenario leaves in a cluster, as normalised lines (`Deployment t3/app .spec.replicas = 2`), so that two
 * clusters can be compared: what was not there, or was otherwise, when the cluster was opened. Read through kubectl, as
 * everything else is.
 */
import { normalise, type OpenCluster } from './kubectl-scenario.ts';

/** In order. A line is there as often as it is true: names that are made at random are the same for several. */
export type LeftObjects = readonly string[];

interface Item {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly generateName?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** Not compared: what a cluster writes to by itself all the time, and its machines, which are others. */
const PASSED_BY = new Set(['events', 'events.events.k8s.io', 'leases.coordination.k8s.io', 'nodes']);
/** Fields whose values say when or how often something was written, not what; and what a pod's kubelet says of it. */
const MOVING = [
  /\.(?:uid|resourceVersion|creationTimestamp|deletionTimestamp|time) /,
  /^EndpointSlice \S+ \.metadata\.generation /,
  /^Endpoint\S+ \S+ \.metadata\..*(?:last-change-trigger-time|f:annotations\.\.) /,
  /^Pod \S+ \.status\.(?!phase )/,
  /^Pod \S+ \.metadata\.managedFields\[[^\]]* status\]/,
];
/** Not the roles that every cluster starts with. */
const OWN = "-l '!kubernetes.io/bootstrapping'";
const HASH_LABELS = ['pod-template-hash', 'controller-revision-hash', 'controller.kubernetes.io/hash'];

/** The kinds of a cluster that can be compared, as kubectl names them. */
export async function listKinds(cluster: OpenCluster): Promise<readonly string[]> {
  const printed = await cluster.print('kubectl api-resources --verbs=list -o name');
  return printed.split('\n').filter((name) => name !== '' && !PASSED_BY.has(name));
}

/** Moves with each write. */
export async function readVersion(cluster: OpenCluster): Promise<string> {
  const printed = await cluster.print("kubectl get --raw '/api/v1/namespaces?limit=1'");
  return /"resourceVersion":"(\d+)"/.exec(printed)?.[1] ?? '';
}

/** Everything of these kinds. */
export async function readObjects(cluster: OpenCluster, kinds: readonly string[]): Promise<LeftObjects> {
  const text = await cluster.print(`kubectl get ${kinds.join(',')} -A -o json --show-managed-fields ${OWN}`);
  const { items } = JSON.parse(text) as { items: readonly Item[] };
  const rename = renamer(items);
  return items.flatMap((item) => describe(item, rename)).toSorted();
}

/** What is in `after` and not in `before`, as often as it is there more often. */
export function subtract(after: LeftObjects, before: LeftObjects): LeftObjects {
  const counts = new Map<string, number>();
  for (const line of before) counts.set(line, (counts.get(line) ?? 0) + 1);
  return after.filter((line) => {
    const count = counts.get(line) ?? 0;
    counts.set(line, count - 1);
    return count <= 0;
  });
}

/** Replaces what is random in names, wherever it stands: generated suffixes, and the hashes that controllers make. */
function renamer(items: readonly Item[]): (text: string) => string {
  const names = new Map<string, string>();
  for (const { metadata } of items) {
    const { name, generateName, labels = {} } = metadata;
    if (generateName !== undefined && name.startsWith(generateName)) names.set(name, `${generateName}X`);
    for (const label of HASH_LABELS) if (labels[label] !== undefined) names.set(labels[label], 'HASH');
  }
  const known = [...names.keys()].toSorted((left, right) => right.length - left.length);
  return (text) => {
    let result = text;
    for (const name of known)
      if (result.includes(name)) result = result.replaceAll(name, names.get(name) ?? '');
    return result;
  };
}

function describe(item: Item, rename: (text: string) => string): string[] {
  const { kind, metadata } = item;
  const name = [metadata.namespace, metadata.name].filter((part) => part !== undefined).join('/');
  return flatten(item, '')
    .map((line) => `${kind} ${name} ${line}`)
    .filter((line) => !MOVING.some((pattern) => pattern.test(line)))
    .map((line) =>
      normalise(rename(line))
        .replaceAll(/(?:CERTIFICATE\\n)+/g, 'CERTIFICATE')
        .replaceAll(/\bHASH-[b-df-hj-np-tv-z2-9]{5}\b/g, 'HASH-X')
        .replace(/(\.(?:healthCheckN|n)odePort = )\d+$/, '$1PORT'),
    );
}

/** A value as lines of path and value; managers and conditions by name, because they come in the order of their times. */
function flatten(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [`${path} = ${JSON.stringify(value)}`];
  const entries = Array.isArray(value)
    ? value.map((item: unknown, index) => [`[${nameOf(item) ?? index}]`, item] as const)
    : Object.entries(value).map(([name, part]) => [`.${name}`, part] as const);
  if (entries.length === 0) return [`${path} = ${Array.isArray(value) ? '[]' : '{}'}`];
  return entries.flatMap(([step, part]) => flatten(part, `${path}${step}`));
}

function nameOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  if ('manager' in item && 'operation' in item) {
    const subresource = 'subresource' in item ? ` ${String(item.subresource)}` : '';
    return `${String(item.manager)} ${String(item.operation)}${subresource}`;
  }
  return 'lastTransitionTime' in item && 'type' in item ? String(item.type) : undefined;
}
