/** What is wrong with the rules of a definition's schema (apiextensions-apiserver, pkg/apis/apiextensions/validation). */
import type { FieldProblem } from '../../errors.ts';
import type { JsonObject } from '../../kube.ts';
import { readObject, readObjects, readPath, readText } from '../../objects/fields.ts';
import { isObject } from '../../schema/json-value.ts';
import { invalidValue, required, unsupported } from '../../validation/problems.ts';
import { compileMessage, type CompiledRule, compileRule } from './compile-rule.ts';
import { typeOfSchema } from './schema-types.ts';

const reasons = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired'];

type CheckRule = (field: string, rule: JsonObject, schema: JsonObject, isRoot: boolean) => FieldProblem[];

/** The problems of all rules in `schema`; expressions are looked at once all else about them is right. */
export function checkDefinitionRules(field: string, schema: JsonObject): FieldProblem[] {
  const forms = visitRules(field, schema, true, checkForm);
  return forms.length > 0 ? forms : visitRules(field, schema, true, checkExpression);
}

function visitRules(field: string, schema: JsonObject, isRoot: boolean, check: CheckRule): FieldProblem[] {
  const inner = (place: string, part: unknown): FieldProblem[] =>
    isObject(part) ? visitRules(`${field}.${place}`, part, false, check) : [];
  return [
    ...Object.entries(readObject(schema, 'properties')).flatMap(([name, part]) =>
      inner(`properties[${name}]`, part),
    ),
    ...inner('items', schema['items']),
    ...inner('additionalProperties', schema['additionalProperties']),
    ...readObjects(schema, 'x-kubernetes-validations').flatMap((rule, index) =>
      check(`${field}.x-kubernetes-validations[${index}]`, rule, schema, isRoot),
    ),
  ];
}

function checkForm(field: string, rule: JsonObject, schema: JsonObject): FieldProblem[] {
  const [text, message] = [readText(rule, 'rule'), readText(rule, 'message')];
  const expression = readText(rule, 'messageExpression');
  const empty = 'messageExpression must be non-empty if specified';
  const [reason, path] = [readText(rule, 'reason'), readText(rule, 'fieldPath')];
  return [
    ...checkTexts(field, text, message),
    ...(expression !== '' && expression.trim() === '' ? [required(`${field}.messageExpression`, empty)] : []),
    ...(reason === '' || reasons.includes(reason) ? [] : [unsupported(`${field}.reason`, reason, reasons)]),
    ...(path === '' || leadsSomewhere(schema, path)
      ? []
      : [invalidValue(`${field}.fieldPath`, path, 'must be a valid path')]),
  ];
}

function checkTexts(field: string, text: string, message: string): FieldProblem[] {
  const isBroken = (words: string): boolean => words.trim().includes('\n');
  if (text.trim() === '') return [required(`${field}.rule`, 'rule is not specified')];
  if (message !== '' && message.trim() === '')
    return [invalidValue(`${field}.message`, message, 'must be non-empty if specified')];
  if (isBroken(message)) return [invalidValue(`${field}.message`, message, 'must not contain line breaks')];
  if (!isBroken(text) || message !== '') return [];
  return [required(`${field}.message`, 'message must be specified if rule contains line breaks')];
}

function leadsSomewhere(schema: JsonObject, path: string): boolean {
  const names = path.split('.').slice(1);
  const found = readPath(schema, ...names.flatMap((name) => ['properties', name]));
  return path.startsWith('.') && isObject(found);
}

function checkExpression(
  field: string,
  rule: JsonObject,
  schema: JsonObject,
  isRoot: boolean,
): FieldProblem[] {
  const type = typeOfSchema(schema, isRoot);
  if (type === undefined) return [];
  const message = readText(rule, 'messageExpression');
  const faulty = (name: string, compiled: CompiledRule): FieldProblem[] => {
    if (compiled.kind === 'compiled') return [];
    const words = `Invalid value: ${showRule(rule)}: ${compiled.detail}`;
    return [{ reason: 'FieldValueInvalid', field: `${field}.${name}`, message: words }];
  };
  return [
    ...faulty('rule', compileRule(readText(rule, 'rule'), type)),
    ...(message === '' ? [] : faulty('messageExpression', compileMessage(message, type))),
  ];
}

/** A rule as Go writes its struct in JSON. */
function showRule(rule: JsonObject): string {
  const shown = JSON.stringify({
    Rule: readText(rule, 'rule'),
    Message: readText(rule, 'message'),
    MessageExpression: readText(rule, 'messageExpression'),
    Reason: rule['reason'] ?? null,
    FieldPath: readText(rule, 'fieldPath'),
    OptionalOldSelf: rule['optionalOldSelf'] ?? null,
  });
  const escapes: Readonly<Record<string, string>> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' };
  return shown.replaceAll(/[<>&]/g, (character) => escapes[character] ?? character);
}
