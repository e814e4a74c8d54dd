/** What the API server fills into autoscalers, network policies, claims and volumes. */
import type { JsonObject } from '../kube.ts';
import { childObject, readList, readObject, readObjects, setDefault } from '../objects/fields.ts';
import { canonicaliseAmounts } from './quantity.ts';

const defaultMetric = { type: 'Utilization', averageUtilization: 80 };

/** A HorizontalPodAutoscaler of `autoscaling/v2`. */
export function defaultAutoscaler(object: JsonObject): void {
  const spec = childObject(object, 'spec');
  setDefault(spec, 'minReplicas', 1);
  if (readList(spec, 'metrics').length === 0)
    spec['metrics'] = [{ type: 'Resource', resource: { name: 'cpu', target: { ...defaultMetric } } }];
  if (spec['behavior'] === undefined) return;
  const behavior = childObject(spec, 'behavior');
  const up = [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ];
  const down = [{ type: 'Percent', value: 100, periodSeconds: 15 }];
  defaultScaling(childObject(behavior, 'scaleUp'), up);
  setDefault(childObject(behavior, 'scaleUp'), 'stabilizationWindowSeconds', 0);
  defaultScaling(childObject(behavior, 'scaleDown'), down);
}

function defaultScaling(rules: JsonObject, policies: JsonObject[]): void {
  setDefault(rules, 'selectPolicy', 'Max');
  if (readList(rules, 'policies').length === 0) rules['policies'] = policies;
}

/** A NetworkPolicy: what it says nothing of concerns what comes in. */
export function defaultNetworkPolicy(object: JsonObject): void {
  const spec = childObject(object, 'spec');
  childObject(spec, 'podSelector');
  for (const rule of [...readObjects(spec, 'ingress'), ...readObjects(spec, 'egress')])
    for (const port of readObjects(rule, 'ports')) setDefault(port, 'protocol', 'TCP');
  if (readList(spec, 'policyTypes').length > 0) return;
  spec['policyTypes'] = readList(spec, 'egress').length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

/** A PersistentVolumeClaim, also as a template. */
export function defaultClaim(object: JsonObject): void {
  const spec = childObject(object, 'spec');
  setDefault(spec, 'volumeMode', 'Filesystem');
  const resources = childObject(spec, 'resources');
  for (const field of ['limits', 'requests']) canonicaliseAmounts(readObject(resources, field));
}

/** A PersistentVolume. */
export function defaultVolume(object: JsonObject): void {
  const spec = childObject(object, 'spec');
  setDefault(spec, 'volumeMode', 'Filesystem');
  setDefault(spec, 'persistentVolumeReclaimPolicy', 'Retain');
  canonicaliseAmounts(readObject(spec, 'capacity'));
  if (spec['hostPath'] !== undefined) setDefault(childObject(spec, 'hostPath'), 'type', '');
}
