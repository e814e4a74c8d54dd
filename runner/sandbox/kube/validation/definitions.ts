/** CustomResourceDefinitions (k8s.io/apiextensions-apiserver, pkg/apis/apiextensions/validation). */
import { checkDefinitionRules } from '../custom/rules/check-definition-rules.ts';
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readMap, readObject, readObjects, readPath, readText } from '../objects/fields.ts';
import { sameJson } from '../schema/json-value.ts';
import { checkComposed } from './composed-schemas.ts';
import { checkFormat, formatProblems, formats } from './names.ts';
import { invalidValue, required, unsupported } from './problems.ts';

const scopes = ['Cluster', 'Namespaced'];
const schemaTypes = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const columnTypes = ['boolean', 'date', 'integer', 'number', 'string'];
const approval = 'api-approved.kubernetes.io';

/** The problems of a definition. */
export function checkDefinition(object: JsonObject): FieldProblem[] {
  const spec = readObject(object, 'spec');
  const versions = readObjects(spec, 'versions');
  const name = readText(object, 'metadata', 'name');
  const plural = readText(spec, 'names', 'plural');
  const isNamed = name === `${plural}.${readText(spec, 'group')}`;
  return [
    ...(isNamed ? [] : [invalidValue('metadata.name', name, 'must be spec.names.plural+"."+spec.group')]),
    ...versions.flatMap((version, index) =>
      checkFormat(`spec.versions[${index}].name`, readText(version, 'name'), formats.serviceName),
    ),
    ...checkGroup(readText(spec, 'group'), readMap(object, 'metadata', 'annotations')),
    ...checkScope(readText(spec, 'scope')),
    ...checkVersions(versions),
    ...checkNames(readObject(spec, 'names')),
    ...versions.flatMap((version, index) => checkVersion(version, index, versions.length)),
  ];
}

function checkGroup(group: string, annotations: Readonly<Record<string, string>>): FieldProblem[] {
  if (group === '') return [required('spec.group')];
  if (!group.includes('.'))
    return [invalidValue('spec.group', group, 'should be a domain with at least one dot')];
  const isProtected = /(?:^|\.)(?:k8s|kubernetes)\.io$/v.test(group);
  if (!isProtected || annotations[approval] !== undefined)
    return checkFormat('spec.group', group, formats.subdomain);
  const words = `protected groups must have approval annotation "${approval}", see https://github.com/kubernetes/enhancements/pull/1111`;
  return [required(`metadata.annotations[${approval}]`, words)];
}

function checkScope(scope: string): FieldProblem[] {
  if (scope === '') return [required('spec.scope')];
  return scopes.includes(scope) ? [] : [unsupported('spec.scope', scope, scopes)];
}

function checkVersions(versions: readonly JsonObject[]): FieldProblem[] {
  const unschooled = versions.flatMap((version, index) =>
    readPath(version, 'schema', 'openAPIV3Schema') === undefined
      ? [required(`spec.versions[${index}].schema.openAPIV3Schema`, 'schemas are required')]
      : [],
  );
  const shown = versions.length === 0 ? null : [...versions];
  const names = new Set(versions.map((version) => readText(version, 'name')));
  const stored = versions.filter((version) => version['storage'] === true).length;
  return [
    ...unschooled,
    ...(names.size === versions.length
      ? []
      : [invalidValue('spec.versions', shown, 'must contain unique version names')]),
    ...(stored === 1
      ? []
      : [invalidValue('spec.versions', shown, 'must have exactly one version marked as storage version')]),
  ];
}

function checkNames(names: JsonObject): FieldProblem[] {
  return ['plural', 'singular', 'kind', 'listKind'].flatMap((field) => {
    const name = readText(names, field);
    const at = `spec.names.${field}`;
    if (name === '') return [required(at)];
    if (!field.toLowerCase().endsWith('kind')) return checkFormat(at, name, formats.serviceName);
    return formatProblems(name.toLowerCase(), formats.serviceName).map((words) =>
      invalidValue(at, name, `may have mixed case, but should otherwise match: ${words}`),
    );
  });
}

/** A single version's schema and columns are shown as if they were the definition's own, as they once were. */
function checkVersion(version: JsonObject, index: number, count: number): FieldProblem[] {
  const isOnly = count === 1;
  const schema = readPath(version, 'schema', 'openAPIV3Schema');
  const at = isOnly ? 'spec.validation.openAPIV3Schema' : `spec.versions[${index}].schema.openAPIV3Schema`;
  const columns = isOnly ? 'spec' : `spec.versions[${index}]`;
  return [
    ...(schema === undefined ? [] : checkWhole(at, readObject(version, 'schema', 'openAPIV3Schema'))),
    ...readObjects(version, 'additionalPrinterColumns').flatMap((column, position) =>
      checkColumn(`${columns}.additionalPrinterColumns[${position}]`, column),
    ),
  ];
}

function checkColumn(field: string, column: JsonObject): FieldProblem[] {
  const type = readText(column, 'type');
  const path = readText(column, 'jsonPath');
  const words = `must be one of ${columnTypes.join(',')}`;
  return [
    ...(readText(column, 'name') === '' ? [required(`${field}.name`)] : []),
    ...(columnTypes.includes(type) ? [] : [invalidValue(`${field}.type`, type, words)]),
    ...(path.startsWith('.')
      ? []
      : [invalidValue(`${field}.JSONPath`, path, 'must be a simple json path starting with .')]),
  ];
}

/** Rules are looked at once their values have types. */
function checkWhole(field: string, schema: JsonObject): FieldProblem[] {
  const structure = checkStructure(field, schema, 'root');
  return structure.length > 0 ? structure : checkDefinitionRules(field, schema);
}

/** A structural schema says the type of each value, unless it says that anything goes. */
function checkStructure(field: string, schema: JsonObject, place: 'root' | 'field' | 'item'): FieldProblem[] {
  const type = readText(schema, 'type');
  const isFree =
    place !== 'root' &&
    (schema['x-kubernetes-int-or-string'] === true ||
      schema['x-kubernetes-preserve-unknown-fields'] === true);
  const properties = readObject(schema, 'properties');
  const where =
    place === 'root' ? 'at the root' : `for specified ${place === 'item' ? 'array items' : 'object fields'}`;
  const hasItems = readPath(schema, 'items') !== undefined;
  return [
    ...(type === 'array' && !hasItems ? [required(`${field}.items`, 'must be specified')] : []),
    ...Object.keys(properties).flatMap((name) =>
      checkStructure(`${field}.properties[${name}]`, readObject(properties, name), 'field'),
    ),
    ...(hasItems ? checkStructure(`${field}.items`, readObject(schema, 'items'), 'item') : []),
    ...checkComposed(field, schema),
    ...(type === '' && !isFree ? [required(`${field}.type`, `must not be empty ${where}`)] : []),
    ...(type === '' || schemaTypes.includes(type) ? [] : [unsupported(`${field}.type`, type, schemaTypes)]),
  ];
}

/** What may not change once the definition is in use. */
export function checkDefinitionUpdate(before: JsonObject, after: JsonObject): FieldProblem[] {
  return [['scope'], ['names', 'kind'], ['group'], ['names', 'plural']].flatMap((path) => {
    const [held, wanted] = [readPath(before, 'spec', ...path), readPath(after, 'spec', ...path)];
    if (sameJson(held, wanted)) return [];
    return [invalidValue(`spec.${path.join('.')}`, wanted ?? '', 'field is immutable')];
  });
}
