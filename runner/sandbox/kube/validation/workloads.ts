/** Deployments and ReplicaSets (pkg/apis/apps/validation). */
import type { FieldProblem } from '../errors.ts';
import type { Json, JsonObject } from '../kube.ts';
import { readMap, readNumber, readObject, readPath, readText } from '../objects/fields.ts';
import { sameJson } from '../schema/json-value.ts';
import { checkCount, checkPercent, checkPositive, isZero } from './amounts.ts';
import { checkLabelSelector, checkSelector, selects } from './label-selector.ts';
import { checkAnnotations, checkLabels } from './names.ts';
import { checkPodSpec } from './pod-spec.ts';
import { forbiddenField, invalidValue, unsupported } from './problems.ts';

const template = 'spec.template';
/** These words are the same for all kinds whose pods run for ever. */
const deadlineWords = 'activeDeadlineSeconds in ReplicaSet is not Supported';

/** The problems of a Deployment. */
export function checkDeployment(object: JsonObject): FieldProblem[] {
  const spec = readObject(object, 'spec');
  return [
    ...checkCount(spec, 'replicas'),
    ...checkSelector(spec, 'empty selector is invalid for deployment'),
    ...checkTemplate(spec),
    ...checkStrategy(spec),
    ...['minReadySeconds', 'revisionHistoryLimit'].flatMap((field) => checkCount(spec, field)),
    ...checkDeadline(spec),
  ];
}

/** The problems of a ReplicaSet. */
export function checkReplicaSet(object: JsonObject): FieldProblem[] {
  const spec = readObject(object, 'spec');
  return [
    ...checkCount(spec, 'replicas'),
    ...checkCount(spec, 'minReadySeconds'),
    ...checkSelector(spec, 'empty selector is invalid for deployment'),
    ...checkTemplate(spec),
  ];
}

/** The selector is chosen once. */
export function checkSelectorUpdate(before: JsonObject, after: JsonObject): FieldProblem[] {
  const selector = readObject(after, 'spec', 'selector');
  if (sameJson(readObject(before, 'spec', 'selector'), selector)) return [];
  return [invalidValue('spec.selector', selector, 'field is immutable')];
}

/** The problems of a template of pods that run for ever. It is not looked at where the selector cannot be read. */
export function checkTemplate(spec: JsonObject): FieldProblem[] {
  if (checkLabelSelector('', readObject(spec, 'selector')).length > 0) return [];
  const labels = readMap(spec, 'template', 'metadata', 'labels');
  const hasLabels = Object.keys(labels).length > 0;
  const podSpec = readObject(spec, 'template', 'spec');
  const selector = readPath(spec, 'selector');
  const words = '`selector` does not match template `labels`';
  const shown: Json = hasLabels ? labels : null;
  const restartPolicy = readText(podSpec, 'restartPolicy');
  return [
    ...(selects(selector, labels) ? [] : [invalidValue(`${template}.metadata.labels`, shown, words)]),
    ...checkLabels(`${template}.labels`, labels),
    ...checkAnnotations(`${template}.annotations`, readMap(spec, 'template', 'metadata', 'annotations')),
    ...checkPodSpec(`${template}.spec`, podSpec),
    ...(restartPolicy === 'Always'
      ? []
      : [unsupported(`${template}.spec.restartPolicy`, restartPolicy, ['Always'])]),
    ...(podSpec['activeDeadlineSeconds'] === undefined
      ? []
      : [forbiddenField(`${template}.spec.activeDeadlineSeconds`, deadlineWords)]),
  ];
}

function checkStrategy(spec: JsonObject): FieldProblem[] {
  const field = 'spec.strategy';
  const strategy = readObject(spec, 'strategy');
  const type = readText(strategy, 'type');
  const rolling = readPath(strategy, 'rollingUpdate');
  if (type === 'Recreate') {
    const words = "may not be specified when strategy `type` is 'Recreate'";
    return rolling === undefined ? [] : [forbiddenField(`${field}.rollingUpdate`, words)];
  }
  const surge = readPath(rolling, 'maxSurge');
  const unavailable = readPath(rolling, 'maxUnavailable');
  if (type !== 'RollingUpdate') {
    const amounts = { MaxUnavailable: unavailable ?? 0, MaxSurge: surge ?? 0 };
    const shown = { Type: type, RollingUpdate: rolling === undefined ? null : amounts };
    return [unsupported(field, shown, ['Recreate', 'RollingUpdate'])];
  }
  const at = `${field}.rollingUpdate`;
  const none = isZero(surge) && isZero(unavailable);
  return [
    ...checkPositive(`${at}.maxUnavailable`, unavailable),
    ...checkPositive(`${at}.maxSurge`, surge),
    ...(none
      ? [invalidValue(`${at}.maxUnavailable`, unavailable ?? 0, 'may not be 0 when `maxSurge` is 0')]
      : []),
    ...checkPercent(`${at}.maxUnavailable`, unavailable),
  ];
}

function checkDeadline(spec: JsonObject): FieldProblem[] {
  const field = 'spec.progressDeadlineSeconds';
  const deadline = readNumber(spec, 'progressDeadlineSeconds');
  if (deadline === undefined || deadline > (readNumber(spec, 'minReadySeconds') ?? 0)) return [];
  return [
    ...checkCount(spec, 'progressDeadlineSeconds'),
    invalidValue(field, deadline, 'must be greater than minReadySeconds'),
  ];
}
