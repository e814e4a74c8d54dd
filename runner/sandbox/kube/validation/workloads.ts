/** Deployments, ReplicaSets and what came before them (pkg/apis/apps/validation, pkg/apis/core/validation). */
import type { FieldProblem } from '../errors.ts';
import type { Json, JsonObject } from '../kube.ts';
import { readMap, readNumber, readObject, readPath, readText } from '../objects/fields.ts';
import { sameJson } from '../schema/json-value.ts';
import { checkCount, checkPercent, checkPositive, isZero } from './amounts.ts';
import { checkLabelSelector, checkSelector, selects } from './label-selector.ts';
import { checkAnnotations, checkLabels } from './names.ts';
import { checkPodSpec } from './pod-spec.ts';
import { forbiddenField, invalidValue, required, unsupported } from './problems.ts';

const template = 'spec.template';

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

/** The problems of a ReplicationController, whose selector is a map of labels. */
export function checkReplicationController(object: JsonObject): FieldProblem[] {
  const spec = readObject(object, 'spec');
  const selector = readMap(spec, 'selector');
  const isEmpty = Object.keys(selector).length === 0;
  return [
    ...checkCount(spec, 'minReadySeconds'),
    ...(isEmpty ? [required('spec.selector')] : []),
    ...checkCount(spec, 'replicas'),
    ...(readPath(spec, 'template') === undefined
      ? [required(template)]
      : [
          ...(isEmpty ? [] : checkMatch({ matchLabels: selector }, readTemplateLabels(spec))),
          ...checkTemplateContent(template, readObject(spec, 'template')),
          ...checkEndless(readObject(spec, 'template', 'spec'), 'ReplicationController'),
        ]),
  ];
}

/** The problems of a PodTemplate. */
export function checkPodTemplate(object: JsonObject): FieldProblem[] {
  return checkTemplateContent('template', readObject(object, 'template'));
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
  return [
    ...checkMatch(readPath(spec, 'selector'), readTemplateLabels(spec)),
    ...checkTemplateContent(template, readObject(spec, 'template')),
    ...checkEndless(readObject(spec, 'template', 'spec'), 'ReplicaSet'),
  ];
}

function readTemplateLabels(spec: JsonObject): Readonly<Record<string, string>> {
  return readMap(spec, 'template', 'metadata', 'labels');
}

function checkMatch(selector: Json | undefined, labels: Readonly<Record<string, string>>): FieldProblem[] {
  if (selects(selector, labels)) return [];
  const shown: Json = Object.keys(labels).length > 0 ? labels : null;
  return [invalidValue(`${template}.metadata.labels`, shown, '`selector` does not match template `labels`')];
}

function checkTemplateContent(field: string, content: JsonObject): FieldProblem[] {
  return [
    ...checkLabels(`${field}.labels`, readMap(content, 'metadata', 'labels')),
    ...checkAnnotations(`${field}.annotations`, readMap(content, 'metadata', 'annotations')),
    ...checkPodSpec(`${field}.spec`, readObject(content, 'spec')),
  ];
}

/** Pods that run for ever. All kinds but one speak of the ReplicaSet. */
function checkEndless(podSpec: JsonObject, kind: string): FieldProblem[] {
  const restartPolicy = readText(podSpec, 'restartPolicy');
  const words = `activeDeadlineSeconds in ${kind} is not Supported`;
  return [
    ...(restartPolicy === 'Always'
      ? []
      : [unsupported(`${template}.spec.restartPolicy`, restartPolicy, ['Always'])]),
    ...(podSpec['activeDeadlineSeconds'] === undefined
      ? []
      : [forbiddenField(`${template}.spec.activeDeadlineSeconds`, words)]),
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
