/** Holds a custom object to the rules of its schema, in the words of apiextensions-apiserver (pkg/apiserver/schema/cel). */
import type { CelNode } from '../../../cel/cel.ts';
import { CelError } from '../../../cel/error.ts';
import { evaluate, type Scope } from '../../../cel/evaluate.ts';
import type { CelType } from '../../../cel/types.ts';
import type { FieldProblem } from '../../errors.ts';
import type { Json, JsonObject } from '../../kube.ts';
import { readObjects, readText, readTexts } from '../../objects/fields.ts';
import { fieldsOf, getField, isObject, sameJson } from '../../schema/json-value.ts';
import { invalidValue } from '../../validation/problems.ts';
import { schemaOfField } from '../prune-fields.ts';
import { compileMessage, compileRule } from './compile-rule.ts';
import { typeOfSchema, valueOfSchema } from './schema-types.ts';

const unchecked =
  'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation';
const longestMessage = 5 * 1024;
const blocking: readonly FieldProblem['reason'][] = [
  'FieldValueNotSupported',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
];

interface Place {
  readonly schema: JsonObject;
  readonly value: Json;
  /** What was there before; undefined where nothing was, or nobody can tell. */
  readonly old: Json | undefined;
  readonly path: string;
}

/** The problems of `object` by its schema's rules; `found` is what the schema itself says against it. */
export function checkRules(
  schema: JsonObject,
  object: JsonObject,
  old: JsonObject | undefined,
  found: readonly FieldProblem[],
): FieldProblem[] {
  if (!hasRules(schema)) return [];
  const isBlocked = found.some(
    ({ reason, message }) => blocking.includes(reason) || message.includes('in body must be of type'),
  );
  if (isBlocked) return [invalidValue('<nil>', null, unchecked)];
  return checkPlace({ schema, value: object, old, path: '' }, true);
}

/** Whether there is a rule in a schema or below it. */
export function hasRules(schema: JsonObject): boolean {
  const { items, additionalProperties, properties } = schema;
  const below = [items, additionalProperties, ...Object.values(isObject(properties) ? properties : {})];
  return (
    schema['x-kubernetes-validations'] !== undefined || below.some((one) => isObject(one) && hasRules(one))
  );
}

function checkPlace(place: Place, isRoot = false): FieldProblem[] {
  const { schema, value, old, path } = place;
  if (value === null) return [];
  const own = checkOwn(place, isRoot);
  if (Array.isArray(value)) {
    const items = schema['items'];
    if (!isObject(items)) return own;
    return [
      ...own,
      ...value.flatMap((item, index) =>
        checkPlace({
          schema: items,
          value: item,
          old: sameItem(schema, item, old),
          path: `${path}[${index}]`,
        }),
      ),
    ];
  }
  if (!isObject(value)) return own;
  const before = isObject(old) ? old : {};
  const isMap = isObject(schema['additionalProperties']);
  const inner = fieldsOf(value).flatMap(([name, item]) => {
    const named = schemaOfField(schema, name);
    const at = isMap ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
    return named === undefined
      ? []
      : checkPlace({ schema: named, value: item, old: getField(before, name), path: at });
  });
  return [...own, ...inner];
}

/** The item of the list before that has the same keys; other lists are one value as a whole. */
function sameItem(schema: JsonObject, item: Json, old: Json | undefined): Json | undefined {
  const keys = readTexts(schema, 'x-kubernetes-list-map-keys');
  if (schema['x-kubernetes-list-type'] !== 'map' || !isObject(item) || !Array.isArray(old)) return undefined;
  return old.find(
    (one) => isObject(one) && keys.every((key) => sameJson(getField(one, key), getField(item, key))),
  );
}

function checkOwn(place: Place, isRoot: boolean): FieldProblem[] {
  const { schema } = place;
  const rules = readObjects(schema, 'x-kubernetes-validations');
  const self = rules.length === 0 ? undefined : typeOfSchema(schema, isRoot);
  if (self === undefined) return [];
  return rules.flatMap((rule) => {
    const compiled = compileRule(readText(rule, 'rule'), self);
    if (compiled.kind === 'faulty') return [];
    // A rule on how a value may change says nothing of a new one, other rules nothing of one that stays as it was.
    const isSilent = compiled.usesOldSelf ? place.old === undefined : sameJson(place.old, place.value);
    return isSilent ? [] : judge(place, rule, compiled.node, self);
  });
}

function judge(
  { schema, value, old, path }: Place,
  rule: JsonObject,
  node: CelNode,
  self: CelType,
): FieldProblem[] {
  const type = readText(schema, 'type');
  const field = path === '' ? '<nil>' : path;
  const scope = new Map([
    ['self', valueOfSchema(schema, value)],
    ['oldSelf', valueOfSchema(schema, old ?? null)],
  ]);
  const message = readText(rule, 'message').trim();
  const said = message === '' ? readText(rule, 'rule').trim() : message;
  try {
    if (evaluate(node, scope) === true) return [];
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    const isOverload = error.message.startsWith('no such overload');
    const words = isOverload
      ? `'${error.message}': call arguments did not match a supported operator, function or macro signature for rule: ${said}`
      : `${error.message} evaluating rule: ${said}`;
    return [invalidValue(field, type, words)];
  }
  const place = `${path}${readText(rule, 'fieldPath')}`.replace(/^\./v, '') || '<nil>';
  const words = message === '' ? `failed rule: ${said}` : said;
  return [problemOf(place, type, rule, composeMessage(rule, self, scope) ?? words)];
}

/** What the `messageExpression` of a rule says; undefined where it says nothing that can be shown. */
function composeMessage(rule: JsonObject, self: CelType, scope: Scope): string | undefined {
  const text = readText(rule, 'messageExpression');
  const compiled = text === '' ? undefined : compileMessage(text, self);
  if (compiled?.kind !== 'compiled') return undefined;
  try {
    const value = evaluate(compiled.node, scope);
    const said = typeof value === 'string' ? value.trim() : '';
    return said === '' || said.includes('\n') || said.length > longestMessage ? undefined : said;
  } catch (error) {
    if (error instanceof CelError) return undefined;
    throw error;
  }
}

function problemOf(field: string, type: string, rule: JsonObject, words: string): FieldProblem {
  const shown = JSON.stringify(type);
  switch (readText(rule, 'reason')) {
    case 'FieldValueForbidden':
      return { reason: 'FieldValueForbidden', field, message: `Forbidden: ${words}` };
    case 'FieldValueRequired':
      return { reason: 'FieldValueRequired', field, message: `Required value: ${words}` };
    case 'FieldValueDuplicate':
      return { reason: 'FieldValueDuplicate', field, message: `Duplicate value: ${shown}` };
    default:
      return invalidValue(field, type, words);
  }
}
