/** What the API server fills into workloads that keep pods running (pkg/apis/apps/v1/defaults.go). */
import type { JsonObject } from '../kube.ts';
import { childObject, readMap, readObjects, setDefault } from '../objects/fields.ts';
import { defaultClaim } from './cluster-services.ts';
import { defaultPodSpec } from './pod-spec.ts';

/** The template of a workload's pods. */
export function defaultTemplate(spec: JsonObject): void {
  const template = childObject(spec, 'template');
  childObject(template, 'metadata');
  defaultPodSpec(childObject(template, 'spec'));
}

/** A Deployment. */
export function defaultDeployment(object: JsonObject): void {
  const spec = childObject(object, 'spec');
  setDefault(spec, 'replicas', 1);
  setDefault(spec, 'revisionHistoryLimit', 10);
  setDefault(spec, 'progressDeadlineSeconds', 600);
  const strategy = childObject(spec, 'strategy');
  setDefault(strategy, 'type', 'RollingUpdate');
  if (strategy['type'] === 'RollingUpdate') {
    const rolling = childObject(strategy, 'rollingUpdate');
    setDefault(rolling, 'maxUnavailable', '25%');
    setDefault(rolling, 'maxSurge', '25%');
  }
  defaultTemplate(spec);
}

/** A ReplicaSet. */
export function defaultReplicaSet(object: JsonObject): void {
  const spec = childObject(object, 'spec');
  setDefault(spec, 'replicas', 1);
  if (spec['template'] !== undefined) defaultTemplate(spec);
}

/** A ReplicationController: what it does not say, its template's labels do. */
export function defaultReplicationController(object: JsonObject): void {
  defaultReplicaSet(object);
  const labels = readMap(object, 'spec', 'template', 'metadata', 'labels');
  if (Object.keys(labels).length === 0) return;
  for (const [parent, field] of [
    ['spec', 'selector'],
    ['metadata', 'labels'],
  ] as const) {
    const held = readMap(object, parent, field);
    if (Object.keys(held).length === 0) childObject(object, parent)[field] = { ...labels };
  }
}

/** A StatefulSet, with the claims that its pods get. */
export function defaultStatefulSet(object: JsonObject): void {
  const spec = childObject(object, 'spec');
  setDefault(spec, 'podManagementPolicy', 'OrderedReady');
  const strategy = childObject(spec, 'updateStrategy');
  setDefault(strategy, 'type', 'RollingUpdate');
  if (strategy['type'] === 'RollingUpdate')
    setDefault(childObject(strategy, 'rollingUpdate'), 'partition', 0);
  const retention = childObject(spec, 'persistentVolumeClaimRetentionPolicy');
  setDefault(retention, 'whenDeleted', 'Retain');
  setDefault(retention, 'whenScaled', 'Retain');
  setDefault(spec, 'replicas', 1);
  setDefault(spec, 'revisionHistoryLimit', 10);
  for (const claim of readObjects(spec, 'volumeClaimTemplates')) {
    setDefault(claim, 'apiVersion', 'v1');
    setDefault(claim, 'kind', 'PersistentVolumeClaim');
    defaultClaim(claim);
    setDefault(childObject(claim, 'status'), 'phase', 'Pending');
  }
  defaultTemplate(spec);
}

/** A DaemonSet; the count of its templates is a field in the server, and an annotation outside. */
export function defaultDaemonSet(object: JsonObject): void {
  const annotations = childObject(childObject(object, 'metadata'), 'annotations');
  setDefault(annotations, 'deprecated.daemonset.template.generation', '1');
  const spec = childObject(object, 'spec');
  const strategy = childObject(spec, 'updateStrategy');
  setDefault(strategy, 'type', 'RollingUpdate');
  if (strategy['type'] === 'RollingUpdate') {
    const rolling = childObject(strategy, 'rollingUpdate');
    setDefault(rolling, 'maxUnavailable', 1);
    setDefault(rolling, 'maxSurge', 0);
  }
  setDefault(spec, 'revisionHistoryLimit', 10);
  defaultTemplate(spec);
}
