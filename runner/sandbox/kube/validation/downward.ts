/** The downward API: which fields of the pod and of its containers environment variables and volumes may show. */
import { parseQuantity } from '../defaults/quantity.ts';
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readText } from '../objects/fields.ts';
import { checkQualifiedName } from './names.ts';
import { invalidValue, required, unsupported } from './problems.ts';

/** What an environment variable may hold. */
export const environmentFields: readonly string[] = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

/** What a file of a volume may hold. */
export const volumeFields: readonly string[] = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];

/** Fields that the API can convert, of which each place allows some. */
const knownFields = new Set([
  ...environmentFields,
  ...volumeFields,
  'spec.host',
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
]);

const containerResources = ['limits', 'requests'].flatMap((list) =>
  ['cpu', 'ephemeral-storage', 'memory'].map((resource) => `${list}.${resource}`),
);

const cpuDivisors = '1m and 1';
const byteDivisors = '1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei';

/** The problems of a `fieldRef` where only these fields are allowed. */
export function checkFieldRef(
  field: string,
  reference: JsonObject,
  allowed: readonly string[],
): FieldProblem[] {
  const version = readText(reference, 'apiVersion');
  const path = readText(reference, 'fieldPath');
  const at = `${field}.fieldPath`;
  const refuse = (why: string): FieldProblem[] => [
    invalidValue(at, path, `error converting fieldPath: ${why}`),
  ];
  if (version === '') return [required(`${field}.apiVersion`)];
  if (path === '') return [required(at)];
  if (version !== 'v1') return refuse(`unsupported pod version: ${version}`);
  const [, map, key = ''] = /^(.*)\['(.*)'\]$/s.exec(path) ?? [];
  switch (map) {
    case undefined: {
      if (!knownFields.has(path)) return refuse(`field label not supported: ${path}`);
      const current = path === 'spec.host' ? 'spec.nodeName' : path;
      return allowed.includes(current) ? [] : [unsupported(at, path, allowed)];
    }
    case 'metadata.annotations':
      return checkQualifiedName(field, key.toLowerCase());
    case 'metadata.labels':
      return checkQualifiedName(field, key);
    default:
      return refuse(`field label does not support subscript: ${path}`);
  }
}

/** The problems of a `resourceFieldRef`. */
export function checkResourceRef(field: string, reference: JsonObject): FieldProblem[] {
  const resource = readText(reference, 'resource');
  if (resource === '') return [required(`${field}.resource`)];
  if (/^(limits|requests)\.hugepages-/.test(resource)) return [];
  if (!containerResources.includes(resource)) {
    return [unsupported(`${field}.resource`, resource, containerResources)];
  }
  const [, name = ''] = resource.split('.');
  const listed = name === 'cpu' ? cpuDivisors : byteDivisors;
  const divisor = parseQuantity(readText(reference, 'divisor') || '0') ?? 0n;
  const isAllowed = listed.split(/, | and /).some((text) => parseQuantity(text) === divisor);
  if (divisor === 0n || isAllowed) return [];
  const shown = name === 'ephemeral-storage' ? 'local ephemeral storage' : name;
  const words = `only divisor's values ${listed} are supported with the ${shown} resource`;
  return [invalidValue(`${field}.divisor`, resource, words)];
}
