/** A unit's data as Kubernetes objects, in the order in which they can be applied, and live objects as a unit's live state. */
import { parseAllDocuments, stringify } from 'yaml';
import { KUBERNETES_YAML } from '../../text/yaml-scalars.ts';
import type { Manifest } from './worker.ts';

/** Applied before everything else, in this order; what others live in or are described by. */
const FIRST = ['Namespace', 'CustomResourceDefinition', 'ClusterRole', 'ServiceAccount'];

/** Kinds of the emulated and the usual clusters that have no namespace. */
const CLUSTER_SCOPED = new Set([
  'Namespace',
  'Node',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'PersistentVolume',
  'StorageClass',
  'PriorityClass',
  'IngressClass',
]);

/** Parses a unit's data. Objects without a namespace go to `default`, as in the original. Throws on YAML that does not parse. */
export function parseManifests(data: string): Manifest[] {
  const documents = parseAllDocuments(data, KUBERNETES_YAML);
  if ('empty' in documents) return [];
  const manifests = documents.map((document) => {
    const [problem] = document.errors;
    if (problem !== undefined) throw new Error(`failed to parse the unit's data: ${problem.message}`);
    return document.toJS() as Manifest | null;
  });
  return manifests
    .filter((manifest) => manifest !== null)
    .map((manifest) => withNamespace(manifest))
    .toSorted(byRank);
}

/** What others live in or are described by first. */
export function byRank(a: Manifest, b: Manifest): number {
  return rank(a) - rank(b);
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

/** Live objects as YAML, with sorted keys, without what the API server added. */
export function renderObjects(live: readonly Manifest[]): string {
  const style = { ...KUBERNETES_YAML, sortMapEntries: true };
  return live.map((object) => stringify(withoutServerFields(object), style)).join('---\n');
}

/** Objects without a namespace go to `default`, if their kind has namespaces. */
export function withNamespace(manifest: Manifest): Manifest {
  if (CLUSTER_SCOPED.has(manifest.kind) || manifest.metadata.namespace !== undefined) return manifest;
  return { ...manifest, metadata: { ...manifest.metadata, namespace: 'default' } };
}

function rank({ kind }: Manifest): number {
  const index = FIRST.indexOf(kind);
  return index < 0 ? FIRST.length : index;
}
