/** ConfigMaps and Secrets: keys, the fields that a Secret's type asks for, and immutability. */
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readMap, readObject, readText } from '../objects/fields.ts';
import { sameJson } from '../schema/json-value.ts';
import { checkFormat, formats } from './names.ts';
import { forbiddenField, invalidValue, required, tooLong } from './problems.ts';

const sizeLimit = 1024 * 1024;

const neededKeys: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

/** The problems of a ConfigMap. */
export function checkConfigMap(object: JsonObject): FieldProblem[] {
  return ['data', 'binaryData'].flatMap((field) => checkData(field, readMap(object, field)));
}

/** The problems of a Secret. */
export function checkSecret(object: JsonObject): FieldProblem[] {
  const data = readMap(object, 'data');
  const needed = neededKeys[readText(object, 'type')] ?? [];
  return [
    ...checkData('data', data),
    ...needed.filter((key) => data[key] === undefined).map((key) => required(`data[${key}]`)),
  ];
}

function checkData(field: string, data: Readonly<Record<string, string>>): FieldProblem[] {
  const size = Object.values(data).reduce((sum, text) => sum + text.length, 0);
  return [
    ...Object.keys(data).flatMap((key) => checkFormat(`${field}[${key}]`, key, formats.configKey)),
    ...(size > sizeLimit ? [tooLong(field === 'data' ? '' : field, sizeLimit)] : []),
  ];
}

/** `immutable: true` cannot be taken back, and holds the data. */
export function checkImmutable(before: JsonObject, after: JsonObject): FieldProblem[] {
  const words = 'field is immutable when `immutable` is set';
  const typeProblems =
    readText(before, 'type') === readText(after, 'type')
      ? []
      : [invalidValue('type', readText(after, 'type'), 'field is immutable')];
  if (before['immutable'] !== true) return typeProblems;
  const changed = ['data', 'binaryData'].filter(
    (field) => !sameJson(readObject(before, field), readObject(after, field)),
  );
  return [
    ...typeProblems,
    ...(after['immutable'] === true ? [] : [forbiddenField('immutable', words)]),
    ...changed.map((field) => forbiddenField(field, words)),
  ];
}
