/** What objects take from a ResourceQuota (pkg/quota/v1): counts of objects, and what pods and claims ask for. Amounts are in billionths. */
import { canonicalQuantity, parseQuantity } from '../defaults/quantity.ts';
import type { JsonObject, KubeObject, ResourceName } from '../kube.ts';
import { asJson, readObject, readObjects, readText } from '../objects/fields.ts';

const ONE = 1_000_000_000n;
const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'];

export type Usage = ReadonlyMap<string, bigint>;

/** Objects that quotas count by a short name. */
const SHORT_NAMES = new Set([
  'pods',
  'services',
  'configmaps',
  'secrets',
  'persistentvolumeclaims',
  'resourcequotas',
  'replicationcontrollers',
]);

/** Whether usage of that name is measured; a quota of any other cannot be kept. */
export function isMeasured(name: string): boolean {
  if (name.startsWith('count/') || SHORT_NAMES.has(name) || COMPUTE.includes(name)) return true;
  if (name === 'services.loadbalancers' || name === 'services.nodeports' || name === 'requests.storage')
    return true;
  const [kind = '', resource = ''] = name.split(/\.(.*)/s);
  return (kind === 'requests' || kind === 'limits') && COMPUTE.includes(resource);
}

/** The resource whose objects a name counts. */
export function countedResource(name: string): string {
  if (name.startsWith('count/')) return name.slice('count/'.length);
  if (name === 'requests.storage') return 'persistentvolumeclaims';
  if (name.startsWith('services.')) return 'services';
  return SHORT_NAMES.has(name) ? name : 'pods';
}

/** What one object takes; nothing where it does not count. */
export function usageOf(resource: Pick<ResourceName, 'group' | 'resource'>, object: KubeObject): Usage {
  const usage = new Map<string, bigint>();
  const { group, resource: plural } = resource;
  const json = asJson(object);
  usage.set(`count/${plural}${group === '' ? '' : `.${group}`}`, ONE);
  if (group !== '') return usage;
  if (SHORT_NAMES.has(plural)) usage.set(plural, ONE);
  if (plural === 'pods') addPod(usage, json);
  if (plural === 'services') addService(usage, readObject(json, 'spec'));
  if (plural === 'persistentvolumeclaims')
    usage.set(
      'requests.storage',
      parseQuantity(readText(json, 'spec', 'resources', 'requests', 'storage')) ?? 0n,
    );
  return usage;
}

function addPod(usage: Map<string, bigint>, pod: JsonObject): void {
  const phase = readText(pod, 'status', 'phase');
  if (phase === 'Succeeded' || phase === 'Failed') {
    usage.delete('pods');
    return;
  }
  const spec = readObject(pod, 'spec');
  for (const resource of COMPUTE) {
    const requested = amountOf(spec, 'requests', resource);
    usage.set(resource, requested);
    usage.set(`requests.${resource}`, requested);
    usage.set(`limits.${resource}`, amountOf(spec, 'limits', resource));
  }
}

/** The sum over containers, or the largest init container if that is more. */
function amountOf(spec: JsonObject, list: 'requests' | 'limits', resource: string): bigint {
  const of = (container: JsonObject): bigint =>
    parseQuantity(readText(container, 'resources', list, resource)) ?? 0n;
  const sum = readObjects(spec, 'containers').reduce((total, container) => total + of(container), 0n);
  return readObjects(spec, 'initContainers')
    .map((container) => of(container))
    .reduce((most, amount) => (amount > most ? amount : most), sum);
}

function addService(usage: Map<string, bigint>, spec: JsonObject): void {
  const type = readText(spec, 'type');
  const ports = BigInt(readObjects(spec, 'ports').length) * ONE;
  if (type === 'LoadBalancer') usage.set('services.loadbalancers', ONE);
  if (type === 'LoadBalancer' || type === 'NodePort') usage.set('services.nodeports', ports);
}

/** Which containers say nothing of what a quota limits, by the limited name. */
export function unsaidAmounts(pod: KubeObject, names: readonly string[]): Map<string, string[]> {
  const containers = ['initContainers', 'containers'].flatMap((list) =>
    readObjects(asJson(pod), 'spec', list),
  );
  const unsaid = new Map<string, string[]>();
  for (const name of names.toSorted((one, other) => (one < other ? -1 : 1))) {
    const [list = '', resource = ''] = COMPUTE.includes(name) ? ['requests', name] : name.split(/\.(.*)/s);
    if (!COMPUTE.includes(resource)) continue;
    const silent = containers.filter((container) => readText(container, 'resources', list, resource) === '');
    if (silent.length > 0)
      unsaid.set(name, silent.map((container) => readText(container, 'name')).toSorted());
  }
  return unsaid;
}

/** An amount as the server writes it: bytes in binary units, all else in decimal ones. */
export function renderAmount(name: string, amount: bigint): string {
  const isBytes = /memory|storage/.test(name);
  if (isBytes && amount % (ONE * 1024n) === 0n) return canonicalQuantity(`${amount / (ONE * 1024n)}Ki`);
  return canonicalQuantity(`${amount}n`);
}
