/** Validation by kind: the mistakes that authors make, in the server's words. */
import type { FieldProblem } from '../errors.ts';
import type { GroupVersionKind, JsonObject } from '../kube.ts';
import { readObject } from '../objects/fields.ts';
import { sameJson } from '../schema/json-value.ts';
import { checkMetadata, formats, type NameFormat } from './names.ts';
import { invalidValue } from './problems.ts';

type Rule = (object: JsonObject) => FieldProblem[];

const nameFormats: Readonly<Record<string, NameFormat>> = {
  Namespace: formats.label,
  Service: formats.serviceName,
  Role: formats.pathSegment,
  ClusterRole: formats.pathSegment,
  RoleBinding: formats.pathSegment,
  ClusterRoleBinding: formats.pathSegment,
};

const rules: Readonly<Record<string, Rule>> = {};

/** The problems of an object, in the server's order. */
export function validateObject(kind: GroupVersionKind, object: JsonObject): FieldProblem[] {
  const format = nameFormats[kind.kind] ?? formats.subdomain;
  const rule = rules[kind.kind];
  return [
    ...checkMetadata(readObject(object, 'metadata'), format),
    ...(rule === undefined ? [] : rule(object)),
  ];
}

/** The problems of a change: fields that may not move. */
export function validateUpdate(
  kind: GroupVersionKind,
  before: JsonObject,
  after: JsonObject,
): FieldProblem[] {
  if (kind.kind !== 'Deployment' && kind.kind !== 'ReplicaSet') return [];
  const selector = readObject(after, 'spec', 'selector');
  if (sameJson(readObject(before, 'spec', 'selector'), selector)) return [];
  return [invalidValue('spec.selector', selector, 'field is immutable')];
}
