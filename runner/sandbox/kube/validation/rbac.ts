/** Roles and bindings (pkg/apis/rbac/validation). */
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readObject, readObjects, readText, readTexts } from '../objects/fields.ts';
import { isObject, sameJson } from '../schema/json-value.ts';
import { checkLabelSelector } from './label-selector.ts';
import { invalidValue, required, unsupported } from './problems.ts';

const subjectKinds = ['ServiceAccount', 'User', 'Group'];

/** The problems of a Role or ClusterRole. */
export function checkRole(object: JsonObject): FieldProblem[] {
  const isClusterRole = readText(object, 'kind') === 'ClusterRole';
  const rules = readObjects(object, 'rules').flatMap((rule, index) =>
    checkRule(`rules[${index}]`, rule, isClusterRole),
  );
  return isClusterRole ? [...rules, ...checkAggregation(object)] : rules;
}

function checkAggregation(role: JsonObject): FieldProblem[] {
  if (!isObject(role['aggregationRule'])) return [];
  const field = 'aggregationRule.clusterRoleSelectors';
  const selectors = readObjects(role, 'aggregationRule', 'clusterRoleSelectors');
  if (selectors.length === 0) {
    return [required(field, 'at least one clusterRoleSelector required if aggregationRule is non-nil')];
  }
  return selectors.flatMap((selector, index) => {
    const problems = checkLabelSelector(`${field}[${index}]`, selector);
    const whole = invalidValue(`${field}[${index}]`, null, 'invalid label selector.');
    return problems.length === 0 ? [] : [...problems, whole];
  });
}

function checkRule(field: string, rule: JsonObject, isClusterRole: boolean): FieldProblem[] {
  const urls = readTexts(rule, 'nonResourceURLs');
  const verbs =
    readTexts(rule, 'verbs').length === 0
      ? [required(`${field}.verbs`, 'verbs must contain at least one value')]
      : [];
  if (urls.length > 0) {
    const words = 'namespaced rules cannot apply to non-resource URLs';
    return isClusterRole ? verbs : [...verbs, invalidValue(`${field}.nonResourceURLs`, urls, words)];
  }
  const groups = readTexts(rule, 'apiGroups').length > 0;
  const resources = readTexts(rule, 'resources').length > 0;
  return [
    ...verbs,
    ...(groups ? [] : [required(`${field}.apiGroups`, 'resource rules must supply at least one api group')]),
    ...(resources
      ? []
      : [required(`${field}.resources`, 'resource rules must supply at least one resource')]),
  ];
}

/** The problems of a RoleBinding or ClusterRoleBinding. */
export function checkBinding(object: JsonObject): FieldProblem[] {
  const isCluster = readText(object, 'kind') === 'ClusterRoleBinding';
  const kinds = isCluster ? ['ClusterRole'] : ['Role', 'ClusterRole'];
  const reference = readObject(object, 'roleRef');
  const kind = readText(reference, 'kind');
  return [
    ...(kinds.includes(kind) ? [] : [unsupported('roleRef.kind', kind, kinds)]),
    ...(readText(reference, 'name') === '' ? [required('roleRef.name')] : []),
    ...readObjects(object, 'subjects').flatMap((subject, index) =>
      checkSubject(`subjects[${index}]`, subject, isCluster),
    ),
  ];
}

function checkSubject(field: string, subject: JsonObject, isCluster: boolean): FieldProblem[] {
  const kind = readText(subject, 'kind');
  const needsNamespace = isCluster && kind === 'ServiceAccount' && readText(subject, 'namespace') === '';
  return [
    ...(readText(subject, 'name') === '' ? [required(`${field}.name`)] : []),
    ...(subjectKinds.includes(kind) ? [] : [unsupported(`${field}.kind`, kind, subjectKinds)]),
    ...(needsNamespace ? [required(`${field}.namespace`)] : []),
  ];
}

/** A binding keeps its role; the server prints the reference with Go's field names. */
export function checkRoleRefUpdate(before: JsonObject, after: JsonObject): FieldProblem[] {
  const reference = readObject(after, 'roleRef');
  if (sameJson(readObject(before, 'roleRef'), reference)) return [];
  const shown = {
    APIGroup: readText(reference, 'apiGroup'),
    Kind: readText(reference, 'kind'),
    Name: readText(reference, 'name'),
  };
  return [invalidValue('roleRef', shown, 'cannot change roleRef')];
}
