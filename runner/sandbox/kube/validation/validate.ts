/** Validation by kind: the mistakes that authors make, in the server's words. */
import type { FieldProblem } from '../errors.ts';
import type { GroupVersionKind, JsonObject } from '../kube.ts';
import { readObject } from '../objects/fields.ts';
import { checkConfigMap, checkImmutable, checkSecret } from './configuration.ts';
import { checkMetadata, formats, type NameFormat } from './names.ts';
import { checkPod, checkPodUpdate } from './pod-spec.ts';
import { checkBinding, checkRole, checkRoleRefUpdate } from './rbac.ts';
import { checkService, checkServiceUpdate } from './services.ts';
import { checkDeployment, checkReplicaSet, checkSelectorUpdate } from './workloads.ts';

type Rule = (object: JsonObject) => FieldProblem[];

const nameFormats: Readonly<Record<string, NameFormat>> = {
  Namespace: formats.label,
  Service: formats.serviceName,
  Role: formats.pathSegment,
  ClusterRole: formats.pathSegment,
  RoleBinding: formats.pathSegment,
  ClusterRoleBinding: formats.pathSegment,
};

const rules: Readonly<Record<string, Rule>> = {
  Pod: checkPod,
  Deployment: checkDeployment,
  ReplicaSet: checkReplicaSet,
  Service: checkService,
  ConfigMap: checkConfigMap,
  Secret: checkSecret,
  Role: checkRole,
  ClusterRole: checkRole,
  RoleBinding: checkBinding,
  ClusterRoleBinding: checkBinding,
};

const updateRules: Readonly<Record<string, (before: JsonObject, after: JsonObject) => FieldProblem[]>> = {
  Pod: checkPodUpdate,
  Deployment: checkSelectorUpdate,
  ReplicaSet: checkSelectorUpdate,
  Service: checkServiceUpdate,
  ConfigMap: checkImmutable,
  Secret: checkImmutable,
  RoleBinding: checkRoleRefUpdate,
  ClusterRoleBinding: checkRoleRefUpdate,
};

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
  return updateRules[kind.kind]?.(before, after) ?? [];
}
