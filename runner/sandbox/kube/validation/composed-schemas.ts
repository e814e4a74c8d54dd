/** What may stand inside `allOf`, `anyOf`, `oneOf` and `not` of a structural schema: conditions on values, no types. */
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readObject, readObjects } from '../objects/fields.ts';
import { isObject, sameJson } from '../schema/json-value.ts';

const lists = ['anyOf', 'allOf', 'oneOf'] as const;

/** Fields that only the schema outside may have, and how the server calls their absence. */
const outside: Readonly<Record<string, string>> = {
  additionalProperties: 'undefined',
  default: 'undefined',
  description: 'empty',
  nullable: 'false',
  title: 'empty',
  type: 'empty',
  'x-kubernetes-embedded-resource': 'false',
  'x-kubernetes-int-or-string': 'false',
  'x-kubernetes-list-map-keys': 'empty',
  'x-kubernetes-list-type': 'undefined',
  'x-kubernetes-map-type': 'undefined',
  'x-kubernetes-preserve-unknown-fields': 'false',
  'x-kubernetes-validations': 'empty',
};

/** The problems of all schemas that `schema` is composed of (apiextensions-apiserver, apiserver/schema/validation.go). */
export function checkComposed(field: string, schema: JsonObject): FieldProblem[] {
  return partsOf(field, schema).flatMap(([place, part]) => checkPart(place, part));
}

function partsOf(field: string, schema: JsonObject): (readonly [string, JsonObject])[] {
  const { not } = schema;
  const isEither = schema['x-kubernetes-int-or-string'] === true && sameJson(schema['anyOf'], intOrString);
  return [
    ...lists
      .filter((list) => list !== 'anyOf' || !isEither)
      .flatMap((list) =>
        readObjects(schema, list).map((part, index) => [`${field}.${list}[${index}]`, part] as const),
      ),
    ...(isObject(not) ? [[`${field}.not`, not] as const] : []),
  ];
}

/** What a value may be that is either; here types are allowed. */
const intOrString = [{ type: 'integer' }, { type: 'string' }];

function checkPart(field: string, part: JsonObject): FieldProblem[] {
  const properties = readObject(part, 'properties');
  const { items } = part;
  return [
    ...partsOf(field, part).flatMap(([place, inner]) => checkPart(place, inner)),
    ...(isObject(items) ? checkPart(`${field}.items`, items) : []),
    ...Object.keys(properties).flatMap((name) =>
      checkPart(`${field}.properties[${name}]`, readObject(properties, name)),
    ),
    ...Object.entries(outside)
      .filter(([name]) => part[name] !== undefined && part[name] !== false)
      .map(([name, words]) => forbidden(`${field}.${name}`, `must be ${words} to be structural`)),
    ...(properties['metadata'] === undefined
      ? []
      : [forbidden(`${field}.properties[metadata]`, 'must not be specified in a nested context')]),
  ];
}

function forbidden(field: string, words: string): FieldProblem {
  return { reason: 'FieldValueForbidden', field, message: `Forbidden: ${words}` };
}
