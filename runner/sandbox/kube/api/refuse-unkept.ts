/** What nobody would keep is not accepted: a quota that counts nothing would look like one that is kept. */
import { hasRules } from '../custom/rules/check-rules.ts';
import { findUnkeptRule } from '../custom/rules/find-unkept-rule.ts';
import { notImplemented } from '../errors.ts';
import type { JsonObject, KubeObject } from '../kube.ts';
import {
  asJson,
  readList,
  readMap,
  readNumber,
  readObject,
  readObjects,
  readPath,
  readText,
} from '../objects/fields.ts';
import { isMeasured } from '../quota/measure-usage.ts';

/** Names what the emulator does not enforce of an object; undefined where it keeps all. */
type FindUnkept = (object: JsonObject) => string | undefined;

const byKind: Readonly<Record<string, FindUnkept>> = {
  ResourceQuota: findInQuota,
  LimitRange: findInLimits,
  CustomResourceDefinition: findInDefinition,
  Job: (job) => findInJob(readObject(job, 'spec')),
  CronJob: (cronJob) => findInJob(readObject(cronJob, 'spec', 'jobTemplate', 'spec')),
};

/** Throws ApiError 501 that names what the emulator does not enforce. */
export function refuseUnkept(kind: string, object: KubeObject): void {
  const unkept = byKind[kind]?.(asJson(object));
  if (unkept !== undefined) throw notImplemented(unkept);
}

function findInQuota(quota: JsonObject): string | undefined {
  const unknown = Object.keys(readMap(quota, 'spec', 'hard')).find((name) => !isMeasured(name));
  if (unknown !== undefined) return `a quota of ${unknown}`;
  const isScoped =
    readList(quota, 'spec', 'scopes').length > 0 || readPath(quota, 'spec', 'scopeSelector') !== undefined;
  return isScoped ? 'a quota with scopes' : undefined;
}

function findInLimits(range: JsonObject): string | undefined {
  const items = readObjects(range, 'spec', 'limits');
  const foreign = items.map((item) => readText(item, 'type')).find((type) => !keptLimits.has(type));
  if (foreign !== undefined) return `a limit range of ${foreign}`;
  const hasRatio = items.some((item) => Object.keys(readObject(item, 'maxLimitRequestRatio')).length > 0);
  return hasRatio ? 'a limit range with maxLimitRequestRatio' : undefined;
}

/** As many as fit into a request of 3 MiB. */
const mostValues = 2 ** 20;
const compositions = ['allOf', 'anyOf', 'oneOf'];

function findInDefinition(definition: JsonObject): string | undefined {
  if (readText(definition, 'spec', 'conversion', 'strategy') === 'Webhook') return 'conversion by a webhook';
  const versions = readObjects(definition, 'spec', 'versions');
  if (versions.some((version) => readList(version, 'selectableFields').length > 0))
    return 'selectableFields of custom resources';
  const rule = versions
    .map((version) => findRule(readObject(version, 'schema', 'openAPIV3Schema')))
    .find((found) => found !== undefined);
  return rule === undefined ? undefined : `${rule} in the schema of a custom resource`;
}

/** The first rule that is not kept, in a schema or below it. `times`: how many values of it an object may have. */
function findRule(schema: JsonObject, isRoot = true, times = 1): string | undefined {
  const own = findUnkeptRule(schema, isRoot, times);
  if (own !== undefined) return own;
  const pattern = readText(schema, 'pattern');
  if (!isPattern(pattern)) return `the pattern ${JSON.stringify(pattern)}`;
  const composed = [readObject(schema, 'not'), ...compositions.flatMap((name) => readObjects(schema, name))];
  if (composed.some((part) => hasRules(part)))
    return 'x-kubernetes-validations in allOf, anyOf, oneOf or not';
  const named = Object.keys(readObject(schema, 'properties')).map((name) =>
    readObject(schema, 'properties', name),
  );
  const mostItems = readNumber(schema, 'maxItems') ?? mostValues;
  const mostFields = readNumber(schema, 'maxProperties') ?? mostValues;
  const below: readonly (readonly [JsonObject, number])[] = [
    [readObject(schema, 'items'), mostItems],
    [readObject(schema, 'additionalProperties'), mostFields],
    ...[...composed, ...named].map((part): [JsonObject, number] => [part, 1]),
  ];
  for (const [inner, count] of below) {
    const found = Object.keys(inner).length === 0 ? undefined : findRule(inner, false, times * count);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Go knows expressions that JavaScript does not. */
function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u').source !== '';
  } catch {
    return false;
  }
}

const keptLimits = new Set(['Container', 'Pod']);

/** What needs Indexed completion is refused by validation where that is missing. */
function findInJob(spec: JsonObject): string | undefined {
  const isIndexed = spec['completionMode'] === 'Indexed';
  const manager = readText(spec, 'managedBy');
  const unkept: readonly (readonly [boolean, string])[] = [
    [readList(spec, 'podFailurePolicy', 'rules').length > 0, 'podFailurePolicy'],
    [isIndexed && spec['successPolicy'] !== undefined, 'successPolicy'],
    [isIndexed && spec['backoffLimitPerIndex'] !== undefined, 'backoffLimitPerIndex'],
    [manager !== '' && manager !== 'kubernetes.io/job-controller', 'managedBy'],
  ];
  const found = unkept.find(([isAsked]) => isAsked);
  return found === undefined ? undefined : `${found[1]} of Jobs`;
}
