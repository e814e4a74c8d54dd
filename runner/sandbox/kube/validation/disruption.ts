/** PodDisruptionBudgets and HorizontalPodAutoscalers: how many pods there may and must be. */
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readNumber, readObject, readObjects, readPath, readText } from '../objects/fields.ts';
import { checkAmount } from './amounts.ts';
import { checkLabelSelector } from './label-selector.ts';
import { invalidValue, required, unsupported } from './problems.ts';

const evictionPolicies = ['AlwaysAllow', 'IfHealthyBudget'];
const metricTypes = ['ContainerResource', 'External', 'Object', 'Pods', 'Resource'];

/** The problems of a PodDisruptionBudget. */
export function checkBudget(object: JsonObject): FieldProblem[] {
  const spec = readObject(object, 'spec');
  const least = readPath(spec, 'minAvailable');
  const most = readPath(spec, 'maxUnavailable');
  const policy = readText(spec, 'unhealthyPodEvictionPolicy');
  const both = 'minAvailable and maxUnavailable cannot be both set';
  const shown = {
    MinAvailable: least ?? null,
    Selector: readPath(spec, 'selector') ?? null,
    MaxUnavailable: most ?? null,
    UnhealthyPodEvictionPolicy: policy || null,
  };
  return [
    ...(least !== undefined && most !== undefined ? [invalidValue('spec', shown, both)] : []),
    ...checkAmount('spec.minAvailable', least),
    ...checkAmount('spec.maxUnavailable', most),
    ...checkLabelSelector('spec.selector', readObject(spec, 'selector')),
    ...(policy === '' || evictionPolicies.includes(policy)
      ? []
      : [unsupported('spec.unhealthyPodEvictionPolicy', policy, evictionPolicies)]),
  ];
}

/** The problems of a HorizontalPodAutoscaler of `autoscaling/v2`. */
export function checkAutoscaler(object: JsonObject): FieldProblem[] {
  const spec = readObject(object, 'spec');
  const least = readNumber(spec, 'minReplicas') ?? 1;
  const most = readNumber(spec, 'maxReplicas') ?? 0;
  const target = readObject(spec, 'scaleTargetRef');
  const at = 'spec.scaleTargetRef';
  return [
    ...(least < 1 ? [invalidValue('spec.minReplicas', least, 'must be greater than or equal to 1')] : []),
    ...(most < 1 ? [invalidValue('spec.maxReplicas', most, 'must be greater than 0')] : []),
    ...(most < least
      ? [invalidValue('spec.maxReplicas', most, 'must be greater than or equal to `minReplicas`')]
      : []),
    ...['kind', 'name']
      .filter((field) => readText(target, field) === '')
      .map((field) => required(`${at}.${field}`)),
    ...readObjects(spec, 'metrics').flatMap((metric, index) => checkMetric(`spec.metrics[${index}]`, metric)),
  ];
}

function checkMetric(field: string, metric: JsonObject): FieldProblem[] {
  const type = readText(metric, 'type');
  if (type === '') return [required(`${field}.type`, 'must specify a metric source type')];
  if (!metricTypes.includes(type)) return [unsupported(`${field}.type`, type, metricTypes)];
  const utilization = readNumber(metric, 'resource', 'target', 'averageUtilization');
  return utilization !== undefined && utilization < 1
    ? [invalidValue(`${field}.resource.target.averageUtilization`, utilization, 'must be greater than 0')]
    : [];
}
