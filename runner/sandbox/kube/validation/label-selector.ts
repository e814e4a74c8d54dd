/** Label selectors inside objects (apimachinery's meta/v1/validation). */
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readMap, readObjects, readText, readTexts } from '../objects/fields.ts';
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
