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
      'Pod',
      'ResourceQuota',
      'Secret',
      'Service',
      'ServiceAccount',
    ],
    bodies: ['Binding', 'DeleteOptions', 'Status'],
  },
  { group: 'apps', version: 'v1', kinds: ['Deployment', 'ReplicaSet'], bodies: [] },
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
  { group: 'autoscaling', version: 'v1', kinds: [], bodies: ['Scale'] },
  { group: 'policy', version: 'v1', kinds: [], bodies: ['Eviction'] },
  {
    group: 'rbac.authorization.k8s.io',
    version: 'v1',
    kinds: ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
    bodies: [],
  },
  { group: 'coordination.k8s.io', version: 'v1', kinds: ['Lease'], bodies: [] },
  { group: 'discovery.k8s.io', version: 'v1', kinds: ['EndpointSlice'], bodies: [] },
  { group: 'events.k8s.io', version: 'v1', kinds: ['Event'], bodies: [] },
];
