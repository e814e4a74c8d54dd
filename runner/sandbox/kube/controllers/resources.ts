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
export const ENDPOINT_SLICES: ResourceName = named('discovery.k8s.io', 'endpointslices');
export const CLUSTER_ROLES: ResourceName = named('rbac.authorization.k8s.io', 'clusterroles');
export const DEFINITIONS: ResourceName = named('apiextensions.k8s.io', 'customresourcedefinitions');

/** Namespaced resources, in the order in which a namespace is emptied. Custom resources are added as they are seen. */
export const NAMESPACED: readonly ResourceName[] = [
  DEPLOYMENTS,
  named('apps', 'statefulsets'),
  named('apps', 'daemonsets'),
  named('batch', 'cronjobs'),
  named('batch', 'jobs'),
  REPLICA_SETS,
  named('apps', 'controllerrevisions'),
  PODS,
  SERVICES,
  ENDPOINTS,
  ENDPOINT_SLICES,
  CONFIG_MAPS,
  SECRETS,
  core('persistentvolumeclaims'),
  core('resourcequotas'),
  core('limitranges'),
  named('autoscaling', 'horizontalpodautoscalers', 'v2'),
  named('policy', 'poddisruptionbudgets'),
  named('networking.k8s.io', 'networkpolicies'),
  named('networking.k8s.io', 'ingresses'),
  named('coordination.k8s.io', 'leases'),
  named('rbac.authorization.k8s.io', 'rolebindings'),
  named('rbac.authorization.k8s.io', 'roles'),
  SERVICE_ACCOUNTS,
  core('events'),
];

/** Cluster-scoped resources that may own others. */
export const CLUSTER_SCOPED: readonly ResourceName[] = [
  NAMESPACES,
  NODES,
  core('persistentvolumes'),
  named('rbac.authorization.k8s.io', 'clusterrolebindings'),
  CLUSTER_ROLES,
  named('storage.k8s.io', 'storageclasses'),
  DEFINITIONS,
];

export function isResource(one: ResourceName, other: ResourceName): boolean {
  return one.resource === other.resource && one.group === other.group;
}
