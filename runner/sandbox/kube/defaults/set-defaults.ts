/** Defaulting by kind: what the API server adds to an object before it looks at it, in creates and updates alike. */
import type { BodyKind } from '../custom/custom.ts';
import { defaultFields } from '../custom/default-fields.ts';
import type { JsonObject } from '../kube.ts';
import {
  childObject,
  readList,
  readMap,
  readNumber,
  readObject,
  readObjects,
  readText,
  setDefault,
} from '../objects/fields.ts';
import { isObject } from '../schema/json-value.ts';
import { defaultCronJob, defaultJob } from './batch.ts';
import { defaultAutoscaler, defaultClaim, defaultNetworkPolicy, defaultVolume } from './cluster-services.ts';
import { defaultLimitRange, defaultQuota } from './limits.ts';
import { defaultPod } from './pod-spec.ts';
import {
  defaultDaemonSet,
  defaultDeployment,
  defaultReplicaSet,
  defaultReplicationController,
  defaultStatefulSet,
  defaultTemplate,
} from './workloads.ts';

const rbacGroup = 'rbac.authorization.k8s.io';

const byKind: Readonly<Record<string, (object: JsonObject) => void>> = {
  Pod: defaultPod,
  Deployment: defaultDeployment,
  ReplicaSet: defaultReplicaSet,
  ReplicationController: defaultReplicationController,
  PodTemplate: defaultTemplate,
  PriorityClass: (object) => setDefault(object, 'preemptionPolicy', 'PreemptLowerPriority'),
  StatefulSet: defaultStatefulSet,
  DaemonSet: defaultDaemonSet,
  Job: defaultJob,
  CronJob: defaultCronJob,
  HorizontalPodAutoscaler: defaultAutoscaler,
  NetworkPolicy: defaultNetworkPolicy,
  ResourceQuota: defaultQuota,
  LimitRange: defaultLimitRange,
  PersistentVolumeClaim: defaultClaim,
  PersistentVolume: defaultVolume,
  Service: defaultService,
  Namespace: defaultNamespace,
  Secret: defaultSecret,
  RoleBinding: defaultBinding,
  ClusterRoleBinding: defaultBinding,
  CustomResourceDefinition: defaultDefinition,
  EndpointSlice: defaultEndpointSlice,
  Endpoints: defaultEndpoints,
};

/** Changes `object` in place. */
export function setDefaults(kind: BodyKind, object: JsonObject): void {
  if (kind.schema === undefined) byKind[kind.kind]?.(object);
  else defaultFields(kind.schema, object);
}

function defaultService(object: JsonObject): void {
  const spec = childObject(object, 'spec');
  setDefault(spec, 'type', 'ClusterIP');
  setDefault(spec, 'sessionAffinity', 'None');
  if (spec['sessionAffinity'] === 'None') delete spec['sessionAffinityConfig'];
  if (spec['sessionAffinity'] === 'ClientIP') {
    setDefault(childObject(childObject(spec, 'sessionAffinityConfig'), 'clientIP'), 'timeoutSeconds', 10_800);
  }
  for (const port of readObjects(spec, 'ports')) {
    setDefault(port, 'protocol', 'TCP');
    const number = readNumber(port, 'port');
    if (number !== undefined && (port['targetPort'] ?? 0) === 0) port['targetPort'] = number;
  }
  const type = readText(spec, 'type');
  if (type !== 'ExternalName') setDefault(spec, 'internalTrafficPolicy', 'Cluster');
  const isReached = type === 'ClusterIP' && readList(spec, 'externalIPs').length > 0;
  if (isReached || type === 'NodePort' || type === 'LoadBalancer')
    setDefault(spec, 'externalTrafficPolicy', 'Cluster');
  if (type === 'LoadBalancer') setDefault(spec, 'allocateLoadBalancerNodePorts', true);
}

function defaultNamespace(object: JsonObject): void {
  const metadata = childObject(object, 'metadata');
  setDefault(childObject(object, 'status'), 'phase', 'Active');
  const labels = readMap(metadata, 'labels');
  metadata['labels'] = { ...labels, 'kubernetes.io/metadata.name': readText(metadata, 'name') };
}

function defaultSecret(object: JsonObject): void {
  setDefault(object, 'type', 'Opaque');
  const texts = readObject(object, 'stringData');
  delete object['stringData'];
  for (const [key, text] of Object.entries(texts)) {
    if (typeof text === 'string') childObject(object, 'data')[key] = encodeBase64(text);
  }
}

function encodeBase64(text: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
}

function defaultBinding(object: JsonObject): void {
  const roleRef = object['roleRef'];
  if (isObject(roleRef)) setDefault(roleRef, 'apiGroup', rbacGroup);
  for (const subject of readObjects(object, 'subjects')) {
    if (subject['kind'] !== 'ServiceAccount') setDefault(subject, 'apiGroup', rbacGroup);
  }
}

function defaultDefinition(object: JsonObject): void {
  const spec = childObject(object, 'spec');
  setDefault(childObject(spec, 'conversion'), 'strategy', 'None');
  const names = childObject(spec, 'names');
  const kind = readText(names, 'kind');
  if (kind === '') return;
  setDefault(names, 'singular', kind.toLowerCase());
  setDefault(names, 'listKind', `${kind}List`);
}

function defaultEndpointSlice(object: JsonObject): void {
  for (const port of readObjects(object, 'ports')) {
    setDefault(port, 'protocol', 'TCP');
    port['name'] ??= '';
  }
}

function defaultEndpoints(object: JsonObject): void {
  for (const subset of readObjects(object, 'subsets')) {
    for (const port of readObjects(subset, 'ports')) setDefault(port, 'protocol', 'TCP');
  }
}
