/** Keys, owners and readiness: the few questions that every controller asks of an object. */
import type { Cluster, KubeObject, OwnerReference, ResourceName } from '../kube.ts';
import type { Key } from './controller.ts';
import { records, text } from './fields.ts';

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

/** Neither ended nor being deleted: counts as a replica. */
export function isActive(pod: KubeObject): boolean {
  const phase = text(pod.status?.['phase']);
  return phase !== 'Succeeded' && phase !== 'Failed' && !isBeingDeleted(pod);
}
