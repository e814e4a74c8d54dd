/** Requests and limits of a container: names of resources that a container can have, amounts, and which must agree. */
import { parseQuantity } from '../defaults/quantity.ts';
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readMap } from '../objects/fields.ts';
import { notNegative } from './amounts.ts';
import { checkQualifiedName } from './names.ts';
import { invalidValue, required } from './problems.ts';

const ofContainers = new Set(['cpu', 'memory', 'ephemeral-storage']);

/** What objects of other kinds (quotas, claims) count or ask for. */
const standard = new Set([
  ...ofContainers,
  ...['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => [`requests.${name}`, `limits.${name}`]),
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'storage',
  'requests.storage',
  'services.nodeports',
  'services.loadbalancers',
]);

const wholeUnit = 1_000_000_000n;

/** The problems of a container's `resources`. */
export function checkResources(field: string, resources: JsonObject): FieldProblem[] {
  const limits = readMap(resources, 'limits');
  const check = (list: string, name: string, amount: string): FieldProblem[] => [
    ...checkResourceName(`${field}.${list}[${name}]`, name),
    ...checkQuantity(`${field}.${list}[${name}]`, name, amount),
  ];
  return [
    ...Object.entries(limits).flatMap(([name, amount]) => check('limits', name, amount)),
    ...Object.entries(readMap(resources, 'requests')).flatMap(([name, amount]) => [
      ...check('requests', name, amount),
      ...checkAgainstLimit(field, name, amount, limits[name]),
    ]),
  ];
}

function checkResourceName(field: string, name: string): FieldProblem[] {
  const unreadable = checkQualifiedName(field, name);
  const isHugePage = name.startsWith('hugepages-');
  const isPlain = !name.includes('/');
  const refuse = (words: string): FieldProblem => invalidValue(field, name, words);
  const words = 'must be a standard resource type or fully qualified';
  const isForeign = isPlain && !isHugePage && !ofContainers.has(name);
  return [
    ...unreadable,
    ...(unreadable.length === 0 && isForeign && !standard.has(name) ? [refuse(words)] : []),
    ...(isForeign ? [refuse('must be a standard resource for containers')] : []),
    ...(isExtended(name) && name.startsWith('requests.')
      ? [refuse("doesn't follow extended resource name standard")]
      : []),
  ];
}

/** A resource of somebody else's device or controller. */
function isExtended(name: string): boolean {
  return name.includes('/') && !name.includes('kubernetes.io/');
}

function checkQuantity(field: string, name: string, amount: string): FieldProblem[] {
  const value = parseQuantity(amount) ?? 0n;
  const isWhole = value % wholeUnit === 0n;
  return [
    ...(value < 0n ? [invalidValue(field, amount, notNegative)] : []),
    ...(isExtended(name) && !isWhole ? [invalidValue(field, amount, 'must be an integer')] : []),
  ];
}

/** Devices cannot be promised twice, so their requests and limits are equal. */
function checkAgainstLimit(
  field: string,
  name: string,
  amount: string,
  limit: string | undefined,
): FieldProblem[] {
  const isShared = !isExtended(name) && !name.startsWith('hugepages-');
  if (limit === undefined) {
    const words = 'Limit must be set for non overcommitable resources';
    return isShared ? [] : [required(`${field}.limits`, words)];
  }
  const [asked, allowed] = [parseQuantity(amount) ?? 0n, parseQuantity(limit) ?? 0n];
  const words = isShared ? 'less than or equal' : 'equal';
  const isWrong = isShared ? asked > allowed : asked !== allowed;
  return isWrong
    ? [invalidValue(`${field}.requests`, amount, `must be ${words} to ${name} limit of ${limit}`)]
    : [];
}
