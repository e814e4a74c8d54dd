/** Label selectors inside objects (apimachinery's meta/v1/validation). */
import type { FieldProblem } from '../errors.ts';
import type { Json, JsonObject } from '../kube.ts';
import { readMap, readObject, readObjects, readPath, readText, readTexts } from '../objects/fields.ts';
import { checkFormat, checkLabels, checkQualifiedName, formats } from './names.ts';
import { forbiddenField, invalidValue, required } from './problems.ts';

/** The problems of a selector's labels and expressions. */
export function checkLabelSelector(field: string, selector: JsonObject): FieldProblem[] {
  return [
    ...checkLabels(`${field}.matchLabels`, readMap(selector, 'matchLabels')),
    ...readObjects(selector, 'matchExpressions').flatMap((expression, index) =>
      checkExpression(`${field}.matchExpressions[${index}]`, expression),
    ),
  ];
}

function checkExpression(field: string, expression: JsonObject): FieldProblem[] {
  const values = readTexts(expression, 'values');
  return [
    ...checkOperator(field, readText(expression, 'operator'), values.length),
    ...checkQualifiedName(`${field}.key`, readText(expression, 'key')),
    ...values.flatMap((value, index) => checkFormat(`${field}.values[${index}]`, value, formats.labelValue)),
  ];
}

function checkOperator(field: string, operator: string, count: number): FieldProblem[] {
  switch (operator) {
    case 'In':
    case 'NotIn': {
      const words = "must be specified when `operator` is 'In' or 'NotIn'";
      return count === 0 ? [required(`${field}.values`, words)] : [];
    }
    case 'Exists':
    case 'DoesNotExist': {
      const words = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
      return count > 0 ? [forbiddenField(`${field}.values`, words)] : [];
    }
    default:
      return [invalidValue(`${field}.operator`, operator, 'not a valid selector operator')];
  }
}

/** The problems of a workload's selector, which must select something; `words` say so. */
export function checkSelector(spec: JsonObject, words: string): FieldProblem[] {
  const selector = readPath(spec, 'selector');
  if (selector === undefined) return [required('spec.selector')];
  const labels = readMap(selector, 'matchLabels');
  const isEmpty = Object.keys(labels).length === 0 && readObjects(selector, 'matchExpressions').length === 0;
  const problems = checkLabelSelector('spec.selector', readObject(spec, 'selector'));
  return [
    ...problems,
    ...(isEmpty ? [invalidValue('spec.selector', selector, words)] : []),
    ...(problems.length > 0 ? [invalidValue('spec.selector', selector, 'invalid label selector')] : []),
  ];
}

/** No selector selects nothing; an empty one is a problem of its own. */
export function selects(selector: Json | undefined, labels: Readonly<Record<string, string>>): boolean {
  if (selector === undefined) return false;
  const pairs = Object.entries(readMap(selector, 'matchLabels'));
  const expressions = readObjects(selector, 'matchExpressions');
  return (
    pairs.every(([key, value]) => labels[key] === value) &&
    expressions.every((expression) => matchesExpression(expression, labels))
  );
}

function matchesExpression(expression: JsonObject, labels: Readonly<Record<string, string>>): boolean {
  const held = labels[readText(expression, 'key')];
  const values = readTexts(expression, 'values');
  switch (readText(expression, 'operator')) {
    case 'In':
      return held !== undefined && values.includes(held);
    case 'NotIn':
      return held === undefined || !values.includes(held);
    case 'Exists':
      return held !== undefined;
    default:
      return held === undefined;
  }
}
