/** Keys, owners and readiness: the few questions that every controller asks of an object. */
import type { Cluster, KubeObject, OwnerReference, ResourceName } from '../kube.ts';
import type { Key } from './controller.ts';
import { records, text } from './fields.ts';
import { parseStamp } from './times.ts';

export function keyOf(object: KubeObject): Key {
  const { namespace, name } = object.metadata;
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** The object under `key`, if it is there. */
export function getByKey(cluster: Cluster, resource: ResourceName, key: Key): KubeObject | undefined {
  const slash = key.indexOf('/');
  return slash < 0
    ? cluster.get(resource, undefined, key)
    : cluster.get(resource, key.slice(0, slash), key.slice(slash + 1));
}

/** The reference that marks an object as managed by `owner`. */
export function controllerReference(owner: KubeObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
}

export function controllerOf(object: KubeObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find((reference) => reference.controller === true);
}

/** The object with these owners; without the field where there are none. */
export function withOwners(object: KubeObject, owners: readonly OwnerReference[]): KubeObject {
  const { ownerReferences: _, ...metadata } = object.metadata;
  return {
    ...object,
    metadata: owners.length === 0 ? metadata : { ...metadata, ownerReferences: [...owners] },
  };
}

export function isControlledBy(object: KubeObject, owner: KubeObject): boolean {
  return controllerOf(object)?.uid === owner.metadata.uid;
}

export function isBeingDeleted(object: KubeObject): boolean {
  return object.metadata.deletionTimestamp !== undefined;
}

/** The condition of that type. */
export function condition(object: KubeObject, type: string): Record<string, unknown> | undefined {
  return records(object.status?.['conditions']).find((candidate) => candidate['type'] === type);
}

export function isReady(pod: KubeObject): boolean {
  return condition(pod, 'Ready')?.['status'] === 'True';
}

/** Ready for at least `minReadyMs` of the clock. */
export function isAvailable(cluster: Cluster, pod: KubeObject, minReadyMs: number): boolean {
  if (!isReady(pod)) return false;
  if (minReadyMs === 0) return true;
  return parseStamp(condition(pod, 'Ready')?.['lastTransitionTime']) + minReadyMs <= cluster.clock.now();
}

/** Neither ended nor being deleted: counts as a replica. */
export function isActive(pod: KubeObject): boolean {
  const phase = text(pod.status?.['phase']);
  return phase !== 'Succeeded' && phase !== 'Failed' && !isBeingDeleted(pod);
}
