/** HorizontalPodAutoscalers in `autoscaling/v1`, which has room for one metric (pkg/apis/autoscaling/v1/conversion.go). */
import type { JsonObject } from '../kube.ts';
import { readMap, readNumber, readObject, readObjects, readPath, readText } from './fields.ts';

const conditionsMark = 'autoscaling.alpha.kubernetes.io/conditions';

/** A stored autoscaler as `autoscaling/v1` shows it; its conditions become an annotation. */
export function viewAutoscaler(object: JsonObject): JsonObject {
  const { metrics: _, behavior: __, ...spec } = readObject(object, 'spec');
  const { conditions, currentMetrics: ___, ...status } = readObject(object, 'status');
  const target = readObjects(object, 'spec', 'metrics').find((metric) => isCpuShare(metric));
  const share = readNumber(target, 'resource', 'target', 'averageUtilization');
  const held = readMap(object, 'metadata', 'annotations');
  const noted = conditions === undefined ? held : { ...held, [conditionsMark]: JSON.stringify(conditions) };
  const isNoted = Object.keys(noted).length > 0;
  return {
    ...object,
    apiVersion: 'autoscaling/v1',
    metadata: { ...readObject(object, 'metadata'), ...(isNoted ? { annotations: noted } : {}) },
    spec: { ...spec, ...(share === undefined ? {} : { targetCPUUtilizationPercentage: share }) },
    status: { currentReplicas: 0, ...status },
  };
}

/** What a client wrote as `autoscaling/v1`, as it is stored. */
export function readAutoscaler(object: JsonObject): JsonObject {
  const { targetCPUUtilizationPercentage: share, ...spec } = readObject(object, 'spec');
  const target = { type: 'Utilization', averageUtilization: share };
  const metrics = [{ type: 'Resource', resource: { name: 'cpu', target } }];
  const { [conditionsMark]: _, ...annotations } = readMap(object, 'metadata', 'annotations');
  const isNoted = Object.keys(annotations).length > 0;
  const { annotations: __, ...metadata } = readObject(object, 'metadata');
  return {
    ...object,
    apiVersion: 'autoscaling/v2',
    metadata: isNoted ? { ...metadata, annotations } : metadata,
    spec: share === undefined ? spec : { ...spec, metrics },
  };
}

function isCpuShare(metric: JsonObject): boolean {
  return (
    readText(metric, 'type') === 'Resource' &&
    readText(metric, 'resource', 'name') === 'cpu' &&
    readPath(metric, 'resource', 'target', 'averageUtilization') !== undefined
  );
}
