/** Environment variables and the sources of their values. */
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readPath, readText } from '../objects/fields.ts';
import { isObject } from '../schema/json-value.ts';
import { checkFieldRef, checkResourceRef, environmentFields } from './downward.ts';
import { checkFormat, formats } from './names.ts';
import { invalidValue, required } from './problems.ts';

/** The problems of a container's `env`. */
export function checkEnvironment(field: string, variables: readonly JsonObject[]): FieldProblem[] {
  return variables.flatMap((variable, index) => {
    const at = `${field}[${index}]`;
    const name = readText(variable, 'name');
    const source = readPath(variable, 'valueFrom');
    return [
      ...(name === '' ? [required(`${at}.name`)] : checkFormat(`${at}.name`, name, formats.environmentName)),
      ...(isObject(source) ? checkSource(`${at}.valueFrom`, source, readText(variable, 'value')) : []),
    ];
  });
}

function checkSource(field: string, source: JsonObject, value: string): FieldProblem[] {
  const keys = ['configMapKeyRef', 'secretKeyRef'].filter((key) => isObject(source[key]));
  const chosen = Object.keys(source).length;
  const words = 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`';
  return [
    ...(isObject(source['fieldRef'])
      ? checkFieldRef(`${field}.fieldRef`, source['fieldRef'], environmentFields)
      : []),
    ...(isObject(source['resourceFieldRef'])
      ? checkResourceRef(`${field}.resourceFieldRef`, source['resourceFieldRef'])
      : []),
    ...keys.flatMap((key) => (readText(source, key, 'key') === '' ? [required(`${field}.${key}.key`)] : [])),
    ...(chosen === 0 ? [invalidValue(field, '', words)] : []),
    ...(value === '' ? [] : [invalidValue(field, '', 'may not be specified when `value` is not empty')]),
    ...(chosen > 1 ? [invalidValue(field, '', 'may not have more than one field specified at a time')] : []),
  ];
}
