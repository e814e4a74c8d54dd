/** Where a pod may run: tolerations, affinities and how its copies are spread. */
import type { FieldProblem } from '../errors.ts';
import type { Json, JsonObject } from '../kube.ts';
import { readNumber, readObject, readObjects, readPath, readText, readTexts } from '../objects/fields.ts';
import { isObject } from '../schema/json-value.ts';
import { checkLabelSelector } from './label-selector.ts';
import { checkFormat, checkQualifiedName, formatProblems, formats } from './names.ts';
import { duplicate, forbiddenField, invalidValue, required, unsupported } from './problems.ts';

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const spreadActions = ['DoNotSchedule', 'ScheduleAnyway'];
const softField = 'preferredDuringSchedulingIgnoredDuringExecution';
const hardField = 'requiredDuringSchedulingIgnoredDuringExecution';

/** The problems of a pod's tolerations. */
export function checkTolerations(field: string, tolerations: readonly JsonObject[]): FieldProblem[] {
  return tolerations.flatMap((toleration, index) => checkToleration(`${field}[${index}]`, toleration));
}

function checkToleration(field: string, toleration: JsonObject): FieldProblem[] {
  const key = readText(toleration, 'key');
  const operator = readText(toleration, 'operator');
  const effect = readText(toleration, 'effect');
  const matchAll = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
  const isTimed = readNumber(toleration, 'tolerationSeconds') !== undefined;
  const timedWords = "effect must be 'NoExecute' when `tolerationSeconds` is set";
  return [
    ...(key === '' ? [] : checkQualifiedName(`${field}.key`, key)),
    ...(key === '' && operator !== 'Exists' ? [invalidValue(`${field}.operator`, operator, matchAll)] : []),
    ...(isTimed && effect !== 'NoExecute' ? [invalidValue(`${field}.effect`, effect, timedWords)] : []),
    ...checkTolerated(`${field}.operator`, operator, readText(toleration, 'value')),
    ...(effect === '' || effects.includes(effect) ? [] : [unsupported(`${field}.effect`, effect, effects)]),
  ];
}

/** The server blames the operator for the value too. */
function checkTolerated(field: string, operator: string, value: string): FieldProblem[] {
  if (operator === 'Exists') {
    const words = "value must be empty when `operator` is 'Exists'";
    return value === '' ? [] : [invalidValue(field, value, words)];
  }
  if (operator !== 'Equal' && operator !== '') return [unsupported(field, operator, ['Equal', 'Exists'])];
  const words = formatProblems(value, formats.labelValue);
  return words.length === 0 ? [] : [invalidValue(field, value, words.join(';'))];
}

/** The problems of a pod's `affinity`. */
export function checkAffinity(field: string, affinity: JsonObject): FieldProblem[] {
  return [
    ...checkNodeAffinity(`${field}.nodeAffinity`, readObject(affinity, 'nodeAffinity')),
    ...['podAffinity', 'podAntiAffinity'].flatMap((name) =>
      checkPodAffinity(`${field}.${name}`, readObject(affinity, name)),
    ),
  ];
}

function checkNodeAffinity(field: string, affinity: JsonObject): FieldProblem[] {
  const hard = affinity[hardField];
  const terms = readObjects(hard, 'nodeSelectorTerms');
  const at = `${field}.${hardField}.nodeSelectorTerms`;
  const isEmpty = isObject(hard) && terms.length === 0;
  return [
    ...(isEmpty ? [required(at, 'must have at least one node selector term')] : []),
    ...terms.flatMap((term, index) => checkNodeTerm(`${at}[${index}]`, term, true)),
    ...readObjects(affinity, softField).flatMap((term, index) => {
      const place = `${field}.${softField}[${index}]`;
      const preference = readObject(term, 'preference');
      return [...checkWeight(place, term), ...checkNodeTerm(`${place}.preference`, preference, false)];
    }),
  ];
}

function checkWeight(field: string, term: JsonObject): FieldProblem[] {
  const weight = readNumber(term, 'weight') ?? 0;
  if (weight >= 1 && weight <= 100) return [];
  return [invalidValue(`${field}.weight`, weight, 'must be in the range 1-100')];
}

function checkNodeTerm(field: string, term: JsonObject, checksValues: boolean): FieldProblem[] {
  return [
    ...readObjects(term, 'matchExpressions').flatMap((expression, index) =>
      checkNodeExpression(`${field}.matchExpressions[${index}]`, expression, checksValues),
    ),
    ...readObjects(term, 'matchFields').flatMap((expression, index) =>
      checkNodeField(`${field}.matchFields[${index}]`, expression),
    ),
  ];
}

type CountCheck = (field: string, count: number) => FieldProblem[];

const needsValues: CountCheck = (field, count) =>
  count === 0 ? [required(field, "must be specified when `operator` is 'In' or 'NotIn'")] : [];
