/** Validation by kind: the mistakes that authors make, in the server's words. */
import type { FieldProblem } from '../errors.ts';
import { checkSchema } from '../custom/check-schema.ts';
import { checkRules } from '../custom/rules/check-rules.ts';
import type { BodyKind } from '../custom/custom.ts';
import type { JsonObject } from '../kube.ts';
import { readObject } from '../objects/fields.ts';
import { checkCronJob, checkJob, checkJobUpdate } from './batch.ts';
import { checkClaim, checkClaimUpdate } from './claims.ts';
import { checkConfigMap, checkImmutable, checkSecret } from './configuration.ts';
import { checkDefinition, checkDefinitionUpdate } from './definitions.ts';
import { checkAutoscaler, checkBudget } from './disruption.ts';
import { checkMetadata, formats, type NameFormat } from './names.ts';
import { checkIngress, checkNetworkPolicy } from './networking.ts';
import { checkDaemonSet, checkStatefulSet, checkStatefulSetUpdate } from './ordered-workloads.ts';
import { checkPod, checkPodUpdate } from './pod-spec.ts';
import { checkPriorityClass, checkPriorityClassUpdate } from './priority-classes.ts';
import { checkBinding, checkRole, checkRoleRefUpdate } from './rbac.ts';
import { checkService, checkServiceUpdate } from './services.ts';
import {
  checkDeployment,
  checkPodTemplate,
  checkReplicaSet,
  checkReplicationController,
  checkSelectorUpdate,
} from './workloads.ts';

type Rule = (object: JsonObject) => FieldProblem[];

const nameFormats: Readonly<Record<string, NameFormat>> = {
  Namespace: formats.label,
  Service: formats.serviceName,
  StatefulSet: formats.label,
  Role: formats.pathSegment,
  ClusterRole: formats.pathSegment,
  RoleBinding: formats.pathSegment,
  ClusterRoleBinding: formats.pathSegment,
};

const rules: Readonly<Record<string, Rule>> = {
  Pod: checkPod,
  Deployment: checkDeployment,
  ReplicaSet: checkReplicaSet,
  ReplicationController: checkReplicationController,
  PodTemplate: checkPodTemplate,
  PriorityClass: checkPriorityClass,
  StatefulSet: checkStatefulSet,
  DaemonSet: checkDaemonSet,
  Job: checkJob,
  CronJob: checkCronJob,
  PodDisruptionBudget: checkBudget,
  HorizontalPodAutoscaler: checkAutoscaler,
  NetworkPolicy: checkNetworkPolicy,
  Ingress: checkIngress,
  PersistentVolumeClaim: checkClaim,
  Service: checkService,
  CustomResourceDefinition: checkDefinition,
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
  StatefulSet: checkStatefulSetUpdate,
  DaemonSet: checkSelectorUpdate,
  CustomResourceDefinition: checkDefinitionUpdate,
  Job: checkJobUpdate,
  PriorityClass: checkPriorityClassUpdate,
  PersistentVolumeClaim: checkClaimUpdate,
  Service: checkServiceUpdate,
  ConfigMap: checkImmutable,
  Secret: checkImmutable,
  RoleBinding: checkRoleRefUpdate,
  ClusterRoleBinding: checkRoleRefUpdate,
};

/** The problems of an object, in the server's order. */
export function validateObject(kind: BodyKind, object: JsonObject): FieldProblem[] {
  if (kind.schema !== undefined) return validateCustom(kind.schema, undefined, object);
  const format = nameFormats[kind.kind] ?? formats.subdomain;
  const rule = rules[kind.kind];
  return [
    ...checkMetadata(readObject(object, 'metadata'), format),
    ...(rule === undefined ? [] : rule(object)),
  ];
}

function validateCustom(
  schema: JsonObject,
  before: JsonObject | undefined,
  object: JsonObject,
): FieldProblem[] {
  const metadata = checkMetadata(readObject(object, 'metadata'), formats.subdomain);
  const found = [...metadata, ...checkSchema(schema, object)];
  return [...found, ...checkRules(schema, object, before, found)];
}

/** Kinds whose update is looked at before the object itself. */
const updateFirst = new Set(['DaemonSet', 'ConfigMap', 'Secret', 'Service']);

/** The problems of an object that replaces another: its own, and fields that may not move. */
export function validateUpdate(kind: BodyKind, before: JsonObject, after: JsonObject): FieldProblem[] {
  if (kind.schema !== undefined) return validateCustom(kind.schema, before, after);
  const own = validateObject(kind, after);
  const moved = updateRules[kind.kind]?.(before, after) ?? [];
  return updateFirst.has(kind.kind) ? [...moved, ...own] : [...own, ...moved];
}
