/** Environment variables and the sources of their values. */
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readObject, readPath, readText } from '../objects/fields.ts';
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
    ...keys.flatMap((key) => checkKeyRef(`${field}.${key}`, readObject(source, key))),
    ...(chosen === 0 ? [invalidValue(field, '', words)] : []),
    ...(value === '' ? [] : [invalidValue(field, '', 'may not be specified when `value` is not empty')]),
    ...(chosen > 1 ? [invalidValue(field, '', 'may not have more than one field specified at a time')] : []),
  ];
}

function checkKeyRef(field: string, reference: JsonObject): FieldProblem[] {
  const key = readText(reference, 'key');
  return [
    ...checkFormat(`${field}.name`, readText(reference, 'name'), formats.subdomain),
    ...(key === '' ? [required(`${field}.key`)] : checkFormat(`${field}.key`, key, formats.configKey)),
  ];
}

/** The problems of a container's `envFrom`. The server blames the list where a source is missing or one too many. */
export function checkEnvironmentSources(field: string, sources: readonly JsonObject[]): FieldProblem[] {
  return sources.flatMap((source, index) => {
    const at = `${field}[${index}]`;
    const prefix = readText(source, 'prefix');
    const given = ['configMapRef', 'secretRef'].filter((name) => isObject(source[name]));
    const none = 'must specify one of: `configMapRef` or `secretRef`';
    return [
      ...(prefix === '' ? [] : checkFormat(`${at}.prefix`, prefix, formats.environmentName)),
      ...given.flatMap((name) => {
        const target = readText(source, name, 'name');
        const nameField = `${at}.${name}.name`;
        return target === '' ? [required(nameField)] : checkFormat(nameField, target, formats.subdomain);
      }),
      ...(given.length === 0 ? [invalidValue(field, '', none)] : []),
      ...(given.length > 1
        ? [invalidValue(field, '', 'may not have more than one field specified at a time')]
        : []),
    ];
  });
}
