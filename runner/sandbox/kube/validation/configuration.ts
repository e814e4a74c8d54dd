/** ConfigMaps and Secrets: keys, the fields that a Secret's type asks for, and immutability. */
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readMap, readObject, readText } from '../objects/fields.ts';
import { decodeText, jsonProblem } from '../schema/json-text.ts';
import { sameJson } from '../schema/json-value.ts';
import { checkFormat, formats } from './names.ts';
import { forbiddenField, invalidValue, required, tooLong } from './problems.ts';

const sizeLimit = 1024 * 1024;

/** What the data of a Secret must hold, by its type. */
const secretTypes: Readonly<Record<string, (data: Data, secret: JsonObject) => FieldProblem[]>> = {
  'kubernetes.io/service-account-token': (_, secret) => {
    const name = 'kubernetes.io/service-account.name';
    const isNamed = readText(secret, 'metadata', 'annotations', name) !== '';
    return isNamed ? [] : [required(`metadata.annotations[${name}]`)];
  },
  'kubernetes.io/dockercfg': (data) => requireJson(data, '.dockercfg'),
  'kubernetes.io/dockerconfigjson': (data) => requireJson(data, '.dockerconfigjson'),
  'kubernetes.io/basic-auth': (data) => {
    const keys = ['username', 'password'];
    return keys.some((key) => data[key] !== undefined) ? [] : requireKeys(data, keys);
  },
  'kubernetes.io/ssh-auth': (data) =>
    (data['ssh-privatekey'] ?? '') === '' ? [required('data[ssh-privatekey]')] : [],
  'kubernetes.io/tls': (data) => requireKeys(data, ['tls.crt', 'tls.key']),
};

type Data = Readonly<Record<string, string>>;

/** The problems of a ConfigMap; its size is that of all it holds. */
export function checkConfigMap(object: JsonObject): FieldProblem[] {
  const data = readMap(object, 'data');
  const binary = readMap(object, 'binaryData');
  const twice = 'duplicate of key present in binaryData';
  return [
    ...Object.keys(data).flatMap((key) => [
      ...checkKey('data', key),
      ...(binary[key] === undefined ? [] : [invalidValue(`data[${key}]`, key, twice)]),
    ]),
    ...Object.keys(binary).flatMap((key) => checkKey('binaryData', key)),
    ...checkSize('[]', sizeOf(data) + sizeOf(binary)),
  ];
}

/** The problems of a Secret. */
export function checkSecret(object: JsonObject): FieldProblem[] {
  const data = readMap(object, 'data');
  return [
    ...Object.keys(data).flatMap((key) => checkKey('data', key)),
    ...checkSize('data', sizeOf(data)),
    ...(secretTypes[readText(object, 'type')]?.(data, object) ?? []),
  ];
}

function checkKey(field: string, key: string): FieldProblem[] {
  return checkFormat(`${field}[${key}]`, key, formats.configKey);
}

function sizeOf(data: Data): number {
  return Object.values(data).reduce((sum, text) => sum + text.length, 0);
}

function checkSize(field: string, size: number): FieldProblem[] {
  return size > sizeLimit ? [tooLong(field, sizeLimit)] : [];
}

function requireKeys(data: Data, keys: readonly string[]): FieldProblem[] {
  return keys.filter((key) => data[key] === undefined).map((key) => required(`data[${key}]`));
}

function requireJson(data: Data, key: string): FieldProblem[] {
  const text = data[key];
  if (text === undefined) return [required(`data[${key}]`)];
  const words = jsonProblem(decodeText(text));
  return words === undefined ? [] : [invalidValue(`data[${key}]`, '<secret contents redacted>', words)];
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
