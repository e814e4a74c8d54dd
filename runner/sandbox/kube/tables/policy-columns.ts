/** The tables of what bounds and leads other objects: budgets, autoscalers, network policies, ingresses. */
import type { JsonObject, KubeObject } from '../kube.ts';
import { numberAt, objectAt, objectsAt, textAt, valueAt } from '../schema/read-json.ts';
import { ageColumn, column, nameColumn, orNone } from './column.ts';
import type { Column } from './column.ts';
import { renderSelector } from './render-selector.ts';
import { countColumn } from './workload-columns.ts';

const maxMetrics = 2;
const maxHosts = 3;

export const budgetColumns: readonly Column[] = [
  nameColumn,
  column('Min Available', 'Pods that must stay.', (budget) => amountOf(budget, 'minAvailable')),
  column('Max Unavailable', 'Pods that may be missing.', (budget) => amountOf(budget, 'maxUnavailable')),
  countColumn('Allowed Disruptions', 'Pods that may be evicted now.', 'status', 'disruptionsAllowed'),
  ageColumn,
];

function amountOf(budget: KubeObject, field: string): string {
  const amount = valueAt(budget, 'spec', field);
  return typeof amount === 'number' || typeof amount === 'string' ? String(amount) : 'N/A';
}

export const priorityClassColumns: readonly Column[] = [
  nameColumn,
  countColumn('Value', 'Priority of its pods.', 'value'),
  {
    ...column('Global-Default', 'Whether pods get it that name no class.', (object) => isDefault(object)),
    type: 'boolean',
  },
  ageColumn,
  column('PreemptionPolicy', 'Whether its pods push others out.', (object) =>
    orNone(textAt(object, 'preemptionPolicy'), 'PreemptLowerPriority'),
  ),
];

function isDefault(priorityClass: KubeObject): boolean {
  return valueAt(priorityClass, 'globalDefault') === true;
}

export const autoscalerColumns: readonly Column[] = [
  nameColumn,
  column('Reference', 'What it scales.', (object) => {
    const target = objectAt(object, 'spec', 'scaleTargetRef');
    return `${textAt(target, 'kind')}/${textAt(target, 'name')}`;
  }),
  column('Targets', 'What it aims at.', renderMetrics),
  column('MinPods', 'Least pods.', (object) => {
    const least = valueAt(object, 'spec', 'minReplicas');
    return typeof least === 'number' ? String(least) : '<unset>';
  }),
  countColumn('MaxPods', 'Most pods.', 'spec', 'maxReplicas'),
  countColumn('Replicas', 'Pods now.', 'status', 'currentReplicas'),
  ageColumn,
];

function renderMetrics(object: KubeObject): string {
  const metrics = objectsAt(object, 'spec', 'metrics').map(renderMetric);
  if (metrics.length === 0) return '<none>';
  const shown = metrics.slice(0, maxMetrics).join(', ');
  return metrics.length > maxMetrics ? `${shown} + ${metrics.length - maxMetrics} more...` : shown;
}

/** Nothing measures in a simulated cluster, so what is current is never known. */
function renderMetric(metric: JsonObject): string {
  const type = textAt(metric, 'type');
  const source = objectAt(metric, `${type.charAt(0).toLowerCase()}${type.slice(1)}`);
  const target = objectAt(source, 'target');
  const average = textAt(target, 'averageValue');
  if (type === 'Resource' || type === 'ContainerResource') {
    const utilization = numberAt(target, 'averageUtilization');
    const auto = utilization === 0 ? '<auto>' : `${utilization}%`;
    return `${textAt(source, 'name')}: <unknown>/${average === '' ? auto : average}`;
  }
  if (type === 'Pods') return `<unknown>/${average}`;
  return average === '' ? `<unknown>/${textAt(target, 'value')}` : `<unknown>/${average} (avg)`;
}

export const networkPolicyColumns: readonly Column[] = [
  nameColumn,
  column('Pod-Selector', 'Pods that it concerns.', (policy) =>
    orNone(renderSelector(objectAt(policy, 'spec', 'podSelector'))),
  ),
  ageColumn,
];

export const ingressColumns: readonly Column[] = [
  nameColumn,
  column('Class', 'Who serves it.', (ingress) => orNone(textAt(ingress, 'spec', 'ingressClassName'))),
  column('Hosts', 'Hosts of its rules.', renderHosts),
  column('Address', 'Where it is reached.', (ingress) =>
    objectsAt(ingress, 'status', 'loadBalancer', 'ingress')
      .map((entry) => orNone(textAt(entry, 'ip'), textAt(entry, 'hostname')))
      .join(','),
  ),
  column('Ports', 'Ports that it listens on.', (ingress) =>
    objectsAt(ingress, 'spec', 'tls').length > 0 ? '80, 443' : '80',
  ),
  ageColumn,
];

function renderHosts(ingress: KubeObject): string {
  const rules = objectsAt(ingress, 'spec', 'rules');
  const hosts = rules.map((rule) => textAt(rule, 'host')).filter((host) => host !== '');
  if (hosts.length === 0) return '*';
  const shown = hosts.slice(0, maxHosts).join(',');
  return hosts.length > maxHosts ? `${shown} + ${rules.length - maxHosts} more...` : shown;
}

export const ingressClassColumns: readonly Column[] = [
  nameColumn,
  column('Controller', 'Who serves it.', (object) => textAt(object, 'spec', 'controller')),
  column('Parameters', 'What configures it.', (object) => {
    const parameters = objectAt(object, 'spec', 'parameters');
    const group = textAt(parameters, 'apiGroup');
    const kind = textAt(parameters, 'kind');
    return kind === '' ? '<none>' : `${kind}${group === '' ? '' : `.${group}`}/${textAt(parameters, 'name')}`;
  }),
  ageColumn,
];
