/** Which types an import lists, and which of the objects it takes: the rules of the original, one by one. */
import type { Manifest, ResourceType } from './worker.ts';

/** The hub's request: filters by path, and what to include that is left out otherwise. */
export interface ImportWishes {
  readonly Filters?: readonly Filter[];
  readonly Options?: Readonly<Record<string, unknown>>;
}

interface Filter {
  readonly Type: string;
  readonly Operator: string;
  readonly Values: readonly string[];
}

const SYSTEM_NAMESPACES = ['kube-system', 'kube-public', 'kube-node-lease'];
const CRD = 'CustomResourceDefinition';
/** Answers, not stored objects; and secrets are never imported. */
const NEVER_LISTED = /Review$|^(?:Binding|Scale|Eviction|Secret)$/;
/** Of the cluster's own administration. */
const ADMINISTRATIVE = new Set([
  'APIService',
  'CertificateSigningRequest',
  'ComponentStatus',
  'Event',
  'IPAddress',
  'Lease',
  'LeaseCandidate',
  'Node',
  'RuntimeClass',
  'ServiceCIDR',
]);

/** The types to list and where; a namespace that is undefined is all of them. */
export function typesToList(
  types: readonly ResourceType[],
  wishes: ImportWishes,
): readonly { readonly type: ResourceType; readonly namespaces: readonly (string | undefined)[] }[] {
  const namespaces = wantedNamespaces(wishes);
  const listed = types.filter(
    ({ kind, verbs, namespaced }) =>
      verbs.includes('list') &&
      (verbs.includes('get') || verbs.includes('watch')) &&
      !NEVER_LISTED.test(kind) &&
      !ADMINISTRATIVE.has(kind) &&
      isListed(kind, namespaced, namespaces.length > 0, wishes),
  );
  return listed.map((type) => ({
    type,
    namespaces: namespaces.length > 0 && type.namespaced ? namespaces : [undefined],
  }));
}

function isListed(kind: string, namespaced: boolean, inNamespaces: boolean, wishes: ImportWishes): boolean {
  if (namespaced) return true;
  const everywhere = !inNamespaces && isOn(wishes, 'include_cluster');
  return kind === CRD ? isOn(wishes, 'include_custom') && (inNamespaces || everywhere) : everywhere;
}

function wantedNamespaces(wishes: ImportWishes): string[] {
  const named = (wishes.Filters ?? [])
    .filter(({ Type, Operator }) => Type === 'metadata.namespace' && Operator === 'include')
    .flatMap(({ Values }) => Values);
  if (!isOn(wishes, 'include_system')) return named.filter((name) => !SYSTEM_NAMESPACES.includes(name));
  if (named.length === 0 || named.some((name) => SYSTEM_NAMESPACES.includes(name))) return named;
  return [...named, ...SYSTEM_NAMESPACES];
}

/** The objects that the wishes select. What a controller owns is never taken, unless everything is. */
export function takeImported(objects: readonly Manifest[], wishes: ImportWishes): readonly Manifest[] {
  const filters = wishes.Filters ?? [];
  const system = isOn(wishes, 'include_system');
  if (filters.length === 0 && system) return objects;
  return objects.filter((object) => {
    if (at(object, ['metadata', 'ownerReferences']) !== undefined) return false;
    const inSystem = SYSTEM_NAMESPACES.includes(object.metadata.namespace ?? '');
    if (system && inSystem) return true;
    if (object.kind === CRD && isOn(wishes, 'include_custom')) return true;
    return !inSystem && filters.every((filter) => passes(object, filter, system));
  });
}

function passes(object: Manifest, filter: Filter, system: boolean): boolean {
  const { Type: path, Values } = filter;
  switch (path) {
    case 'metadata.namespace':
      return passesNamespace(object.metadata.namespace ?? '', filter, system);
    case 'resource_type':
      return agrees(filter, Values.includes(`${object.apiVersion}/${object.kind}`));
    case 'metadata.labels':
    case 'metadata.annotations': {
      const texts = at(object, path.split('.'));
      return agrees(
        filter,
        Values.some((value) => hasText(texts, value)),
      );
    }
    default:
      return passesPath(object, filter);
  }
}

function passesNamespace(namespace: string, filter: Filter, system: boolean): boolean {
  const isNamed = filter.Values.includes(namespace);
  if (filter.Operator === 'exclude') return !isNamed;
  return namespace !== '' && (isNamed || (system && SYSTEM_NAMESPACES.includes(namespace)));
}

/** `key=value`, or a key alone. */
function hasText(texts: unknown, wanted: string): boolean {
  const [key = '', ...value] = wanted.split('=');
  const found = at(texts, [key]);
  return value.length === 0 ? found !== undefined : found === value.join('=');
}

/** The first `*` or number in a path goes through a list (or map): one fitting element is enough. */
function passesPath(object: Manifest, filter: Filter): boolean {
  const path = filter.Type.split('.');
  const turn = path.findIndex((name) => name === '*' || /^\d+$/.test(name));
  if (turn < 0) return passesValue(filter, at(object, path));
  const holder = at(object, path.slice(0, turn));
  if (typeof holder !== 'object' || holder === null) return passesValue(filter, undefined);
  const step = path[turn] ?? '';
  const fits = (item: unknown): boolean => {
    const value = at(item, path.slice(turn + 1));
    return value !== undefined && passesValue(filter, value);
  };
  if (step === '*') return Object.values(holder).some(fits);
  const item = Array.isArray(holder) ? (holder as unknown[])[Number(step)] : at(holder, [step]);
  return item === undefined ? passesValue(filter, undefined) : fits(item);
}

function passesValue(filter: Filter, value: unknown): boolean {
  if (value === undefined) return filter.Operator === 'exclude';
  return agrees(filter, filter.Values.includes(show(value)));
}

function agrees({ Operator }: Filter, isIn: boolean): boolean {
  return Operator === 'exclude' ? !isIn : isIn;
}

function show(value: unknown): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, name) =>
      typeof found === 'object' && found !== null && !Array.isArray(found) && Object.hasOwn(found, name)
        ? (found as Record<string, unknown>)[name]
        : undefined,
    value,
  );
}

function isOn({ Options }: ImportWishes, option: string): boolean {
  return Options?.[option] === true;
}
