/** The resources that controllers name, and the kinds that the garbage collector and namespaces look through. */
import type { ResourceName } from '../kube.ts';

const core = (resource: string): ResourceName => ({ group: '', version: 'v1', resource });
const named = (group: string, resource: string, version = 'v1'): ResourceName => ({
  group,
  version,
  resource,
});

export const PODS: ResourceName = core('pods');
export const NODES: ResourceName = core('nodes');
export const SERVICES: ResourceName = core('services');
export const ENDPOINTS: ResourceName = core('endpoints');
export const CONFIG_MAPS: ResourceName = core('configmaps');
export const SECRETS: ResourceName = core('secrets');
export const NAMESPACES: ResourceName = core('namespaces');
export const SERVICE_ACCOUNTS: ResourceName = core('serviceaccounts');
export const DEPLOYMENTS: ResourceName = named('apps', 'deployments');
export const REPLICA_SETS: ResourceName = named('apps', 'replicasets');
export const REPLICATION_CONTROLLERS: ResourceName = core('replicationcontrollers');
export const STATEFUL_SETS: ResourceName = named('apps', 'statefulsets');
export const DAEMON_SETS: ResourceName = named('apps', 'daemonsets');
export const CONTROLLER_REVISIONS: ResourceName = named('apps', 'controllerrevisions');
export const JOBS: ResourceName = named('batch', 'jobs');
export const CRON_JOBS: ResourceName = named('batch', 'cronjobs');
export const CLAIMS: ResourceName = core('persistentvolumeclaims');
export const VOLUMES: ResourceName = core('persistentvolumes');
export const STORAGE_CLASSES: ResourceName = named('storage.k8s.io', 'storageclasses');
export const QUOTAS: ResourceName = core('resourcequotas');
export const BUDGETS: ResourceName = named('policy', 'poddisruptionbudgets');
export const AUTOSCALERS: ResourceName = named('autoscaling', 'horizontalpodautoscalers', 'v2');
export const ENDPOINT_SLICES: ResourceName = named('discovery.k8s.io', 'endpointslices');
export const LEASES: ResourceName = named('coordination.k8s.io', 'leases');
export const CLUSTER_ROLES: ResourceName = named('rbac.authorization.k8s.io', 'clusterroles');
export const DEFINITIONS: ResourceName = named('apiextensions.k8s.io', 'customresourcedefinitions');

/** Namespaced resources, in the order in which a namespace is emptied. Custom resources are added as they are seen. */
export const NAMESPACED: readonly ResourceName[] = [
  DEPLOYMENTS,
  STATEFUL_SETS,
  DAEMON_SETS,
  CRON_JOBS,
  JOBS,
  REPLICA_SETS,
  REPLICATION_CONTROLLERS,
  CONTROLLER_REVISIONS,
  PODS,
  SERVICES,
  ENDPOINTS,
  ENDPOINT_SLICES,
  CONFIG_MAPS,
  SECRETS,
  CLAIMS,
  QUOTAS,
  core('limitranges'),
  core('podtemplates'),
  AUTOSCALERS,
  BUDGETS,
  named('networking.k8s.io', 'networkpolicies'),
  named('networking.k8s.io', 'ingresses'),
  LEASES,
  named('rbac.authorization.k8s.io', 'rolebindings'),
  named('rbac.authorization.k8s.io', 'roles'),
  SERVICE_ACCOUNTS,
  core('events'),
];

/** Cluster-scoped resources that may own others. */
export const CLUSTER_SCOPED: readonly ResourceName[] = [
  NAMESPACES,
  NODES,
  VOLUMES,
  named('rbac.authorization.k8s.io', 'clusterrolebindings'),
  CLUSTER_ROLES,
  STORAGE_CLASSES,
  named('scheduling.k8s.io', 'priorityclasses'),
  DEFINITIONS,
];

export function isResource(one: ResourceName, other: ResourceName): boolean {
  return one.resource === other.resource && one.group === other.group;
}
