/**
 * The one list of kinds that the emulator knows. A new kind is added by its name here and a run of `generate.ts`, which
 * then writes the kind's discovery, fields, keys and field numbers, and those of every type that it uses.
 */

export interface ServedVersion {
  readonly group: string;
  readonly version: string;
  /** Kinds with a resource of their own in discovery. */
  readonly kinds: readonly string[];
  /** Kinds that only appear as bodies, of subresources or of deletions. */
  readonly bodies: readonly string[];
}

export const servedVersions: readonly ServedVersion[] = [
  {
    group: '',
    version: 'v1',
    kinds: [
      'ConfigMap',
      'Endpoints',
      'Event',
      'LimitRange',
      'Namespace',
      'Node',
      'PersistentVolume',
      'PersistentVolumeClaim',
      'Pod',
      'PodTemplate',
      'ReplicationController',
      'ResourceQuota',
      'Secret',
      'Service',
      'ServiceAccount',
    ],
    bodies: ['Binding', 'DeleteOptions', 'Status'],
  },
  {
    group: 'apps',
    version: 'v1',
    kinds: ['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
    bodies: [],
  },
  {
    group: 'authentication.k8s.io',
    version: 'v1',
    kinds: ['SelfSubjectReview', 'TokenReview'],
    bodies: ['TokenRequest'],
  },
  {
    group: 'authorization.k8s.io',
    version: 'v1',
    kinds: [
      'LocalSubjectAccessReview',
      'SelfSubjectAccessReview',
      'SelfSubjectRulesReview',
      'SubjectAccessReview',
    ],
    bodies: [],
  },
  { group: 'autoscaling', version: 'v2', kinds: ['HorizontalPodAutoscaler'], bodies: [] },
  { group: 'autoscaling', version: 'v1', kinds: ['HorizontalPodAutoscaler'], bodies: ['Scale'] },
  { group: 'batch', version: 'v1', kinds: ['CronJob', 'Job'], bodies: [] },
  { group: 'networking.k8s.io', version: 'v1', kinds: ['Ingress', 'IngressClass', 'NetworkPolicy'], bodies: [] },
  { group: 'policy', version: 'v1', kinds: ['PodDisruptionBudget'], bodies: ['Eviction'] },
  {
    group: 'rbac.authorization.k8s.io',
    version: 'v1',
    kinds: ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
    bodies: [],
  },
  { group: 'coordination.k8s.io', version: 'v1', kinds: ['Lease'], bodies: [] },
  { group: 'scheduling.k8s.io', version: 'v1', kinds: ['PriorityClass'], bodies: [] },
  { group: 'storage.k8s.io', version: 'v1', kinds: ['StorageClass'], bodies: [] },
  { group: 'discovery.k8s.io', version: 'v1', kinds: ['EndpointSlice'], bodies: [] },
  { group: 'events.k8s.io', version: 'v1', kinds: ['Event'], bodies: [] },
  { group: 'apiextensions.k8s.io', version: 'v1', kinds: ['CustomResourceDefinition'], bodies: [] },
];