const takesNone: CountCheck = (field, count) =>
  count > 0
    ? [forbiddenField(field, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")]
    : [];
const takesOne: CountCheck = (field, count) =>
  count === 1 ? [] : [required(field, "must be specified single value when `operator` is 'Lt' or 'Gt'")];

const nodeOperators: Readonly<Record<string, CountCheck>> = {
  In: needsValues,
  NotIn: needsValues,
  Exists: takesNone,
  DoesNotExist: takesNone,
  Gt: takesOne,
  Lt: takesOne,
};

function checkNodeExpression(field: string, expression: JsonObject, checksValues: boolean): FieldProblem[] {
  const operator = readText(expression, 'operator');
  const values = readTexts(expression, 'values');
  const check = nodeOperators[operator];
  return [
    ...(check === undefined ? [badOperator(field, operator)] : check(`${field}.values`, values.length)),
    ...checkQualifiedName(`${field}.key`, readText(expression, 'key')),
    ...(checksValues
      ? values.flatMap((value, index) => checkFormat(`${field}.values[${index}]`, value, formats.labelValue))
      : []),
  ];
}

function badOperator(field: string, operator: string): FieldProblem {
  return invalidValue(`${field}.operator`, operator, 'not a valid selector operator');
}

function checkNodeField(field: string, expression: JsonObject): FieldProblem[] {
  const operator = readText(expression, 'operator');
  const key = readText(expression, 'key');
  const values = readTexts(expression, 'values');
  const words = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
  const isKnown = operator === 'In' || operator === 'NotIn';
  return [
    ...(isKnown ? [] : [badOperator(field, operator)]),
    ...(isKnown && values.length !== 1 ? [required(`${field}.values`, words)] : []),
    ...(key === 'metadata.name'
      ? values.flatMap((value, index) => checkFormat(`${field}.values[${index}]`, value, formats.subdomain))
      : [invalidValue(`${field}.key`, key, 'not a valid field selector key')]),
  ];
}

function checkPodAffinity(field: string, affinity: JsonObject): FieldProblem[] {
  return [
    ...readObjects(affinity, hardField).flatMap((term, index) =>
      checkPodTerm(`${field}.${hardField}[${index}]`, term),
    ),
    ...readObjects(affinity, softField).flatMap((weighted, index) => {
      const at = `${field}.${softField}[${index}]`;
      const term = readObject(weighted, 'podAffinityTerm');
      return [...checkWeight(at, weighted), ...checkPodTerm(`${at}.podAffinityTerm`, term)];
    }),
  ];
}

function checkPodTerm(field: string, term: JsonObject): FieldProblem[] {
  const key = readText(term, 'topologyKey');
  return [
    ...['labelSelector', 'namespaceSelector'].flatMap((name) =>
      checkLabelSelector(`${field}.${name}`, readObject(term, name)),
    ),
    ...readTexts(term, 'namespaces').flatMap((name) =>
      checkFormat(`${field}.namespace`, name, formats.label),
    ),
    ...(key === '' ? [required(`${field}.topologyKey`, 'can not be empty')] : []),
    ...checkQualifiedName(`${field}.topologyKey`, key),
  ];
}

/** The problems of a pod's `topologySpreadConstraints`. */
export function checkSpread(field: string, constraints: readonly JsonObject[]): FieldProblem[] {
  return constraints.flatMap((constraint, index) => {
    const at = `${field}[${index}]`;
    const skew = readNumber(constraint, 'maxSkew') ?? 0;
    const key = readText(constraint, 'topologyKey');
    const action = readText(constraint, 'whenUnsatisfiable');
    const isRepeated = constraints
      .slice(index + 1)
      .some((other) => other['topologyKey'] === key && other['whenUnsatisfiable'] === action);
    return [
      ...(skew > 0 ? [] : [invalidValue(`${at}.maxSkew`, skew, 'must be greater than zero')]),
      ...(key === '' ? [required(`${at}.topologyKey`, 'can not be empty')] : []),
      ...(spreadActions.includes(action)
        ? []
        : [unsupported(`${at}.whenUnsatisfiable`, action, spreadActions)]),
      ...(isRepeated ? [duplicate(`${at}.{topologyKey, whenUnsatisfiable}`, `{${key}, ${action}}`)] : []),
      ...checkDomains(`${at}.minDomains`, readPath(constraint, 'minDomains'), action),
      ...checkLabelSelector(`${at}.labelSelector`, readObject(constraint, 'labelSelector')),
    ];
  });
}

function checkDomains(field: string, count: Json | undefined, action: string): FieldProblem[] {
  if (typeof count !== 'number') return [];
  const words = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`;
  return [
    ...(count > 0 ? [] : [invalidValue(field, count, 'must be greater than zero')]),
    ...(action === 'DoNotSchedule' ? [] : [invalidValue(field, count, words)]),
  ];
}
