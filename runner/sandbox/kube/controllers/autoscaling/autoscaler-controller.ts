/**
 * What a HorizontalPodAutoscaler does in a cluster without a metrics server, as this one is: it finds its target, measures
 * nothing, and says so (pkg/controller/podautoscaler).
 */
import type { JsonObject, KubeObject, ResourceName } from '../../kube.ts';
import type { Context, Controller } from '../controller.ts';
import { integer, record, records, same, text } from '../fields.ts';
import { getByKey, isBeingDeleted, keyOf } from '../objects.ts';
import { report } from '../refusals.ts';
import {
  AUTOSCALERS,
  DEPLOYMENTS,
  REPLICATION_CONTROLLERS,
  REPLICA_SETS,
  STATEFUL_SETS,
  isResource,
} from '../resources.ts';
import { stamp } from '../times.ts';

const MANAGER = 'kube-controller-manager';
const COMPONENT = 'horizontal-pod-autoscaler';
const PERIOD_MS = 15_000;
const NO_METRICS =
  'unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)';
const TARGETS: Readonly<Record<string, ResourceName>> = {
  Deployment: DEPLOYMENTS,
  ReplicaSet: REPLICA_SETS,
  ReplicationController: REPLICATION_CONTROLLERS,
  StatefulSet: STATEFUL_SETS,
};

export function autoscalerController(context: Context): Controller {
  const { cluster } = context;
  return {
    name: 'horizontalpodautoscaling',
    initial: () => cluster.list(AUTOSCALERS).map((scaler) => keyOf(scaler)),
    keys: ({ type, resource, object }) =>
      isResource(resource, AUTOSCALERS) && type === 'ADDED' ? [keyOf(object)] : [],
    sync: (key, again) => {
      const scaler = getByKey(cluster, AUTOSCALERS, key);
      if (scaler === undefined || isBeingDeleted(scaler)) return;
      look(context, scaler);
      again(PERIOD_MS);
    },
  };
}

interface Finding {
  readonly type: 'AbleToScale' | 'ScalingActive';
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

function look(context: Context, scaler: KubeObject): void {
  const { kind, name } = record(scaler.spec?.['scaleTargetRef']);
  const resource = TARGETS[text(kind) ?? ''];
  const target = resource && context.cluster.get(resource, scaler.metadata.namespace, text(name) ?? '');
  if (target === undefined) {
    const plural = resource === undefined ? (text(kind) ?? '') : `${resource.resource}.${resource.group}`;
    const why = `${plural} "${text(name) ?? ''}" not found`;
    tell(context, scaler, 'FailedGetScale', why);
    const message = `the HPA controller was unable to get the target's current scale: ${why}`;
    const failed: Finding = { type: 'AbleToScale', status: 'False', reason: 'FailedGetScale', message };
    writeStatus(context, scaler, [failed], {});
    return;
  }
  const failures = records(scaler.spec?.['metrics']).map((metric) => failureOf(metric));
  const [first] = failures;
  if (first === undefined) return;
  for (const { short } of failures) tell(context, scaler, 'FailedGetResourceMetric', short);
  const count = failures.length;
  const all = `invalid metrics (${count} invalid out of ${count}), first error is: ${first.long}`;
  tell(context, scaler, 'FailedComputeMetricsReplicas', all);
  const findings: readonly Finding[] = [
    {
      type: 'AbleToScale',
      status: 'True',
      reason: 'SucceededGetScale',
      message: "the HPA controller was able to get the target's current scale",
    },
    {
      type: 'ScalingActive',
      status: 'False',
      reason: 'FailedGetResourceMetric',
      message: `the HPA was unable to compute the replica count: ${first.short}`,
    },
  ];
  const replicas = integer(target.status?.['replicas'], 0);
  const currentMetrics = failures.map(() => ({ type: '' }));
  writeStatus(context, scaler, findings, {
    currentMetrics,
    ...(replicas > 0 ? { currentReplicas: replicas } : {}),
  });
}

function failureOf(metric: JsonObject): { readonly short: string; readonly long: string } {
  const resource = record(metric['resource']);
  const name = text(resource['name']) ?? '';
  const what = record(resource['target'])['averageValue'] === undefined ? 'utilization' : 'usage';
  const short = `failed to get ${name} ${what}: unable to get metrics for resource ${name}: ${NO_METRICS}`;
  return { short, long: `failed to get ${name} resource metric value: ${short}` };
}

function writeStatus(
  { cluster }: Context,
  scaler: KubeObject,
  findings: readonly Finding[],
  counts: JsonObject,
): void {
  const held = records(scaler.status?.['conditions']);
  const conditions = findings.map(({ type, status, reason, message }): JsonObject => {
    const known = held.find((condition) => condition['type'] === type);
    const since = known?.['status'] === status ? known['lastTransitionTime'] : stamp(cluster.clock.now());
    return { type, status, lastTransitionTime: since, reason, message };
  });
  const status = { conditions, currentMetrics: null, desiredReplicas: 0, ...counts };
  if (!same(scaler.status, status)) cluster.updateStatus(AUTOSCALERS, { ...scaler, status }, MANAGER);
}

function tell({ cluster }: Context, scaler: KubeObject, reason: string, message: string): void {
  report(cluster, scaler, { type: 'Warning', reason, message, component: COMPONENT });
}
