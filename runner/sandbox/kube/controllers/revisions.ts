/** ControllerRevisions: the templates that a StatefulSet or DaemonSet has had, numbered (pkg/controller/history). */
import type { Cluster, JsonObject, KubeObject } from '../kube.ts';
import { integer, record, same, textMap } from './fields.ts';
import { controllerOf, controllerReference, isBeingDeleted, isControlledBy, withOwners } from './objects.ts';
import { CONTROLLER_REVISIONS } from './resources.ts';
import { matchesSelector } from './selectors.ts';
import { templateHash } from './template-hash.ts';

const MANAGER = 'kube-controller-manager';

/** The owner's revisions, oldest first; orphans that match its selector are adopted. */
export function listRevisions(cluster: Cluster, owner: KubeObject): KubeObject[] {
  return cluster
    .list(CONTROLLER_REVISIONS, owner.metadata.namespace)
    .flatMap((revision) => {
      if (isControlledBy(revision, owner)) return [revision];
      if (controllerOf(revision) !== undefined || isBeingDeleted(owner)) return [];
      if (!matchesSelector(owner.spec?.['selector'], revision.metadata.labels)) return [];
      const owners = [...(revision.metadata.ownerReferences ?? []), controllerReference(owner)];
      return [cluster.update(CONTROLLER_REVISIONS, withOwners(revision, owners), MANAGER)];
    })
    .toSorted((one, other) => revisionNumber(one) - revisionNumber(other));
}

/** The revision of the owner's template now: made where it is new, renumbered where it is an old one again. */
export function saveRevision(
  cluster: Cluster,
  owner: KubeObject,
  revisions: readonly KubeObject[],
  hashLabel: string,
): KubeObject {
  const data = templateData(owner);
  const next = Math.max(0, ...revisions.map((revision) => revisionNumber(revision))) + 1;
  const known = revisions.findLast((revision) => same(revision['data'], data));
  if (known === undefined) return createRevision(cluster, owner, data, next, hashLabel);
  if (known === revisions.at(-1)) return known;
  return cluster.update(CONTROLLER_REVISIONS, { ...known, revision: next }, MANAGER);
}

function createRevision(
  cluster: Cluster,
  owner: KubeObject,
  data: JsonObject,
  revision: number,
  hashLabel: string,
): KubeObject {
  const { name, namespace, annotations } = owner.metadata;
  const hash = templateHash(data, integer(owner.status?.['collisionCount'], 0) || undefined);
  const labels = textMap(record(record(owner.spec?.['template'])['metadata'])['labels']);
  const draft: KubeObject = {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: `${name}-${hash}`,
      ...(namespace === undefined ? {} : { namespace }),
      labels: { ...labels, [hashLabel]: hash },
      ...(annotations === undefined ? {} : { annotations }),
      ownerReferences: [controllerReference(owner)],
    },
    data,
    revision,
  };
  return cluster.create(CONTROLLER_REVISIONS, draft, MANAGER);
}

/** Only the template goes into a revision; `$patch` makes `rollout undo` replace it whole. */
function templateData(owner: KubeObject): JsonObject {
  return { spec: { template: { ...record(owner.spec?.['template']), $patch: 'replace' } } };
}

/** The template that a revision holds. */
export function templateOf(revision: KubeObject): JsonObject {
  const { $patch: _, ...template } = record(record(record(revision['data'])['spec'])['template']);
  return template;
}

/** Removes the oldest revisions that no pod is of, beyond the owner's limit. */
export function trimRevisions(
  cluster: Cluster,
  owner: KubeObject,
  isUsed: (revision: KubeObject) => boolean,
): void {
  const unused = listRevisions(cluster, owner).filter((revision) => !isUsed(revision));
  const limit = integer(owner.spec?.['revisionHistoryLimit'], 10);
  for (const { metadata } of unused.slice(0, Math.max(0, unused.length - limit)))
    cluster.delete(CONTROLLER_REVISIONS, metadata.namespace, metadata.name);
}

/** A revision's number. */
export function revisionNumber(revision: KubeObject): number {
  return integer(revision['revision'], 0);
}
