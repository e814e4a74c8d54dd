/** `allOf`, `anyOf`, `oneOf` and `not` of a schema (kube-openapi, validate/schema_props.go): what holds, and whose failures are told. */
import type { FieldProblem } from '../errors.ts';
import type { Json, JsonObject } from '../kube.ts';
import { readObjects } from '../objects/fields.ts';
import { fieldsOf, isObject } from '../schema/json-value.ts';
import { schemaOfField } from './prune-fields.ts';

/** The problems of the value under one of the schemas. */
type Check = (schema: JsonObject) => readonly FieldProblem[];

/** The problems of `value` under what `schema` is composed of. */
export function checkComposition(
  schema: JsonObject,
  value: Json,
  path: string,
  check: Check,
): FieldProblem[] {
  const { not } = schema;
  const refused = (words: string): FieldProblem => ({
    reason: 'FieldValueInvalid',
    field: '<nil>',
    message: `Invalid value: "": ${JSON.stringify(path)} must ${words}`,
  });
  const isExcluded = isObject(not) && check(not).length === 0;
  return [
    ...checkAny(readObjects(schema, 'anyOf'), value, check, refused),
    ...checkOne(readObjects(schema, 'oneOf'), value, check, refused),
    ...checkAll(readObjects(schema, 'allOf'), check, refused),
    ...(isExcluded ? [refused('not validate the schema (not)')] : []),
  ];
}

type Refuse = (words: string) => FieldProblem;

function checkAny(
  schemas: readonly JsonObject[],
  value: Json,
  check: Check,
  refused: Refuse,
): FieldProblem[] {
  const results = schemas.map((schema) => check(schema));
  if (results.length === 0 || results.some(({ length }) => length === 0)) return [];
  return [refused('validate at least one schema (anyOf)'), ...best(schemas, results, value)];
}

function checkOne(
  schemas: readonly JsonObject[],
  value: Json,
  check: Check,
  refused: Refuse,
): FieldProblem[] {
  const results = schemas.map((schema) => check(schema));
  const held = results.filter(({ length }) => length === 0).length;
  if (results.length === 0 || held === 1) return [];
  const rule = 'validate one and only one schema (oneOf). Found';
  if (held > 1) return [refused(`${rule} ${held} valid alternatives`)];
  return [refused(`${rule} none valid`), ...best(schemas, results, value)];
}

function checkAll(schemas: readonly JsonObject[], check: Check, refused: Refuse): FieldProblem[] {
  const results = schemas.map((schema) => check(schema));
  const held = results.filter(({ length }) => length === 0).length;
  if (held === results.length) return [];
  const words = `validate all the schemas (allOf)${held === 0 ? '. None validated' : ''}`;
  return [...results.flat(), refused(words)];
}

/** The failures of the schema that says most of the value, the first of several. */
function best(
  schemas: readonly JsonObject[],
  results: readonly (readonly FieldProblem[])[],
  value: Json,
): readonly FieldProblem[] {
  const counts = schemas.map((schema) => countDescribed(schema, value));
  return results[counts.indexOf(Math.max(...counts))] ?? [];
}

/** How many values a schema describes, inside `value` and with it. */
function countDescribed(schema: JsonObject, value: Json): number {
  const { items } = schema;
  const inner = Array.isArray(value)
    ? value.map((item) => (isObject(items) ? countDescribed(items, item) : 0))
    : fieldsOf(isObject(value) ? value : {}).map(([name, item]) => {
        const named = schemaOfField(schema, name);
        return named === undefined ? 0 : countDescribed(named, item);
      });
  return inner.reduce((sum, count) => sum + count, 1);
}
