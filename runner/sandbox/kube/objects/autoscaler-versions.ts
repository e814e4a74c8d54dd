/** HorizontalPodAutoscalers in `autoscaling/v1`, which has room for one metric (pkg/apis/autoscaling/v1/conversion.go). */
import type { JsonObject } from '../kube.ts';
import { readMap, readNumber, readObject, readObjects, readPath, readText } from './fields.ts';

const conditionsMark = 'autoscaling.alpha.kubernetes.io/conditions';
const currentMetricsMark = 'autoscaling.alpha.kubernetes.io/current-metrics';

/** A stored autoscaler as `autoscaling/v1` shows it; its conditions and measurements become annotations. */
export function viewAutoscaler(object: JsonObject): JsonObject {
  const { metrics: _, behavior: __, ...spec } = readObject(object, 'spec');
  const { conditions, currentMetrics, ...status } = readObject(object, 'status');
  const target = readObjects(object, 'spec', 'metrics').find((metric) => isCpuShare(metric));
  const share = readNumber(target, 'resource', 'target', 'averageUtilization');
  const noted = {
    ...readMap(object, 'metadata', 'annotations'),
    ...note(conditionsMark, conditions),
    ...note(currentMetricsMark, currentMetrics),
  };
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
  const {
    [conditionsMark]: _,
    [currentMetricsMark]: __,
    ...annotations
  } = readMap(object, 'metadata', 'annotations');
  const isNoted = Object.keys(annotations).length > 0;
  const { annotations: ___, ...metadata } = readObject(object, 'metadata');
  return {
    ...object,
    apiVersion: 'autoscaling/v2',
    metadata: isNoted ? { ...metadata, annotations } : metadata,
    spec: share === undefined ? spec : { ...spec, metrics },
  };
}

function note(mark: string, list: unknown): Readonly<Record<string, string>> {
  return Array.isArray(list) && list.length > 0 ? { [mark]: JSON.stringify(list) } : {};
}

function isCpuShare(metric: JsonObject): boolean {
  return (
    readText(metric, 'type') === 'Resource' &&
    readText(metric, 'resource', 'name') === 'cpu' &&
    readPath(metric, 'resource', 'target', 'averageUtilization') !== undefined
  );
}
