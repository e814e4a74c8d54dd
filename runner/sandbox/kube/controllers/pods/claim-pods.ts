/** Which pods are a controller's own: those that match its selector, adopted and released as labels change. */
import type { KubeObject, ResourceName } from '../../kube.ts';
import type { Context, Key } from '../controller.ts';
import { controllerOf, controllerReference, isBeingDeleted, keyOf, withOwners } from '../objects.ts';
import { PODS } from '../resources.ts';
import { isSelectedBy } from '../selectors.ts';

const MANAGER = 'kube-controller-manager';

/** The owner's pods among those that `isCandidate`: orphans that match are adopted, own pods that no longer match are released. */
export function claimPods(
  { cluster }: Context,
  owner: KubeObject,
  isCandidate: (pod: KubeObject) => boolean,
): KubeObject[] {
  const claimed: KubeObject[] = [];
  for (const pod of cluster.list(PODS, owner.metadata.namespace)) {
    const controller = controllerOf(pod);
    const isOwn = controller?.uid === owner.metadata.uid;
    if ((controller !== undefined && !isOwn) || !isCandidate(pod)) continue;
    const matches = isSelectedBy(owner, pod.metadata.labels);
    const owners = pod.metadata.ownerReferences ?? [];
    if (isOwn) {
      if (matches) claimed.push(pod);
      else {
        const left = owners.filter(({ uid }) => uid !== owner.metadata.uid);
        cluster.update(PODS, withOwners(pod, left), MANAGER);
      }
    } else if (matches && !isBeingDeleted(pod) && !isBeingDeleted(owner)) {
      claimed.push(cluster.update(PODS, withOwners(pod, [...owners, controllerReference(owner)]), MANAGER));
    }
  }
  return claimed;
}

/** The keys of the controllers of `kind` that a change of this pod concerns: its own, or all that an orphan matches. */
export function keysOfPod(
  { cluster }: Context,
  pod: KubeObject,
  kind: string,
  resource: ResourceName,
): Key[] {
  const { namespace } = pod.metadata;
  const owner = controllerOf(pod);
  if (owner !== undefined) return owner.kind === kind ? [`${namespace}/${owner.name}`] : [];
  return cluster
    .list(resource, namespace)
    .filter((candidate) => isSelectedBy(candidate, pod.metadata.labels))
    .map((candidate) => keyOf(candidate));
}
