/** Quotas and limits of a namespace: what a new object may take, and what its containers get where they say nothing. */
import { requestLimits } from '../defaults/pod-spec.ts';
import { parseQuantity } from '../defaults/quantity.ts';
import { forbidden, qualifiedName } from '../errors.ts';
import type { JsonObject, KubeObject, ResourceName } from '../kube.ts';
import type { Core } from '../objects/core.ts';
import { asJson, childObject, readMap, readObjects, readText } from '../objects/fields.ts';
import { countedResource, renderAmount, unsaidAmounts, usageOf } from '../quota/measure-usage.ts';

const quotas: ResourceName = { group: '', version: 'v1', resource: 'resourcequotas' };
const ranges: ResourceName = { group: '', version: 'v1', resource: 'limitranges' };

/** After validation: throws ApiError 403 where a quota has no room for the object. */
export function checkQuotas(core: Core, resource: ResourceName, object: KubeObject): void {
  const { namespace, name } = object.metadata;
  if (namespace === undefined) return;
  for (const quota of core.objects.list(quotas, namespace)) {
    const hard = readMap(asJson(quota), 'spec', 'hard');
    const limited = Object.keys(hard).filter((key) => countedResource(key) === qualifiedName(resource));
    const unsaid = object.kind === 'Pod' ? [...unsaidAmounts(object, limited)] : [];
    if (unsaid.length > 0) {
      const list = unsaid.map(([key, names]) => `${key} for: ${names.join(',')}`).join('; ');
      throw forbidden(resource, name, `failed quota: ${quota.metadata.name}: must specify ${list}`);
    }
    const over = findOver(core, resource, object, hard, limited);
    if (over.length === 0) continue;
    const list = (field: 'asked' | 'used' | 'most'): string =>
      over.map((entry) => `${entry.key}=${renderAmount(entry.key, entry[field])}`).join(',');
    const why = `requested: ${list('asked')}, used: ${list('used')}, limited: ${list('most')}`;
    throw forbidden(resource, name, `exceeded quota: ${quota.metadata.name}, ${why}`);
  }
}

interface Over {
  readonly key: string;
  readonly asked: bigint;
  readonly used: bigint;
  readonly most: bigint;
}

function findOver(
  core: Core,
  resource: ResourceName,
  object: KubeObject,
  hard: Readonly<Record<string, string>>,
  limited: readonly string[],
): Over[] {
  const asked = usageOf(resource, object);
  const { namespace = '' } = object.metadata;
  return limited
    .map((key) => ({
      key,
      asked: asked.get(key) ?? 0n,
      used: usedOf(core, resource, namespace, key),
      most: parseQuantity(hard[key] ?? '') ?? 0n,
    }))
    .filter((entry) => entry.asked > 0n && entry.used + entry.asked > entry.most)
    .toSorted((one, other) => (one.key < other.key ? -1 : 1));
}

function usedOf(core: Core, resource: ResourceName, namespace: string, key: string): bigint {
  return core.objects
    .list(resource, namespace)
    .reduce((sum, held) => sum + (usageOf(resource, held).get(key) ?? 0n), 0n);
}

interface Range {
  readonly type: string;
  readonly item: JsonObject;
}

const NOTE = 'kubernetes.io/limit-ranger';

/** Before defaulting: containers that say nothing get the namespace's defaults, which the pod then notes. */
export function fillLimits(core: Core, pod: KubeObject): void {
  const notes: string[] = [];
  for (const { type, item } of rangesOf(core, pod)) {
    if (type !== 'Container') continue;
    for (const container of containersOf(pod)) {
      requestLimits(container);
      const name = readText(container, 'name');
      const requests = fillAmounts(container, 'requests', readMap(item, 'defaultRequest'));
      const limits = fillAmounts(container, 'limits', readMap(item, 'default'));
      if (requests !== '') notes.push(`${requests} request for container ${name}`);
      if (limits !== '') notes.push(`${limits} limit for container ${name}`);
    }
  }
  if (notes.length === 0) return;
  const note = `LimitRanger plugin set: ${notes.join('; ')}`;
  pod.metadata.annotations = { ...pod.metadata.annotations, [NOTE]: note };
}

function fillAmounts(
  container: JsonObject,
  list: string,
  defaults: Readonly<Record<string, string>>,
): string {
  const missing = Object.keys(defaults)
    .filter((resource) => readText(container, 'resources', list, resource) === '')
    .toSorted((one, other) => (one < other ? -1 : 1));
  for (const resource of missing)
    childObject(childObject(container, 'resources'), list)[resource] = defaults[resource];
  return missing.join(', ');
}

/** After validation: throws ApiError 403 where a container or the pod asks for more or less than it may. */
export function checkLimits(core: Core, resource: ResourceName, pod: KubeObject): void {
  const problems = rangesOf(core, pod).flatMap(({ type, item }) =>
    (type === 'Container' ? containersOf(pod).map((container) => [container]) : [containersOf(pod)]).flatMap(
      (group) => [...outside(group, item, type, 'min'), ...outside(group, item, type, 'max')],
    ),
  );
  if (problems.length === 0) return;
  const words = problems.length === 1 ? (problems[0] ?? '') : `[${problems.join(', ')}]`;
  throw forbidden(resource, pod.metadata.name, words);
}

function outside(
  group: readonly JsonObject[],
  item: JsonObject,
  type: string,
  bound: 'min' | 'max',
): string[] {
  return Object.entries(readMap(item, bound)).flatMap(([resource, text]) => {
    const sum = (list: string): bigint | undefined => {
      const said = group.map((container) => readText(container, 'resources', list, resource));
      if (said.every((amount) => amount === '')) return undefined;
      return said.reduce((total, amount) => total + (parseQuantity(amount || '0') ?? 0n), 0n);
    };
    const enforced = parseQuantity(text) ?? 0n;
    const request = sum('requests');
    const limit = sum('limits');
    const isOut = (amount: bigint): boolean => (bound === 'min' ? amount < enforced : amount > enforced);
    const head = `${bound}imum ${resource} usage per ${type} is ${text}`;
    const show = (amount: bigint): string => renderAmount(resource, amount);
    const first = bound === 'min' ? request : limit;
    if (first === undefined) return [`${head}.  No ${bound === 'min' ? 'request' : 'limit'} is specified`];
    if (bound === 'max' && isOut(first)) return [`${head}, but limit is ${show(first)}`];
    if (request !== undefined && isOut(request)) return [`${head}, but request is ${show(request)}`];
    return limit !== undefined && isOut(limit) ? [`${head}, but limit is ${show(limit)}`] : [];
  });
}

function rangesOf(core: Core, { metadata }: KubeObject): Range[] {
  return core.objects
    .list(ranges, metadata.namespace)
    .flatMap((range) => readObjects(asJson(range), 'spec', 'limits'))
    .map((item) => ({ type: readText(item, 'type'), item }));
}

function containersOf(pod: KubeObject): JsonObject[] {
  return ['initContainers', 'containers'].flatMap((list) => readObjects(asJson(pod), 'spec', list));
}
