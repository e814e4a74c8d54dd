/** The status that a new object starts with, before any controller has looked at it. */
import type { JsonObject, KubeObject } from '../kube.ts';
import { asJson, readObjects, readText } from '../objects/fields.ts';

/** By kind; kinds that are not listed start without a status. */
export const firstStatus: Readonly<Record<string, JsonObject>> = {
  Service: { loadBalancer: {} },
  Ingress: { loadBalancer: {} },
  Deployment: {},
  ReplicaSet: { replicas: 0 },
  ReplicationController: { replicas: 0 },
  StatefulSet: { replicas: 0, availableReplicas: 0 },
  DaemonSet: { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 },
  Job: {},
  CronJob: {},
  PodDisruptionBudget: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
  HorizontalPodAutoscaler: { desiredReplicas: 0, currentMetrics: null },
  ResourceQuota: {},
  PersistentVolumeClaim: { phase: 'Pending' },
  PersistentVolume: { phase: 'Pending' },
};

/** A definition's objects are stored in one of its versions from the start. */
export function firstDefinitionStatus(definition: KubeObject): JsonObject {
  const stored = readObjects(asJson(definition), 'spec', 'versions').find(({ storage }) => storage === true);
  const storedVersions = [readText(stored, 'name')];
  return { acceptedNames: { kind: '', plural: '' }, conditions: null, storedVersions };
}
