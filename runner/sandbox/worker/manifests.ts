/** Kubernetes objects: which of them come first, what they are called, and live ones as a unit's live state. */
import { stringify } from 'yaml';
import { KUBERNETES_YAML } from '../../text/yaml-scalars.ts';
import type { Kubernetes, Manifest } from './worker.ts';

/** Applied before all others, in this order, and destroyed after them; what others live in, run as or refer to. */
const FIRST = [
  'CustomResourceDefinition',
  'Namespace',
  'ClusterClass',
  'RuntimeClass',
  'PriorityClass',
  'StorageClass',
  'VolumeSnapshotClass',
  'IngressClass',
  'GatewayClass',
  'ResourceQuota',
  'ServiceAccount',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Service',
  'LimitRange',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
];

/** What judges the others comes after them. */
const LAST = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** The order in which objects are applied; where the kinds say nothing their names do. */
export function byRank(a: Manifest, b: Manifest): number {
  const [one, other] = [a, b].map(sortKey);
  return rank(a) - rank(b) || ((one ?? '') < (other ?? '') ? -1 : 1);
}

/** Namespaces and custom types: others can be tried only when these are there. */
export function isDefinition({ apiVersion, kind }: Manifest): boolean {
  return (
    (kind === 'Namespace' && apiVersion === 'v1') ||
    (kind === 'CustomResourceDefinition' && apiVersion.startsWith('apiextensions.k8s.io/'))
  );
}

/** `Kind/namespace/name`, as the original names objects in messages; cluster-scoped ones have no namespace. */
export function nameManifest({ kind, metadata }: Manifest): string {
  return metadata.namespace === undefined
    ? `${kind}/${metadata.name}`
    : `${kind}/${metadata.namespace}/${metadata.name}`;
}

/** Fields that the API server fills in and that say nothing of what was wanted. */
const SERVER_FIELDS = [
  'managedFields',
  'creationTimestamp',
  'resourceVersion',
  'generation',
  'uid',
  'finalizers',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'ownerReferences',
  'selfLink',
];

/** A live object without its status and what the API server notes in its metadata. */
export function withoutServerFields({ status: _status, metadata, ...object }: Manifest): Manifest {
  const kept = Object.entries(metadata).filter(([name]) => !SERVER_FIELDS.includes(name));
  return { ...object, metadata: Object.fromEntries(kept) } as Manifest;
}

/** What older parsers than ours read as a truth value, a number or a time (`yes`, `0644`) is quoted where it is text. */
const STYLE = { ...KUBERNETES_YAML, compat: 'yaml-1.1', sortMapEntries: true, indentSeq: false } as const;

/** Live objects as YAML, with sorted keys, without what the API server added. */
export function renderObjects(live: readonly Manifest[]): string {
  return live.map((object) => stringify(withoutServerFields(object), STYLE)).join('---\n');
}

/** Objects without a namespace go to `default`, if their kind is known to have namespaces. */
export async function withNamespace(kubernetes: Kubernetes, manifest: Manifest): Promise<Manifest> {
  if ((manifest.metadata.namespace ?? '') !== '' || !(await kubernetes.isNamespaced(manifest)))
    return manifest;
  return { ...manifest, metadata: { ...manifest.metadata, namespace: 'default' } };
}

function rank({ kind }: Manifest): number {
  const last = LAST.indexOf(kind) + 1;
  return last > 0 ? last : FIRST.includes(kind) ? FIRST.indexOf(kind) - FIRST.length : 0;
}

function sortKey({ apiVersion, kind, metadata }: Manifest): string {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return [group, kind, metadata.namespace, metadata.name].join('\0');
}
