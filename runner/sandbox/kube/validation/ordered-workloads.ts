/** StatefulSets and DaemonSets (pkg/apis/apps/validation). */
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readObject, readObjects, readPath, readText } from '../objects/fields.ts';
import { sameJson } from '../schema/json-value.ts';
import { checkAmount, checkCount, isZero } from './amounts.ts';
import { checkLabelSelector, checkSelector, selects } from './label-selector.ts';
import { checkClaimSpec } from './claims.ts';
import { checkFormat, formats } from './names.ts';
import { forbiddenField, invalidValue, required, unsupported } from './problems.ts';
import { checkTemplate } from './workloads.ts';

const strategyField = 'spec.updateStrategy';
const retentionPolicies = ['Retain', 'Delete'];

/** The problems of a StatefulSet. */
export function checkStatefulSet(object: JsonObject): FieldProblem[] {
  const spec = readObject(object, 'spec');
  const management = readText(spec, 'podManagementPolicy');
  const words = "must be 'OrderedReady' or 'Parallel'";
  const serviceName = readText(spec, 'serviceName');
  return [
    ...(['OrderedReady', 'Parallel'].includes(management)
      ? []
      : [invalidValue('spec.podManagementPolicy', management, words)]),
    ...checkOrderedUpdate(readObject(spec, 'updateStrategy')),
    ...['whenDeleted', 'whenScaled'].flatMap((field) => checkRetention(spec, field)),
    ...readObjects(spec, 'volumeClaimTemplates').flatMap((claim, index) =>
      checkClaimSpec(`spec.volumeClaimTemplates[${index}].spec`, readObject(claim, 'spec')),
    ),
    ...checkCount(spec, 'replicas'),
    ...checkCount(spec, 'minReadySeconds'),
    ...checkCount(readObject(spec, 'ordinals'), 'start', 'spec.ordinals'),
    ...(serviceName === '' ? [] : checkFormat('spec.serviceName', serviceName, formats.label)),
    ...checkSelector(spec, 'empty selector is invalid for statefulset'),
    ...checkTemplate(withClaims(spec)),
  ];
}

function checkOrderedUpdate(strategy: JsonObject): FieldProblem[] {
  const type = readText(strategy, 'type');
  const rolling = readPath(strategy, 'rollingUpdate');
  if (type === 'RollingUpdate') {
    const field = `${strategyField}.rollingUpdate`;
    return [
      ...checkCount(readObject(strategy, 'rollingUpdate'), 'partition', field),
      ...checkAmount(`${field}.maxUnavailable`, readPath(rolling, 'maxUnavailable')),
    ];
  }
  const partition = readPath(rolling, 'partition') ?? 0;
  const shown = rolling === undefined ? null : { Partition: partition, MaxUnavailable: null };
  if (type !== 'OnDelete') {
    const whole = { Type: type, RollingUpdate: shown };
    return [invalidValue(strategyField, whole, "must be 'RollingUpdate' or 'OnDelete'")];
  }
  const words = "only allowed for updateStrategy 'RollingUpdate'";
  return rolling === undefined ? [] : [invalidValue(`${strategyField}.rollingUpdate`, shown, words)];
}

function checkRetention(spec: JsonObject, field: string): FieldProblem[] {
  const place = 'persistentVolumeClaimRetentionPolicy';
  const policy = readText(spec, place, field);
  return retentionPolicies.includes(policy)
    ? []
    : [unsupported(`spec.${place}.${field}`, policy, retentionPolicies)];
}

/** The template as its pods will be: each claim is a volume of the same name. */
function withClaims(spec: JsonObject): JsonObject {
  const names = readObjects(spec, 'volumeClaimTemplates').map((claim) => readText(claim, 'metadata', 'name'));
  if (names.length === 0) return spec;
  const template = readObject(spec, 'template');
  const others = readObjects(template, 'spec', 'volumes').filter(
    (volume) => !names.includes(readText(volume, 'name')),
  );
  const claims = names.map((name) => ({ name, persistentVolumeClaim: { claimName: name } }));
  const podSpec = { ...readObject(template, 'spec'), volumes: [...claims, ...others] };
  return { ...spec, template: { ...template, spec: podSpec } };
}

const movable = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

/** Most of a StatefulSet is chosen once. */
export function checkStatefulSetUpdate(before: JsonObject, after: JsonObject): FieldProblem[] {
  const fixed = (object: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(readObject(object, 'spec')).filter(([name]) => !movable.includes(name)),
    );
  if (sameJson(fixed(before), fixed(after))) return [];
  const [last, ...others] = movable.toReversed();
  const list = `${others
    .toReversed()
    .map((name) => `'${name}'`)
    .join(', ')} and '${last}'`;
  return [forbiddenField('spec', `updates to statefulset spec for fields other than ${list} are forbidden`)];
}

/** The problems of a DaemonSet. */
export function checkDaemonSet(object: JsonObject): FieldProblem[] {
  const spec = readObject(object, 'spec');
  const selector = readPath(spec, 'selector');
  const isEmpty =
    selector !== undefined && Object.values(readObject(spec, 'selector')).every((part) => isBlank(part));
  const template = checkTemplate(spec);
  const mismatch = selects(selector, readLabels(spec)) ? 0 : 1;
  return [
    ...checkLabelSelector('spec.selector', readObject(spec, 'selector')),
    ...template.slice(0, mismatch),
    ...(isEmpty
      ? [invalidValue('spec.selector', selector ?? {}, 'empty selector is invalid for daemonset')]
      : []),
    ...template.slice(mismatch),
    ...checkCount(spec, 'minReadySeconds'),
    ...checkDaemonUpdate(readObject(spec, 'updateStrategy')),
    ...checkCount(spec, 'revisionHistoryLimit'),
  ];
}

function isBlank(part: unknown): boolean {
  return typeof part === 'object' && part !== null && Object.keys(part).length === 0;
}

function readLabels(spec: JsonObject): Record<string, string> {
  return readObject(spec, 'template', 'metadata', 'labels') as Record<string, string>;
}

function checkDaemonUpdate(strategy: JsonObject): FieldProblem[] {
  const type = readText(strategy, 'type');
  const unavailable = readPath(strategy, 'rollingUpdate', 'maxUnavailable');
  const surge = readPath(strategy, 'rollingUpdate', 'maxSurge');
  if (type === 'OnDelete') return [];
  if (type !== 'RollingUpdate') {
    const rolling = { MaxUnavailable: unavailable ?? 0, MaxSurge: surge ?? 0 };
    const shown = { Type: type, RollingUpdate: strategy['rollingUpdate'] === undefined ? null : rolling };
    return [unsupported(strategyField, shown, ['RollingUpdate', 'OnDelete'])];
  }
  const field = `${strategyField}.rollingUpdate`;
  const both = !isZero(unavailable) && !isZero(surge);
  const none = isZero(unavailable) && isZero(surge);
  return [
    ...checkAmount(`${field}.maxUnavailable`, unavailable),
    ...checkAmount(`${field}.maxSurge`, surge),
    ...(both
      ? [invalidValue(`${field}.maxSurge`, surge ?? 0, 'may not be set when maxUnavailable is non-zero')]
      : []),
    ...(none ? [required(`${field}.maxUnavailable`, 'cannot be 0 when maxSurge is 0')] : []),
  ];
}
