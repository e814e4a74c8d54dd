/** Lists as tables. The server renders them, so that every kubectl shows the same columns, ages and computed states. */
import type { Json, JsonObject, KubeObject, ResourceName } from '../kube.ts';
import { asJson } from '../objects/fields.ts';
import { textAt } from '../schema/read-json.ts';
import { cronJobColumns, jobColumns } from './batch-columns.ts';
import { eventColumns, leaseColumns, namespaceColumns, nodeColumns } from './cluster-columns.ts';
import { column, nameColumn } from './column.ts';
import type { Column } from './column.ts';
import {
  configMapColumns,
  roleBindingColumns,
  secretColumns,
  serviceAccountColumns,
} from './config-columns.ts';
import { quotaColumns } from './limit-columns.ts';
import { endpointSliceColumns, endpointsColumns, serviceColumns } from './network-columns.ts';
import {
  autoscalerColumns,
  budgetColumns,
  ingressClassColumns,
  ingressColumns,
  networkPolicyColumns,
  priorityClassColumns,
} from './policy-columns.ts';
import { claimColumns, storageClassColumns, volumeColumns } from './storage-columns.ts';
import {
  controllerRevisionColumns,
  daemonSetColumns,
  deploymentColumns,
  podColumns,
  podTemplateColumns,
  replicaSetColumns,
  replicationControllerColumns,
  statefulSetColumns,
} from './workload-columns.ts';

export interface TableOptions {
  /** Milliseconds since 1970; ages count from here. */
  readonly now: number;
  /** What each row carries of its object. */
  readonly includeObject: 'None' | 'Metadata' | 'Object';
  /** Of a custom resource; built-in ones have theirs here. */
  readonly columns?: readonly Column[] | undefined;
}

/** By `group/resource`. */
const columnsOf: Readonly<Record<string, readonly Column[]>> = {
  '/configmaps': configMapColumns,
  '/endpoints': endpointsColumns,
  '/events': eventColumns,
  '/namespaces': namespaceColumns,
  '/nodes': nodeColumns,
  '/persistentvolumeclaims': claimColumns,
  '/persistentvolumes': volumeColumns,
  '/pods': podColumns,
  '/podtemplates': podTemplateColumns,
  '/replicationcontrollers': replicationControllerColumns,
  '/resourcequotas': quotaColumns,
  '/secrets': secretColumns,
  '/serviceaccounts': serviceAccountColumns,
  '/services': serviceColumns,
  'apps/controllerrevisions': controllerRevisionColumns,
  'apps/daemonsets': daemonSetColumns,
  'apps/deployments': deploymentColumns,
  'apps/replicasets': replicaSetColumns,
  'apps/statefulsets': statefulSetColumns,
  'autoscaling/horizontalpodautoscalers': autoscalerColumns,
  'batch/cronjobs': cronJobColumns,
  'batch/jobs': jobColumns,
  'coordination.k8s.io/leases': leaseColumns,
  'discovery.k8s.io/endpointslices': endpointSliceColumns,
  'networking.k8s.io/ingressclasses': ingressClassColumns,
  'networking.k8s.io/ingresses': ingressColumns,
  'networking.k8s.io/networkpolicies': networkPolicyColumns,
  'policy/poddisruptionbudgets': budgetColumns,
  'scheduling.k8s.io/priorityclasses': priorityClassColumns,
  'storage.k8s.io/storageclasses': storageClassColumns,
  'rbac.authorization.k8s.io/clusterrolebindings': roleBindingColumns,
  'rbac.authorization.k8s.io/rolebindings': roleBindingColumns,
};

/** What the server shows for resources without a printer, roles among them. */
const defaultColumns: readonly Column[] = [
  nameColumn,
  {
    ...column(
      'Created At',
      'When the object was created.',
      (object) => object.metadata.creationTimestamp ?? '',
    ),
    type: 'date',
  },
];

/** Why kubectl's old `--show-completed` hides a pod; clients see it as a row's condition. */
const completed: Readonly<Record<string, string>> = {
  Succeeded: 'The pod has completed successfully.',
  Failed: 'The pod failed.',
};

/** A `meta.k8s.io/v1` Table of the objects, without the list's own metadata. */
export function renderTable(
  resource: ResourceName,
  objects: readonly KubeObject[],
  options: TableOptions,
): JsonObject {
  const columns = options.columns ?? columnsOf[`${resource.group}/${resource.resource}`] ?? defaultColumns;
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: {},
    columnDefinitions: columns.map(({ cell: _cell, ...definition }) => definition),
    rows: objects.map((object) => ({
      cells: columns.map(({ cell }) => cell(object, options.now)),
      ...(columns === podColumns ? completedCondition(object) : {}),
      object: rowObject(object, options.includeObject),
    })),
  };
}

function completedCondition(pod: KubeObject): JsonObject {
  const reason = textAt(pod, 'status', 'phase');
  const message = completed[reason];
  if (message === undefined) return {};
  return { conditions: [{ type: 'Completed', status: 'True', reason, message }] };
}

function rowObject(object: KubeObject, include: TableOptions['includeObject']): Json {
  if (include === 'None') return null;
  const full = asJson(object);
  if (include === 'Object') return full;
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: full['metadata'] };
}
