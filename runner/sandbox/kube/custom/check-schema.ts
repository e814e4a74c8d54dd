/** Holds a custom object to its schema, in the words of the API server (kube-openapi's validation). */
import type { FieldProblem } from '../errors.ts';
import type { Json, JsonObject } from '../kube.ts';
import { readNumber, readTexts } from '../objects/fields.ts';
import { fieldsOf, getField, isObject, sameJson } from '../schema/json-value.ts';
import { invalidValue, required, tooLong, unsupported } from '../validation/problems.ts';
import { checkComposition } from './check-composition.ts';
import { isOfFormat } from './formats.ts';
import { schemaOfField } from './prune-fields.ts';

/** The problems of a whole object. Its metadata is looked at elsewhere. */
export function checkSchema(schema: JsonObject, object: JsonObject): FieldProblem[] {
  const { metadata: _, ...rest } = object;
  return checkValue(schema, rest, '');
}

function checkValue(schema: JsonObject, value: Json, path: string): FieldProblem[] {
  const found = typeOf(value);
  const wanted = typesOf(schema);
  if (value === null && schema['nullable'] === true) return [];
  const composed = checkComposition(schema, value, path, (part) => checkValue(part, value, path));
  if (wanted.length > 0 && !wanted.includes(found) && !(found === 'integer' && wanted.includes('number'))) {
    const words = `${path} in body must be of type ${wanted.join(',')}: ${JSON.stringify(found)}`;
    return [invalidValue(path, found, words), ...composed];
  }
  return [
    ...composed,
    ...checkContent(schema, value, path),
    ...checkEnum(schema, value, path),
    ...checkFormat(schema, value, path),
  ];
}

function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function typesOf(schema: JsonObject): string[] {
  if (schema['x-kubernetes-int-or-string'] === true) return ['integer', 'string'];
  return typeof schema['type'] === 'string' && schema['type'] !== '' ? [schema['type']] : [];
}

function checkContent(schema: JsonObject, value: Json, path: string): FieldProblem[] {
  if (typeof value === 'string') return checkText(schema, value, path);
  if (typeof value === 'number') return checkNumber(schema, value, path);
  if (Array.isArray(value)) return checkList(schema, value, path);
  return isObject(value) ? checkObject(schema, value, path) : [];
}

/** One problem at most, as in the server. */
function checkText(schema: JsonObject, value: string, path: string): FieldProblem[] {
  const { pattern } = schema;
  const length = Array.from(value).length;
  const longest = readNumber(schema, 'maxLength');
  const shortest = readNumber(schema, 'minLength');
  if (longest !== undefined && length > longest) return [tooLong(path, longest)];
  if (shortest !== undefined && length < shortest)
    return [invalidValue(path, value, `${path} in body should be at least ${shortest} chars long`)];
  if (typeof pattern === 'string' && !new RegExp(pattern, 'u').test(value))
    return [invalidValue(path, value, `${path} in body should match '${pattern}'`)];
  return [];
}

function checkNumber(schema: JsonObject, value: number, path: string): FieldProblem[] {
  const least = readNumber(schema, 'minimum');
  const most = readNumber(schema, 'maximum');
  const step = readNumber(schema, 'multipleOf');
  const [above, below] = [schema['exclusiveMinimum'] === true, schema['exclusiveMaximum'] === true];
  const rules: readonly (readonly [boolean, string])[] = [
    [step !== undefined && value % step !== 0, `a multiple of ${step}`],
    [most !== undefined && below && value >= most, `less than ${most}`],
    [most !== undefined && !below && value > most, `less than or equal to ${most}`],
    [least !== undefined && above && value <= least, `greater than ${least}`],
    [least !== undefined && !above && value < least, `greater than or equal to ${least}`],
  ];
  return rules
    .filter(([isBroken]) => isBroken)
    .map(([, words]) => invalidValue(path, value, `${path} in body should be ${words}`));
}

function checkList(schema: JsonObject, value: readonly Json[], path: string): FieldProblem[] {
  const { items } = schema;
  const inside = isObject(items)
    ? value.flatMap((item, index) => checkValue(items, item, `${path}[${index}]`))
    : [];
  const least = readNumber(schema, 'minItems');
  const most = readNumber(schema, 'maxItems');
  if (least !== undefined && value.length < least)
    inside.push(invalidValue(path, value.length, `${path} in body should have at least ${least} items`));
  if (most !== undefined && value.length > most) inside.push(tooMany(path, value.length, most, 'items'));
  return inside;
}

function tooMany(field: string, count: number, most: number, what: string): FieldProblem {
  const message = `Too many: ${count}: must have at most ${most} ${what}`;
  return { reason: 'FieldValueTooMany', field, message };
}

function checkObject(schema: JsonObject, value: JsonObject, path: string): FieldProblem[] {
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const missing = readTexts(schema, 'required').filter((name) => getField(value, name) === undefined);
  const count = fieldsOf(value).length;
  const least = readNumber(schema, 'minProperties');
  const most = readNumber(schema, 'maxProperties');
  const words = `${path} in body should have at least ${least} properties`;
  return [
    ...(least !== undefined && count < least ? [invalidValue(path, count, words)] : []),
    ...(most !== undefined && count > most ? [tooMany(path, count, most, 'properties')] : []),
    ...fieldsOf(value).flatMap(([name, item]) => {
      const inner = schemaOfField(schema, name);
      return inner === undefined ? [] : checkValue(inner, item, at(name));
    }),
    ...missing.map((name) => required(at(name))),
  ];
}

function checkEnum(schema: JsonObject, value: Json, path: string): FieldProblem[] {
  const allowed = schema['enum'];
  if (!Array.isArray(allowed) || allowed.some((one) => sameJson(one, value))) return [];
  const shown = allowed.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
  return [unsupported(path, value, shown)];
}

function checkFormat(schema: JsonObject, value: Json, path: string): FieldProblem[] {
  const { format } = schema;
  if (typeof format !== 'string' || typeof value !== 'string' || isOfFormat(format, value)) return [];
  const words = `${path} in body must be of type ${format}: ${JSON.stringify(value)}`;
  return [invalidValue(path, value, words)];
}
