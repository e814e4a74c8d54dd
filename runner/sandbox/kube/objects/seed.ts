/** What a fresh cluster holds before anyone has created anything. */
import roles from '../data/roles.json' with { type: 'json' };
import type { JsonObject, KubeObject, ResourceName } from '../kube.ts';
import type { Core } from './core.ts';
import { describeNode, describeNodeLease } from './describe-node.ts';
import { asObject } from './fields.ts';
import { findKind, kindOf, namespaces } from './resources.ts';
import { createObject } from './write-object.ts';

const manager = 'kube-apiserver';

/** Fills an empty cluster, whose nodes (`node-1` …) report `version`; changes nothing in one that has been seeded. */
export function seedCluster(core: Core, version: string, nodes = 1): void {
  if (core.objects.get(namespaces, undefined, 'default') !== undefined) return;
  for (const name of ['default', 'kube-node-lease', 'kube-public', 'kube-system']) {
    create(core, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  for (const object of [...(roles as JsonObject[]), ...priorityClasses]) create(core, object);
  const at = new Date(core.clock.now());
  for (let number = 1; number <= nodes; number += 1) {
    const { metadata } = create(core, describeNode(number, version, at));
    create(core, describeNodeLease(metadata, at));
  }
  create(core, kubernetesService);
}

function create(core: Core, json: JsonObject): KubeObject {
  const object = asObject(structuredClone(json));
  const entry = findKind(kindOf(object));
  if (entry === undefined) throw new Error(`the seed holds a ${object.kind}, which is not served`);
  const resource: ResourceName = { group: entry.group, version: entry.version, resource: entry.resource };
  return createObject(core, resource, object, { manager });
}

const describePriorityClass = (name: string, value: number, description: string): JsonObject => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name },
  value,
  description,
});

const priorityClasses: readonly JsonObject[] = [
  describePriorityClass(
    'system-node-critical',
    2_000_001_000,
    'Used for system critical pods that must not be moved from their current node.',
  ),
  describePriorityClass(
    'system-cluster-critical',
    2_000_000_000,
    'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
  ),
];

const kubernetesService: JsonObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: 'kubernetes',
    namespace: 'default',
    labels: { component: 'apiserver', provider: 'kubernetes' },
  },
  spec: {
    clusterIP: '10.96.0.1',
    ipFamilyPolicy: 'SingleStack',
    ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
  },
};
